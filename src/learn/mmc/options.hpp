#pragma once

#include <optional>

namespace maha {

class OptionList;
struct Hooks;

struct MmcOptions {
  bool diagonal = false;    ///< weights of features alone
  double tolerance = 1e-4;  ///< stop at this certified relative gap
  int max_iterations = 10000;
  std::optional<double> ridge{};  ///< > 0: eps of the ridge, used always; unset: none, or 1e-6 if A is singular
};

/// The options, as maha-mmc has them.
void declare(OptionList& all, MmcOptions& options);

/// What it takes beside what all do.
void describe(Hooks& hooks, MmcOptions& options);

}  // namespace maha
