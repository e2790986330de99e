#include "learn/lmnn_neighbors.hpp"

#include <algorithm>
#include <limits>

#include "neighbors/index.hpp"

namespace maha::lmnn {
namespace {

constexpr Index kSampleRows = 3000;
constexpr Index kSamplePairs = Index{1} << 20;
constexpr Index kSampleTile = 128;
constexpr Index kImpostorRows = 1000;  // rows whose nearest impostors a start is made of
constexpr Index kImpostorTile = 64;

/// u_i = 1 + max_j d_ij: only rows nearer to i than that have a positive hinge.
Vector reach(const RowLists& targets, const Vector& squared) {
  Vector u = Vector::Constant(targets.rows(), -1);
  for (Index i = 0; i < targets.rows(); ++i) {
    for (Index t = targets.begin[i]; t < targets.begin[i + 1]; ++t) u(i) = std::max(u(i), 1 + squared(t));
  }
  return u;
}

/// The value that `count` of the values do not exceed.
double quantile(std::vector<double>& values, double count) {
  const auto rank = static_cast<std::ptrdiff_t>(std::min(count, static_cast<double>(values.size()) - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

std::vector<Index> even_steps(Index n, Index count) {
  std::vector<Index> rows(static_cast<std::size_t>(std::min(n, count)));
  for (std::size_t s = 0; s < rows.size(); ++s) rows[s] = static_cast<Index>(s) * n / static_cast<Index>(rows.size());
  return rows;
}

/// How many pairs a working set shall hold where `active` of them have a positive hinge: three times as many, at least
/// 8 a row, and of spare ones at most 32 a row.
double wanted_pairs(double active, Index rows) {
  const double n = static_cast<double>(rows);
  return std::max(8 * n, active + std::min(2 * active, 32 * n));
}

}  // namespace

FullPass NeighborProblem::full_pass(const Point& point, double sigma, const Threads& threads) const {
  const Vector target = squared_distances(targets(), point.P, threads);
  const Vector u = reach(targets(), target);
  const Vector radius = u.array() + std::max(sigma, 0.0);
  FullPass pass{0, 0, {targets(), {}}};
  const auto visit_pair = [&](Index i, Index l, double squared) {
    for (Index t = targets().begin[i]; squared < u(i) && t < targets().begin[i + 1]; ++t) {
      if (squared >= 1 + target(t)) continue;
      pass.hinges += mu() * (1 + target(t) - squared);
      ++pass.active;
    }
    if (squared <= u(i) + sigma) pass.pairs.impostors.other.push_back(static_cast<std::int32_t>(l));
  };
  const NeighborIndex index(point.P, threads);
  index.within_other(
      {radius.data(), static_cast<std::size_t>(radius.size())},
      [&](const RangeLists& found) {
        for (Index q = 0; q < found.size(); ++q) {
          for (Index s = found.start[q]; s < found.start[q + 1]; ++s) {
            visit_pair(found.first + q, found.index[s], found.squared[s]);
          }
          pass.pairs.impostors.begin.push_back(pass.pairs.impostors.size());
        }
      },
      y_, threads);
  return pass;
}

double NeighborProblem::first_sigma(const Point& point, const Threads& threads) const {
  const Sample sample = sample_pairs(point, threads);
  const Vector u = reach(targets(), squared_distances(targets(), point.P, threads));
  std::vector<double> beyond;
  double active = 0;
  for (Index r = 0; r < sample.squared.rows(); ++r) {
    for (Index c = 0; c < sample.squared.cols(); ++c) {
      if (sample.squared(r, c) == std::numeric_limits<double>::infinity()) continue;
      beyond.push_back(sample.squared(r, c) - u(sample.rows[r]));
      active += beyond.back() < 0;
    }
  }
  const Index n = targets().rows();
  const double most = 200 * static_cast<double>(n);  // a bad start must not fill the memory
  return quantile(beyond, std::min(wanted_pairs(active * sample.weight, n), most) / sample.weight);
}

double NeighborProblem::next_sigma(const Pairs& pairs, const PairValues& squared, double last) const {
  const Vector u = reach(pairs.targets, squared.target);
  std::vector<double> beyond;
  double active = 0;
  for (Index i = 0; i < pairs.impostors.rows(); ++i) {
    for (Index s = pairs.impostors.begin[i]; s < pairs.impostors.begin[i + 1]; ++s) {
      beyond.push_back(squared.impostor(s) - u(i));
      active += beyond.back() < 0;
    }
  }
  const double most = 1.2 * std::max(last, 0.1);  // beyond the last sigma the set holds a part of the pairs only
  if (beyond.empty()) return most;
  return std::clamp(quantile(beyond, wanted_pairs(active, pairs.impostors.rows())), 0.0, most);
}

NeighborProblem::Sample NeighborProblem::sample_pairs(const Point& point, const Threads& threads) const {
  const Index n = targets().rows();
  Sample sample;
  sample.rows = even_steps(n, kSampleRows);
  sample.others = even_steps(n, std::max<Index>(kSamplePairs / static_cast<Index>(sample.rows.size()), 1));
  sample.squared.resize(static_cast<Index>(sample.rows.size()), static_cast<Index>(sample.others.size()));
  sample.weight = static_cast<double>(n) / static_cast<double>(sample.rows.size()) * static_cast<double>(n) /
                  static_cast<double>(sample.others.size());
  const Matrix others = point.P(sample.others, Eigen::all);
  const RowVector norms = others.rowwise().squaredNorm().transpose();
  threads.for_ranges(sample.squared.rows(), kSampleTile, [&](Index begin, Index end) {
    const std::vector<Index> rows(sample.rows.begin() + begin, sample.rows.begin() + end);
    const Matrix P = point.P(rows, Eigen::all);
    auto squared = sample.squared.middleRows(begin, end - begin);
    squared.noalias() = -2 * P * others.transpose();
    squared.rowwise() += norms;
    squared.colwise() += P.rowwise().squaredNorm();
    for (Index r = 0; r < end - begin; ++r) {
      for (Index c = 0; c < squared.cols(); ++c) {
        if (y_[rows[r]] == y_[sample.others[c]]) squared(r, c) = std::numeric_limits<double>::infinity();
      }
    }
  });
  return sample;
}

Margins NeighborProblem::margins(const Point& point, const Threads& threads) const {
  const Sample sample = sample_pairs(point, threads);
  const Vector target = squared_distances(targets(), point.P, threads);
  Margins margins{{}, sample.weight};
  for (Index r = 0; r < sample.squared.rows(); ++r) {
    const Index i = sample.rows[r];
    for (Index c = 0; c < sample.squared.cols(); ++c) {
      if (sample.squared(r, c) == std::numeric_limits<double>::infinity()) continue;
      for (Index t = targets().begin[i]; t < targets().begin[i + 1]; ++t) {
        margins.values.push_back(sample.squared(r, c) - target(t));
      }
    }
  }
  return margins;
}

/// The nearest row of another class for every step-th row.
RowLists NeighborProblem::nearest_impostors(const Matrix& P, const Threads& threads) const {
  const Index n = P.rows(), step = std::max<Index>(1, n / kImpostorRows);
  const RowVector norms = P.rowwise().squaredNorm().transpose();
  std::vector<std::int32_t> nearest(static_cast<std::size_t>((n + step - 1) / step));
  threads.for_ranges(static_cast<Index>(nearest.size()), kImpostorTile, [&](Index begin, Index end) {
    const Matrix rows = P(Eigen::seqN(begin * step, end - begin, step), Eigen::all);
    const Matrix closeness = (2 * rows * P.transpose()).rowwise() - norms;
    for (Index r = 0; r < end - begin; ++r) {
      double best = -std::numeric_limits<double>::infinity();
      for (Index l = 0; l < n; ++l) {
        if (closeness(r, l) > best && y_[l] != y_[(begin + r) * step]) {
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

}  // namespace maha::lmnn
