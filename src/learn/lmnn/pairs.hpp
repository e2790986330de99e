#pragma once
/// The pairs of rows that LMNN measures, a number for each of them, and the hinges of their triplets.

#include <cstdint>
#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"

namespace maha::lmnn {

/// For each row some other rows: row i has other[begin[i]], ..., other[begin[i + 1] - 1].
struct RowLists {
  std::vector<Index> begin{0};
  std::vector<std::int32_t> other;

  Index rows() const { return static_cast<Index>(begin.size()) - 1; }
  Index size() const { return static_cast<Index>(other.size()); }
};

/// The triplets (i, j, l): j a target of i, l an impostor of i or a row that might become one.
struct Pairs {
  RowLists targets, impostors;
  /// Empty where each target of a row makes a triplet with every impostor of the row. Else the target at place t makes
  /// them with the impostors at the places part[t], ..., part[t + 1] - 1, all of its row.
  std::vector<Index> part{};

  struct Places {
    Index begin, end;
  };
  /// Where the impostors are that the target of row i at place t makes triplets with.
  Places impostors_of(Index i, Index t) const {
    if (!part.empty()) return {part[t], part[t + 1]};
    return {impostors.begin[i], impostors.begin[i + 1]};
  }
};

/// A number for each pair (i, j) and (i, l), in the order of the lists: squared distances, or weights.
struct PairValues {
  Vector target, impostor;
};

/// a + t (a - b).
PairValues extrapolate(const PairValues& a, const PairValues& b, double t);

/// |p_i - p_o|^2 for the rows of P: the distances that exact search decides by.
Vector squared_distances(const RowLists& lists, const Matrix& P, const Threads& threads);
PairValues squared_distances(const Pairs& pairs, const Matrix& P, const Threads& threads);

/// (p_i - p_o)'(q_i - q_o).
PairValues products(const Pairs& pairs, const Matrix& P, const Matrix& Q, const Threads& threads);

/// What the triplets contribute, with z = 1 + d_ij - d_il and the hinge smoothed over (0, g):
/// h_g(z) = 0 for z <= 0, z^2 / 2g up to g, z - g/2 above; alpha = mu h_g'(z) = mu clip(z/g, 0, 1).
struct Hinges {
  double value = 0;  ///< mu sum h_g(z)
  double alpha = 0;  ///< sum of alpha
  double bias =
      0;  ///< mu sum z (1 - z/g) over 0 < z < g: the duality gap, were this the optimum of the smoothed problem
  Index active = 0;  ///< triplets with z > 0
  Hinges& operator+=(const Hinges& other);
};

/// g >= 0. Fills `weights`, unless null, with the derivative by each distance: sum_l alpha on (i, j), -sum_j alpha on
/// (i, l).
Hinges hinges(const Pairs& pairs, const PairValues& squared, double mu, double g, PairValues* weights,
              const Threads& threads);

/// mu sum of h_g(z') - h_g(z) - h_g'(z)(z' - z), from the distances `from` (z) to the distances `to` (z'): how far the
/// smoothed hinges rise above their tangent. Every term is >= 0 and computed without cancellation, so that a line
/// search may go on where differences of the objective are all rounding. g > 0.
double tangent_gap(const Pairs& pairs, const PairValues& from, const PairValues& to, double mu, double g,
                   const Threads& threads);

/// The multiplier of a triplet, which goes by the places of its two pairs in the lists.
struct Multiplier {
  std::int32_t target, impostor;
  double alpha;
};

/// The triplets with alpha > 0 at these distances, row by row.
std::vector<Multiplier> active_triplets(const Pairs& pairs, const PairValues& squared, double mu, double g);

/// The same, the triplet by its rows.
struct RowMultiplier {
  Index i, j, l;
  double alpha;
};

std::vector<RowMultiplier> by_rows(const Pairs& pairs, const std::vector<Multiplier>& triplets);

/// sum alpha on each (i, j), -sum alpha on each (i, l).
PairValues weights_of(const Pairs& pairs, const std::vector<Multiplier>& triplets);

/// For each row the weights of all pairs that it is part of, added up.
Vector degrees(const Pairs& pairs, const PairValues& weights);

/// sum over pairs of weight (q_i - q_o)(q_i - q_o)', a weighted scatter of the rows of Q: one gather of rows and one
/// product, Q' (deg Q - W Q).
SquareMatrix scatter(const Pairs& pairs, const PairValues& weights, const Matrix& Q, const Threads& threads);

/// The diagonal of scatter(), for d features in memory O(d).
Vector diagonal_scatter(const Pairs& pairs, const PairValues& weights, const Matrix& Q, const Threads& threads);

}  // namespace maha::lmnn
