#include "cli/learner/pace.hpp"

#include "core/text/number.hpp"

namespace maha::cli {
namespace {

/// What --max-iterations or --epochs is, given or not.
std::optional<Index> limit_of(learn::Learner& learner, const App& app) {
  for (const Option& option : learner.options().options()) {
    if (!option.is_called("max-iterations") && !option.is_called("epochs")) continue;
    std::string text = option.standing();
    for (const auto& [name, values, is_file] : app.settings()) {
      if (name == "--" + option.long_name()) text = values.back();
    }
    return whole_number(text);
  }
  return std::nullopt;
}

}  // namespace

Pace pace_of(learn::Learner& learner, const App& app) {
  const char* const each = learner.hooks().in_rounds ? "round" : "epoch";
  Pace pace{learner.tolerance(), {}, each, limit_of(learner, app)};
  const Report options = learner.options().parameters();
  if (const Report::Value* const epochs = options.find(std::string(each) + "s"))
    pace.epochs = std::get<std::int64_t>(*epochs);
  return pace;
}

}  // namespace maha::cli
