#pragma once
/// What a learner's options mention of its surroundings, so that its header need not include these.

namespace maha {
class OptionList;
}  // namespace maha

namespace maha::learn {
struct Hooks;
struct Scatters;
}  // namespace maha::learn
