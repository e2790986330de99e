#pragma once
/// LMNN as the solver sees it, wherever its triplets come from.

#include <memory>
#include <vector>

#include "core/run.hpp"
#include "core/types.hpp"
#include "learn/lmnn/cone.hpp"
#include "learn/lmnn/pairs.hpp"

namespace maha::lmnn {

/// What a pass over all triplets at a point finds.
struct FullPass {
  double hinges = 0;  ///< mu sum [1 + d_ij - d_il]_+, exact
  Index active = 0;   ///< triplets with a positive hinge
  Pairs pairs;        ///< a working set: the targets, and impostors
  LinearPart rest;    ///< the triplets with a positive hinge that it does not hold
};

/// Thrown by what takes long when it finds that the fit shall stop.
struct Stopped {};

/// How many pairs a working set may hold.
struct Room {
  Index pairs = Index{1} << 40;
  bool proof = false;  ///< whether every multiplier will be wanted: then more of them than that are an InputError
};
[[noreturn]] void throw_no_room(Index multipliers);

/// d_il - d_ij of triplets, each of which stands for `weight` of them.
struct Margins {
  std::vector<double> values;
  double weight = 1;
};

/// min over N in the cone of tr N + mu sum over triplets (i, j, l) of [1 + d_ij - d_il]_+, with distances under N
/// between whitened rows, in which the pull of the targets is tr N.
class Problem {
 public:
  virtual ~Problem() = default;

  const RowLists& targets() const { return targets_; }
  double mu() const { return mu_; }

  /// At this point. Where a working set is less than all triplets, it holds the pairs (i, l) with d_il <= u_i + sigma,
  /// u_i = 1 + max_j d_ij. Throws Stopped.
  virtual FullPass full_pass(const Point& point, double sigma, const Cone& cone, const Run& run) const = 0;

  /// All triplets, with the hinges that they have at N = 0.
  virtual LinearPart all_triplets(const Cone& cone) const = 0;

  /// Where a pass over all triplets may take minutes, the same problem over the triplets of some rows, that many times
  /// as heavy: what a start may be found by. Else null.
  virtual std::unique_ptr<Problem> sample() const { return nullptr; }

  /// All triplets, each with the multiplier mu. Throws InputError if they do not fit into memory.
  virtual std::vector<RowMultiplier> all_multipliers() const = 0;

  /// The sigma for a working set of a good size: at a first point,
  virtual double first_sigma(const Point& point, const Threads& threads) const = 0;
  /// or judged by the pairs of the last working set, at their distances by now, and its sigma.
  virtual double next_sigma(const Pairs& pairs, const PairValues& squared, double last) const = 0;

  /// Of all triplets or a fair sample.
  virtual Margins margins(const Point& point, const Threads& threads) const = 0;

  /// For rows, or some of them, the impostor nearest by the distances between rows of P.
  virtual RowLists nearest_impostors(const Matrix& P, const Threads& threads) const = 0;

 protected:
  Problem(RowLists targets, double mu) : targets_(std::move(targets)), mu_(mu) {}

 private:
  RowLists targets_;
  double mu_;
};

}  // namespace maha::lmnn
