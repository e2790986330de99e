#include "cli/learner/pace.hpp"

#include <cstdint>

namespace maha::cli {
namespace {

/// What --max-iterations or --epochs is, given or not.
std::optional<Index> limit_of(learn::Learner& learner) {
  for (const Option& option : learner.options().options()) {
    if (!option.is_called("max-iterations") && !option.is_called("epochs")) continue;
    if (const Option::Value value = option.value()) return std::get<std::int64_t>(*value);
  }
  return std::nullopt;
}

}  // namespace

Pace pace_of(learn::Learner& learner) {
  const char* const each = learner.hooks().in_rounds ? "round" : "epoch";
  Pace pace{learner.tolerance(), {}, each, limit_of(learner)};
  const Report options = learner.options().parameters();
  if (const Report::Value* const epochs = options.find(std::string(each) + "s"))
    pace.epochs = std::get<std::int64_t>(*epochs);
  return pace;
}

}  // namespace maha::cli
