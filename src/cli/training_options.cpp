#include "cli/training_options.hpp"

#include <charconv>

#include "core/error.hpp"
#include "core/text.hpp"

namespace maha::cli {
namespace {

std::vector<Index> parse_layers(const std::string& text) {
  std::vector<Index> widths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    Index width = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + comma, width);
    if (error != std::errc() || end != text.data() + comma || width < 1 || comma + 1 == text.size()) {
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

void TrainingControl::declare(Options& all, TrainingOptions& options) {
  all.custom(
      "--layers", "widths of the hidden layers and of the output; one number, or '' for as many as features, is linear",
      "N,...",
      [this, &options](const std::string& text) {
        options.layers = parse_layers(text);
        layers_given_ = true;
      },
      layers_text(options.layers));
  all.option("--learning-rate", options.learning_rate, "of Adam, at the beginning");
  all.option("--weight-decay", options.weight_decay, "what each step takes off the weights, times the rate");
  all.option("--batch", options.batch, "rows of a step");
  all.option("--batch-classes", options.batch_classes, "classes that they are of");
  all.option("--epochs", options.epochs, "stop after so many passes over the rows, with the best so far");
  all.option("--patience", options.patience, "epochs without improvement before the rate is lowered");
  all.option("--validation", options.validation, "share held out to see which epoch is the best", "SHARE");
  all.option("--seed", options.seed, "of the first weights, the part held out and the batches");
}

void TrainingControl::check(const TrainingOptions& options) {
  if (!(options.learning_rate > 0)) throw UsageError("--learning-rate: must be above 0");
  if (!(options.weight_decay >= 0)) throw UsageError("--weight-decay: must be at least 0");
  if (options.batch < 4) throw UsageError("--batch: must be at least 4");
  if (options.batch_classes < 2) throw UsageError("--batch-classes: must be at least 2");
  if (options.epochs < 1) throw UsageError("--epochs: must be at least 1");
  if (options.patience < 1) throw UsageError("--patience: must be at least 1");
  if (!(options.validation >= 0 && options.validation < 1)) throw UsageError("--validation: must be in [0, 1)");
}

void TrainingControl::start_from(const Model& init, const Preprocessing& prepared, TrainingOptions& options) const {
  if (init.network()) {
    options.init = prepared.unfold(*init.network());
  } else {
    const Matrix L = prepared.unfold(init.linear()).factor();
    if (L.rows() == 0)
      throw UsageError("--init: " + init.source + ": the metric is 0, from where no gradient leads away");
    options.init = Network({{L, Vector::Zero(L.rows()), Activation::linear}});
  }
  if (layers_given_) return;
  options.layers.clear();
  for (const Layer& layer : options.init->layers()) options.layers.push_back(layer.weights.rows());
}

Report TrainingControl::parameters(const TrainingOptions& options) {
  Report report;
  report.set("layers", layers_text(options.layers));
  report.set("learning_rate", options.learning_rate).set("weight_decay", options.weight_decay);
  report.set("batch", options.batch).set("batch_classes", options.batch_classes);
  report.set("epochs", options.epochs).set("patience", options.patience).set("validation", options.validation);
  return report;
}

}  // namespace maha::cli
