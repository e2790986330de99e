#pragma once

#include <optional>

#include "core/report.hpp"
#include "core/types.hpp"
#include "learn/declarations.hpp"

namespace maha::learn::lmnn {

struct LmnnOptions {
  Index k = 3;                      ///< target neighbours of each row, >= 1
  double push_weight = 0.5;         ///< mu in (0, 1)
  double tolerance = 1e-3;          ///< stop at this relative gap, (objective - bound) / objective
  int max_iterations = 20000;       ///< >= 0
  double ridge = 1e-3;              ///< used only if the scatter C of the targets is singular: C + ridge tr(C)/d I
  bool drop_small_classes = false;  ///< leave out classes of at most k rows
  Index rank = 0;          ///< > 0: M = L'L with at most this many rows of L, a local minimum; 0: the convex problem
  bool diagonal = false;   ///< M = diag(w), w >= 0: feature weights
  bool want_dual = false;  ///< return the multipliers, and the proof that they are part of
};

/// The options of maha-lmnn.
void declare(OptionList& all, LmnnOptions& options);

/// Those that the parameters of a model record; nothing if it is none of a fit by classes, which records k and mu.
/// Throws InputError for a value that is none of the option.
std::optional<LmnnOptions> lmnn_options(const Report& parameters);

/// Throws UsageError if an option is out of range, or two contradict each other.
void check(const LmnnOptions& options);

/// What only maha-lmnn has: a start, targets under another model, triplets, the proof.
void describe(Hooks& hooks, LmnnOptions& options);

}  // namespace maha::learn::lmnn
