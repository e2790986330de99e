#include "learn/embedding/training_options.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "learn/learner.hpp"

namespace maha::learn::embedding {
namespace {

std::vector<Index> layers_from(const std::string& text) {
  std::vector<Index> widths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const Index width = whole_number(std::string_view(text).substr(at, comma - at)).value_or(0);
    if (width < 1 || comma + 1 == text.size()) {
      throw UsageError("--layers: " + in_quotes(text) + " is no list of widths, as 128,32");
    }
    widths.push_back(width);
    at = comma + 1;
  }
  return widths;
}

std::string layers_text(const std::vector<Index>& layers) {
  std::string text;
  for (const Index width : layers) text += (text.empty() ? "" : ",") + std::to_string(width);
  return text;
}

}  // namespace

void declare(OptionList& all, TrainingOptions& options) {
  all.custom(
      "--layers", "widths of the hidden layers and of the output; one number, or '' for as many as features, is linear",
      "N,...", [&options](const std::string& text) { options.layers = layers_from(text); },
      [&options] { return layers_text(options.layers); });
  all.number("--learning-rate", options.learning_rate, "of Adam, at the beginning").above(0);
  all.number("--weight-decay", options.weight_decay, "what each step takes off the weights, times the rate")
      .at_least(0);
  all.number("--batch", options.batch, "rows of a step").at_least(4);
  all.number("--batch-classes", options.batch_classes, "classes that they are of").at_least(2);
  all.number("--epochs", options.epochs, "stop after so many passes over the rows, with the best so far").at_least(1);
  all.number("--patience", options.patience, "epochs without improvement before the rate is lowered").at_least(1);
  all.number("--validation", options.validation, "share held out to see which epoch is the best", "SHARE")
      .at_least(0)
      .below(1);
  all.number("--seed", options.seed, "of the first weights, the part held out and the batches").unrecorded();
}

void check(const TrainingOptions& options) {
  check_ranges(options);
  for (const Index width : options.layers) {
    if (width < 1) throw UsageError("--layers: " + std::to_string(width) + " is no width of a layer");
  }
}

void describe(Hooks& hooks, TrainingOptions&) {
  hooks.start = "start from this model, with its widths";
  hooks.trains_network = true;
  hooks.over_ranks = true;
}

metric::Network network_of(const Learned& learned) {
  if (const auto* network = std::get_if<metric::Network>(&learned)) return *network;
  const Matrix L = std::get<metric::Metric>(learned).factor();
  if (L.rows() == 0) throw InputError("the metric to start from is 0, from where no gradient leads away");
  return metric::Network({{L, Vector::Zero(L.rows()), metric::Activation::linear}});
}

void adopt(TrainingOptions& options, const Learned& init, const OptionList& all) {
  if (all.given("layers")) return;
  options.layers.clear();
  const metric::Network network = network_of(init);
  for (const metric::Layer& layer : network.layers()) options.layers.push_back(layer.weights.rows());
}

}  // namespace maha::learn::embedding
