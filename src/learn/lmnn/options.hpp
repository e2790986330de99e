#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "metric/metric.hpp"

namespace maha {

class OptionList;

struct LmnnOptions {
  Index k = 3;                      ///< target neighbours of each row, >= 1
  double push_weight = 0.5;         ///< mu in (0, 1)
  double tolerance = 1e-3;          ///< stop at this relative gap, (objective - bound) / objective
  int max_iterations = 20000;       ///< >= 0
  double ridge = 1e-3;              ///< used only where the scatter C of the targets is singular: C + ridge tr(C)/d I
  bool drop_small_classes = false;  ///< go on without the classes of at most k rows
  Index rank = 0;          ///< > 0: M = L'L with at most so many rows of L, a local minimum; 0: the convex problem
  bool diagonal = false;   ///< M = diag(w), w >= 0: feature weights
  bool want_dual = false;  ///< hand back the multipliers
  std::optional<Metric> init{};  ///< where to start; changes nothing but the time it takes
  /// n x q: rows between which target neighbours are nearest, X under another metric say; X itself without.
  std::optional<Matrix> target_space{};
  std::vector<std::string> class_names{}, feature_names{};  ///< for messages
};

/// The options, as maha-lmnn has them.
void declare(OptionList& all, LmnnOptions& options);

/// Throws UsageError if an option is out of range, or two contradict each other.
void check(const LmnnOptions& options);

}  // namespace maha
