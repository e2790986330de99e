#include "learn/lmnn/problem/pairs.hpp"

#include <algorithm>

#include "neighbors/distance.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr Index kMeasuredTile =
    256;  // rows whose pairs a thread measures at a time, and whose hinges make a partial sum
constexpr Index kScatterTile = 1024;  // rows in one partial sum of a scatter: another number changes its last bits

/// measure(i, other) for every pair of the lists, which all of the team share.
template <class Measure>
Vector measure_pairs(const RowLists& lists, const Team& team, Measure&& measure) {
  Vector values(lists.size());
  const auto place = [&](Index i) { return lists.begin[i]; };
  team.fill(lists.rows(), kMeasuredTile, values.data(), place, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      for (Index s = lists.begin[i]; s < lists.begin[i + 1]; ++s) values(s) = measure(i, Index{lists.other[s]});
    }
  });
  return values;
}

/// The hinges of row i.
Hinges row_hinges(const MeasuredPairs& pairs, Index i, const PairValues& squared, double mu, double g,
                  PairValues* weights) {
  Hinges sum;
  const double inverse = g > 0 ? 1 / g : 0;
  for (Index t = pairs.targets.begin[i]; t < pairs.targets.begin[i + 1]; ++t) {
    const double u = 1 + squared.target(t);
    double steps = 0;
    const auto [first, last] = pairs.impostors_of(i, t);
    for (Index s = first; s < last; ++s) {
      const double z = u - squared.impostor(s);
      if (z <= 0) continue;
      const double step = z < g ? z * inverse : 1;
      sum.value += step * (z - 0.5 * g * step);
      sum.bias += g * step * (1 - step);
      ++sum.active;
      steps += step;
      if (weights) weights->impostor(s) -= mu * step;
    }
    sum.alpha += steps;
    if (weights) weights->target(t) = mu * steps;
  }
  return sum;
}

/// The share of row i. With c = clip(z, 0, g) and z' = c' + r', that of a triplet is (c' - c)/g ((c' - c)/2 + r').
double row_tangent_gap(const MeasuredPairs& pairs, Index i, const PairValues& from, const PairValues& to, double g) {
  double sum = 0;
  for (Index t = pairs.targets.begin[i]; t < pairs.targets.begin[i + 1]; ++t) {
    const double u = 1 + from.target(t), u_to = 1 + to.target(t);
    const auto [first, last] = pairs.impostors_of(i, t);
    for (Index s = first; s < last; ++s) {
      const double z_to = u_to - to.impostor(s);
      const double clipped = std::clamp(u - from.impostor(s), 0.0, g), clipped_to = std::clamp(z_to, 0.0, g);
      const double change = clipped_to - clipped;
      sum += change * (0.5 * change + (z_to - clipped_to));
    }
  }
  return sum / g;
}

/// b_i = deg_i / 2 q_i - sum_o w_io q_o for the rows [begin, end). The scatter is Q'B + B'Q.
Matrix half_laplacian_rows(const MeasuredPairs& pairs, const PairValues& weights, const Vector& degree, const Matrix& Q,
                           Index begin, Index end) {
  Matrix B = 0.5 * degree.segment(begin, end - begin).asDiagonal() * Q.middleRows(begin, end - begin);
  const auto gather = [&](const RowLists& lists, const Vector& values, Index i) {
    for (Index s = lists.begin[i]; s < lists.begin[i + 1]; ++s) {
      if (values(s) != 0) B.row(i - begin) -= values(s) * Q.row(lists.other[s]);
    }
  };
  for (Index i = begin; i < end; ++i) {
    gather(pairs.targets, weights.target, i);
    gather(pairs.impostors, weights.impostor, i);
  }
  return B;
}

}  // namespace

PairValues extrapolate(const PairValues& a, const PairValues& b, double t) {
  return {a.target + t * (a.target - b.target), a.impostor + t * (a.impostor - b.impostor)};
}

Vector squared_distances(const RowLists& lists, const Matrix& P, const Team& team) {
  const Index d = P.cols();
  return measure_pairs(lists, team.for_numbers_of(d), [&](Index a, Index b) {
    return neighbors::squared_distance(P.data() + a * d, P.data() + b * d, d);
  });
}

PairValues squared_distances(const MeasuredPairs& pairs, const Matrix& P, const Team& team) {
  return {squared_distances(pairs.targets, P, team), squared_distances(pairs.impostors, P, team)};
}

PairValues products(const MeasuredPairs& pairs, const Matrix& P, const Matrix& Q, const Team& team) {
  const auto product = [&](Index a, Index b) { return (P.row(a) - P.row(b)).dot(Q.row(a) - Q.row(b)); };
  const Team sharing = team.for_numbers_of(P.cols());
  return {measure_pairs(pairs.targets, sharing, product), measure_pairs(pairs.impostors, sharing, product)};
}

Hinges& Hinges::operator+=(const Hinges& other) {
  value += other.value;
  alpha += other.alpha;
  bias += other.bias;
  active += other.active;
  return *this;
}

Hinges hinges(const MeasuredPairs& pairs, const PairValues& squared, double mu, double g, PairValues* weights,
              const Threads& threads) {
  if (weights) *weights = {Vector::Zero(squared.target.size()), Vector::Zero(squared.impostor.size())};
  Hinges sum;
  threads.sum_ranges(pairs.targets.rows(), kMeasuredTile, sum, [&](Index begin, Index end) {
    Hinges part;
    for (Index i = begin; i < end; ++i) part += row_hinges(pairs, i, squared, mu, g, weights);
    return part;
  });
  sum.value *= mu;
  sum.alpha *= mu;
  sum.bias *= mu;
  return sum;
}

double tangent_gap(const MeasuredPairs& pairs, const PairValues& from, const PairValues& to, double mu, double g,
                   const Team& team) {
  double sum = 0;
  team.sum_ranges(pairs.targets.rows(), kMeasuredTile, sum, [&](Index begin, Index end) {
    double part = 0;
    for (Index i = begin; i < end; ++i) part += row_tangent_gap(pairs, i, from, to, g);
    return part;
  });
  return mu * sum;
}

std::vector<Multiplier> active_triplets(const MeasuredPairs& pairs, const PairValues& squared, double mu, double g) {
  std::vector<Multiplier> triplets;
  for (Index i = 0; i < pairs.targets.rows(); ++i) {
    for (Index t = pairs.targets.begin[i]; t < pairs.targets.begin[i + 1]; ++t) {
      const auto [first, last] = pairs.impostors_of(i, t);
      for (Index s = first; s < last; ++s) {
        const double z = 1 + squared.target(t) - squared.impostor(s);
        if (z <= 0) continue;
        triplets.push_back({static_cast<std::int32_t>(t), static_cast<std::int32_t>(s), mu * std::min(1.0, z / g)});
      }
    }
  }
  return triplets;
}

std::vector<RowMultiplier> by_rows(const MeasuredPairs& pairs, const std::vector<Multiplier>& triplets) {
  std::vector<RowMultiplier> named;
  Index i = 0;
  for (const Multiplier& triplet : triplets) {  // row by row
    while (pairs.targets.begin[i + 1] <= triplet.target) ++i;
    named.push_back({i, pairs.targets.other[triplet.target], pairs.impostors.other[triplet.impostor], triplet.alpha});
  }
  return named;
}

PairValues weights_of(const MeasuredPairs& pairs, const std::vector<Multiplier>& triplets) {
  PairValues weights{Vector::Zero(pairs.targets.size()), Vector::Zero(pairs.impostors.size())};
  for (const Multiplier& triplet : triplets) {
    weights.target(triplet.target) += triplet.alpha;
    weights.impostor(triplet.impostor) -= triplet.alpha;
  }
  return weights;
}

Vector degrees(const MeasuredPairs& pairs, const PairValues& weights) {
  Vector degree = Vector::Zero(pairs.targets.rows());
  const auto add = [&](const RowLists& lists, const Vector& values) {
    for (Index i = 0; i < lists.rows(); ++i) {
      for (Index s = lists.begin[i]; s < lists.begin[i + 1]; ++s) {
        degree(i) += values(s);
        degree(lists.other[s]) += values(s);
      }
    }
  };
  add(pairs.targets, weights.target);
  add(pairs.impostors, weights.impostor);
  return degree;
}

SquareMatrix scatter(const MeasuredPairs& pairs, const PairValues& weights, const Matrix& Q, const Team& team) {
  const Vector degree = degrees(pairs, weights);
  SquareMatrix half = SquareMatrix::Zero(Q.cols(), Q.cols());
  team.sum_ranges(Q.rows(), kScatterTile, half, [&](Index begin, Index end) -> SquareMatrix {
    const Matrix B = half_laplacian_rows(pairs, weights, degree, Q, begin, end);
    return Q.middleRows(begin, end - begin).transpose() * B;
  });
  return half + half.transpose();
}

Vector diagonal_scatter(const MeasuredPairs& pairs, const PairValues& weights, const Matrix& Q, const Team& team) {
  const Vector degree = degrees(pairs, weights);
  Vector half = Vector::Zero(Q.cols());
  team.sum_ranges(Q.rows(), kScatterTile, half, [&](Index begin, Index end) -> Vector {
    const Matrix B = half_laplacian_rows(pairs, weights, degree, Q, begin, end);
    return Q.middleRows(begin, end - begin).cwiseProduct(B).colwise().sum().transpose();
  });
  return 2 * half;
}

}  // namespace maha::learn::lmnn
