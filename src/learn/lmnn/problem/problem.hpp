#pragma once
/// LMNN as the solver sees it, whether its triplets come from labels or a list.

#include <memory>
#include <vector>

#include "core/run.hpp"
#include "core/types.hpp"
#include "learn/lmnn/problem/cone.hpp"
#include "learn/lmnn/problem/pairs.hpp"

namespace maha::learn::lmnn {

/// The result of a pass over all triplets at a point.
struct FullPass {
  double hinges = 0;    ///< mu sum [1 + d_ij - d_il]_+, exact
  Index active = 0;     ///< triplets with a positive hinge
  MeasuredPairs pairs;  ///< a working set: all targets, and impostors
  LinearPart rest;      ///< the triplets with a positive hinge that are not in the working set
};

/// Thrown by long computations when the fit is asked to stop.
struct Stopped {};

/// How many pairs a working set may hold.
struct Room {
  Index pairs = Index{1} << 40;
  bool proof = false;  ///< whether every multiplier is needed; then it is an InputError if they do not fit
};
[[noreturn]] void throw_no_room(Index multipliers);

/// d_il - d_ij of triplets, each standing for `weight` triplets.
struct Margins {
  std::vector<double> values;
  double weight = 1;
};

/// min over N in the cone of  tr N + mu sum over triplets (i, j, l) of [1 + d_ij - d_il]_+ ,
/// with squared distances d under N between whitened rows, for which the pull of the targets is tr N.
class Problem {
 public:
  virtual ~Problem() = default;

  const RowLists& targets() const { return targets_; }
  double mu() const { return mu_; }

  /// A pass at this point. A working set of less than all triplets has the pairs (i, l) with d_il <= u_i + sigma,
  /// u_i = 1 + max_j d_ij. Throws Stopped.
  virtual FullPass full_pass(const Point& point, double sigma, const Cone& cone, const Run& run) const = 0;

  /// All triplets, with their hinges at N = 0.
  virtual LinearPart all_triplets(const Cone& cone) const = 0;

  /// If a pass over all triplets may take minutes: the same problem over the triplets of some rows, with larger weights
  /// to make up for the others. A start can be found from it. Otherwise null.
  virtual std::unique_ptr<Problem> sample() const { return nullptr; }

  /// All triplets, each with the multiplier mu. Throws InputError if they do not fit into memory.
  virtual std::vector<RowMultiplier> all_multipliers() const = 0;

  /// The sigma that gives a working set of a good size, at a first point.
  virtual double first_sigma(const Point& point, const Threads& threads) const = 0;
  /// The same, from the pairs of the last working set with their present distances, and the last sigma.
  virtual double next_sigma(const MeasuredPairs& pairs, const PairValues& squared, double last) const = 0;

  /// The margins of all triplets or of a fair sample.
  virtual Margins margins(const Point& point, const Threads& threads) const = 0;

  /// For some rows or all, the nearest impostor by distances between rows of P.
  virtual RowLists nearest_impostors(const Matrix& P, const Threads& threads) const = 0;

 protected:
  Problem(RowLists targets, double mu) : targets_(std::move(targets)), mu_(mu) {}

 private:
  RowLists targets_;
  double mu_;
};

}  // namespace maha::learn::lmnn
