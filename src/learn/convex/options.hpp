#pragma once

#include "learn/declarations.hpp"

namespace maha::learn::convex {

/// What the learners of a convex loss of M have in common: min over PSD M of loss(M) + ridge tr(M S), S the covariance
/// of the rows.
struct Options {
  double ridge = 0.1;       ///< > 0: weight of the rows' mean squared distance from their mean, tr(M S)
  double tolerance = 1e-3;  ///< stop at this certified relative gap
  int max_iterations = 10000;
};

/// Their options: --ridge, --tolerance, --max-iterations.
void declare(OptionList& all, Options& options);

/// Help of --init.
inline constexpr const char* kStartHelp = "start from this model; changes only the time it takes";

}  // namespace maha::learn::convex
