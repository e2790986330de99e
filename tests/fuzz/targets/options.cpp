#include "data/model/model_json.hpp"
#include "experiment/algorithm.hpp"
#include "fuzz.hpp"
#include "learn/table.hpp"

namespace maha::fuzz {
namespace {

/// A spec, as it is in a command line.
void read_spec(const std::string& text) {
  const experiment::AlgorithmChoice choice = experiment::algorithm_choice(text);
  const experiment::Algorithm algorithm(choice, experiment::Protocol());
  require(!algorithm.variants().empty() && !algorithm.ks().empty(), "a spec is of something");
  require(algorithm.setups().size() == algorithm.variants().size() * algorithm.ks().size(), "all is tried with all");
  for (const Index k : algorithm.ks()) require(k >= 1, "neighbours vote");
}

/// Parameters of a model, which a fit takes up that starts from it.
void read_parameters(learn::Learner& learner, std::string_view parameters) {
  const std::string start = R"({"format": "maha-model", "version": 1, "metric": {"M": [[1]]}, "parameters": )";
  const data::Model model = data::parse_model(start + std::string(parameters) + "}");
  learner.options().read_back(model.parameters, "parameters");
  learner.check();
}

}  // namespace

void options(std::string_view input) {
  static const std::vector<std::string> names = learn::learner_names();
  Choices choices(input);
  if (choices.flag()) {
    done([&] { read_spec(std::string(choices.rest())); });
    return;
  }
  const std::string& name = names[choices.below(names.size())];
  const auto learner = learn::make_learner(name);
  if (!done([&] { read_parameters(*learner, choices.rest()); })) return;
  const Report recorded = learner->options().parameters();
  const auto other = learn::make_learner(name);
  require(done([&] { other->options().read_back(recorded, "parameters"); }), "what is recorded can be read");
  require(other->options().parameters().entries() == recorded.entries(), "options are recorded as they were read");
}

}  // namespace maha::fuzz
