#pragma once

#include <optional>

#include "learn/declarations.hpp"

namespace maha::learn::mmc {

struct MmcOptions {
  bool diagonal = false;    ///< weights of features alone
  double spread = 3;        ///< weight of the term that keeps all directions; 0: none, as Xing et al. have it
  double tolerance = 1e-4;  ///< stop at this certified relative gap
  int max_iterations = 10000;
  std::optional<double> ridge{};  ///< eps > 0 of the ridge, always used if set; unset: 0, or 1e-6 if A is singular
  bool want_proof = false;        ///< return what proves the bound
};

/// The options of maha-mmc.
void declare(OptionList& all, MmcOptions& options);

/// What only maha-mmc has: a start.
void describe(Hooks& hooks, MmcOptions& options);

}  // namespace maha::learn::mmc
