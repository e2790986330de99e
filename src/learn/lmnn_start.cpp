#include "learn/lmnn_start.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace maha::lmnn {
namespace {

constexpr Index kImpostorRows = 1000;  // rows whose nearest impostors a start is made of
constexpr Index kTile = 64;

/// The nearest row of another class for every step-th row.
RowLists nearest_impostors(const Problem& problem, const Matrix& P, const Threads& threads) {
  const Index n = P.rows(), step = std::max<Index>(1, n / kImpostorRows);
  const RowVector norms = P.rowwise().squaredNorm().transpose();
  std::vector<std::int32_t> nearest(static_cast<std::size_t>((n + step - 1) / step));
  threads.for_ranges(static_cast<Index>(nearest.size()), kTile, [&](Index begin, Index end) {
    const Matrix rows = P(Eigen::seqN(begin * step, end - begin, step), Eigen::all);
    const Matrix closeness = (2 * rows * P.transpose()).rowwise() - norms;
    for (Index r = 0; r < end - begin; ++r) {
      double best = -std::numeric_limits<double>::infinity();
      for (Index l = 0; l < n; ++l) {
        if (closeness(r, l) > best && problem.y[l] != problem.y[(begin + r) * step]) {
          best = closeness(r, l);
          nearest[begin + r] = static_cast<std::int32_t>(l);
        }
      }
    }
  });
  RowLists lists;
  for (Index i = 0; i < n; ++i) {
    if (i % step == 0) lists.other.push_back(nearest[i / step]);
    lists.begin.push_back(lists.size());
  }
  return lists;
}

SquareMatrix impostor_scatter(const Problem& problem, const Cone& cone, const Point& point) {
  Pairs pairs{{std::vector<Index>(static_cast<std::size_t>(point.P.rows() + 1), 0), {}},
              nearest_impostors(problem, point.P, cone.threads())};
  return cone.scatter(pairs, {Vector(), Vector::Ones(pairs.impostors.size())});
}

/// d_il - d_ij over the sampled pairs (i, l) and the targets j of i.
std::vector<double> sampled_margins(const Problem& problem, const Point& point, const Sample& sample,
                                    const Threads& threads) {
  const Vector target = squared_distances(problem.targets, point.P, threads);
  std::vector<double> margins;
  for (Index r = 0; r < sample.squared.rows(); ++r) {
    const Index i = sample.rows[r];
    for (Index c = 0; c < sample.squared.cols(); ++c) {
      if (sample.squared(r, c) == std::numeric_limits<double>::infinity()) continue;
      for (Index t = problem.targets.begin[i]; t < problem.targets.begin[i + 1]; ++t) {
        margins.push_back(sample.squared(r, c) - target(t));
      }
    }
  }
  return margins;
}

}  // namespace

Scaled best_scale(double pull, double mu, double weight, std::vector<double> margins) {
  // The slope at c is pull - mu weight sum of the margins below 1 / c: by selection, the corner where it changes sign.
  double wanted = pull / (mu * weight);
  auto low = margins.begin(), high = margins.end();
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    std::nth_element(low, middle, high);
    const double sum = std::accumulate(low, middle, 0.0);
    if (sum >= wanted) {
      high = middle;
    } else {
      wanted -= sum;
      low = middle;
    }
  }
  if (low == margins.end() || *low <= 0) return {0, mu * weight * static_cast<double>(margins.size())};
  Scaled best{1 / *low, pull / *low};
  for (const double m : margins) best.objective += mu * weight * std::max(0.0, 1 - best.factor * m);
  return best;
}

SquareMatrix best_start(const Problem& problem, const Cone& cone, std::vector<SquareMatrix> candidates) {
  const auto score = [&](const SquareMatrix& N, const Point& point) {
    const Sample sample = sample_pairs(problem, point, cone.threads());
    return best_scale(N.cwiseProduct(cone.identity()).sum(), problem.mu, sample.weight,
                      sampled_margins(problem, point, sample, cone.threads()));
  };
  SquareMatrix best;
  double lowest = std::numeric_limits<double>::infinity();
  const auto consider = [&](const SquareMatrix& N, const Point& point) {
    const Scaled scaled = score(N, point);
    if (scaled.objective >= lowest) return;
    lowest = scaled.objective;
    best = scaled.factor * N;
  };
  const Point first = cone.project(candidates.front());
  const SquareMatrix scatter = impostor_scatter(problem, cone, first);
  consider(candidates.front(), first);
  candidates.front() = scatter;
  for (const SquareMatrix& N : candidates) consider(N, cone.project(N));
  return best;
}

}  // namespace maha::lmnn
