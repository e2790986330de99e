#pragma once

#include <string>

namespace maha::learn {

/// Something that the user should know about a fit. The code is for programs, the text for people.
struct Warning {
  enum class Code { singular_prior, equal_pairs, ridge_added, directions_left_out, no_finite_loss } code;
  std::string text;
};

}  // namespace maha::learn
