#pragma once

#include <string>

namespace maha::test {

/// What the error of this type says that `action` ends with; nothing if there is none.
template <class Error, class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

}  // namespace maha::test
