#pragma once
/// The pairs of rows whose distances LMNN needs, a number for each pair, and the hinges of their triplets.

#include <cstdint>
#include <vector>

#include "core/team.hpp"
#include "core/types.hpp"

namespace maha::learn::lmnn {

/// For each row a list of other rows: row i has other[begin[i]], ..., other[begin[i + 1] - 1].
struct RowLists {
  std::vector<Index> begin{0};
  std::vector<std::int32_t> other;

  Index rows() const { return static_cast<Index>(begin.size()) - 1; }
  Index size() const { return static_cast<Index>(other.size()); }
};

/// The pairs of triplets (i, j, l): j a target of i, l an impostor of i or a row that might become one.
struct MeasuredPairs {
  RowLists targets, impostors;
  /// Empty if each target of a row forms a triplet with every impostor of that row. Otherwise the target at place t
  /// forms them with the impostors at the places part[t], ..., part[t + 1] - 1, all of its row.
  std::vector<Index> part{};

  struct Places {
    Index begin, end;
  };
  /// The places of the impostors with which the target of row i at place t forms triplets.
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

/// |p_i - p_o|^2 for the rows of P, computed as the exact search computes them.
Vector squared_distances(const RowLists& lists, const Matrix& P, const Team& team);
PairValues squared_distances(const MeasuredPairs& pairs, const Matrix& P, const Team& team);

/// (p_i - p_o)'(q_i - q_o).
PairValues products(const MeasuredPairs& pairs, const Matrix& P, const Matrix& Q, const Team& team);

/// Sums over triplets, with z = 1 + d_ij - d_il and the hinge smoothed over (0, g):
///   h_g(z) = 0 for z <= 0,  z^2 / 2g for z <= g,  z - g/2 above,
///   alpha = mu h_g'(z) = mu clip(z/g, 0, 1).
struct Hinges {
  double value = 0;  ///< mu sum h_g(z)
  double alpha = 0;  ///< sum alpha
  /// mu sum z (1 - z/g) over 0 < z < g: the duality gap at the optimum of the smoothed problem.
  double bias = 0;
  Index active = 0;  ///< triplets with z > 0
  Hinges& operator+=(const Hinges& other);
};

/// g >= 0. Fills `weights`, unless it is null, with the derivative by each distance: sum_l alpha for (i, j), -sum_j
/// alpha for (i, l).
Hinges hinges(const MeasuredPairs& pairs, const PairValues& squared, double mu, double g, PairValues* weights,
              const Threads& threads);

/// mu sum of h_g(z') - h_g(z) - h_g'(z)(z' - z), with z at the distances `from` and z' at `to`: how far the smoothed
/// hinges rise above their tangent. Every term is >= 0 and computed without cancellation, so that a line search still
/// works where differences of the objective are nothing but rounding. g > 0.
double tangent_gap(const MeasuredPairs& pairs, const PairValues& from, const PairValues& to, double mu, double g,
                   const Team& team);

/// The multiplier of a triplet, given by the places of its two pairs in the lists.
struct Multiplier {
  std::int32_t target, impostor;
  double alpha;
};

/// The triplets with alpha > 0 at these distances, row by row.
std::vector<Multiplier> active_triplets(const MeasuredPairs& pairs, const PairValues& squared, double mu, double g);

/// The same, with the triplet given by its rows.
struct RowMultiplier {
  Index i, j, l;
  double alpha;
};

std::vector<RowMultiplier> by_rows(const MeasuredPairs& pairs, const std::vector<Multiplier>& triplets);

/// sum alpha for each (i, j), -sum alpha for each (i, l).
PairValues weights_of(const MeasuredPairs& pairs, const std::vector<Multiplier>& triplets);

/// For each row the sum of the weights of its pairs.
Vector degrees(const MeasuredPairs& pairs, const PairValues& weights);

/// sum over pairs of weight (q_i - q_o)(q_i - q_o)', a weighted scatter of the rows of Q. Costs one gather of rows and
/// one product, Q'(deg Q - W Q).
SquareMatrix scatter(const MeasuredPairs& pairs, const PairValues& weights, const Matrix& Q, const Team& team);

/// The diagonal of scatter(), in memory O(d).
Vector diagonal_scatter(const MeasuredPairs& pairs, const PairValues& weights, const Matrix& Q, const Team& team);

}  // namespace maha::learn::lmnn
