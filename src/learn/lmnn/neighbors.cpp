#include "learn/lmnn/neighbors.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "learn/lmnn/problem/working_set.hpp"
#include "neighbors/index.hpp"

namespace maha::learn::lmnn {
namespace {

// Samples affect only the start and the size of working sets, not the optimum.
constexpr Index kSampleRows = 3000;  // and pairs of them, for quantiles of distances: 8 MB, well under a second
constexpr Index kSamplePairs = Index{1} << 20;
constexpr Index kSampleTile = 128;               // rows whose distances a thread computes in one product
constexpr Index kPairsAtOnce = Index{1} << 34;   // n^2 above which a pass takes minutes and a sample finds a start
constexpr Index kSampledPairs = Index{1} << 28;  // of rows in that sample: 1/64 of the pairs at which it begins
constexpr Index kSampleAnchors = 500;   // at least, where n is very large: fewer would not represent the classes
constexpr Index kImpostorRows = 1000;   // rows whose nearest impostors make a start: a d x d scatter needs no more
constexpr Index kImpostorTile = 64;     // of these rows and
constexpr Index kImpostorPart = 16384;  // of all rows in one product: 8 MB of distances

// The size of a working set. A larger one makes iterations dearer, a smaller one makes passes over all triplets more
// frequent.
constexpr double kFewestPairs = 8;       // a row
constexpr double kSpareShare = 2;        // spare pairs for each one with a positive hinge,
constexpr double kMostSpare = 32;        // but at most so many a row
constexpr double kSigmaGrowth = 1.2;     // from pass to pass: beyond the last sigma only a part of the pairs is known
constexpr double kLeastLastSigma = 0.1;  // in units of the margin, so that a sigma of 0 can grow again

/// u_i = 1 + max_j d_ij: only rows closer to i than that have a positive hinge.
Vector reach(const RowLists& targets, const Vector& squared) {
  Vector u = Vector::Constant(targets.rows(), -1);
  for (Index i = 0; i < targets.rows(); ++i) {
    for (Index t = targets.begin[i]; t < targets.begin[i + 1]; ++t) u(i) = std::max(u(i), 1 + squared(t));
  }
  return u;
}

/// The value that `count` of the values are below. Reorders them.
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

/// How many pairs a working set should hold if `active` of them have a positive hinge.
double wanted_pairs(double active, Index rows) {
  const double n = static_cast<double>(rows);
  return std::max(kFewestPairs * n, active + std::min(kSpareShare * active, kMostSpare * n));
}

}  // namespace

FullPass NeighborProblem::full_pass(const Point& point, double sigma, const Cone& cone, const Run& run) const {
  if (point.P.cols() == 0) return at_zero(cone);
  if (run.stop()) throw Stopped();
  const Vector target = squared_distances(targets(), point.P, run);
  Vector radius = reach(targets(), target).array() + std::max(sigma, 0.0);
  if (!anchors_.empty()) {
    const Vector some = radius(anchors_);
    radius.setConstant(-1);
    radius(anchors_) = some;
  }
  WorkingSet set(*this, target, cone, room_);
  const SharedRows rows(point.P.data(), point.P.rows(), point.P.cols(), nullptr);  // which the point keeps
  const neighbors::NeighborIndex index(rows, run.threads);
  index.within_other(
      {radius.data(), static_cast<std::size_t>(radius.size())},
      [&](const neighbors::RangeLists& found) {
        if (run.stop()) throw Stopped();
        set.add(found, run.threads);
      },
      y_, run.threads, *run.ranks);
  return set.finish();
}

/// At N = 0 every triplet has a positive hinge, so their sums are computed directly instead of by a search.
FullPass NeighborProblem::at_zero(const Cone& cone) const {
  FullPass pass{0, 0, {targets(), {std::vector<Index>(targets().begin.size(), 0), {}}}, all_triplets(cone)};
  pass.hinges = pass.rest.alpha;
  pass.active = pass.rest.triplets;
  return pass;
}

LinearPart NeighborProblem::all_triplets(const Cone& cone) const {
  const Matrix& Z = cone.rows();
  const Index n = Z.rows();
  const int classes = *std::max_element(y_.begin(), y_.end()) + 1;
  Matrix sum = Matrix::Zero(classes, Z.cols());
  std::vector<Index> rows(static_cast<std::size_t>(classes)), hinges(rows.size());
  std::vector<Index> own(static_cast<std::size_t>(n));  // targets of each row, 0 unless it is an anchor
  for (Index a = 0; a < anchors(); ++a) {
    const Index i = anchors_.empty() ? a : anchors_[a];
    own[i] = targets().begin[i + 1] - targets().begin[i];
    hinges[y_[i]] += own[i];
  }
  const Index all_hinges = std::accumulate(hinges.begin(), hinges.end(), Index{0});
  for (Index i = 0; i < n; ++i) {
    sum.row(y_[i]) += Z.row(i);
    ++rows[y_[i]];
  }
  const RowVector total = sum.colwise().sum();
  LinearWeights weights{Vector(targets().size()), Vector(n), Matrix(n, Z.cols()), 0};
  for (Index i = 0; i < n; ++i) {
    const Index unlike = n - rows[y_[i]];
    weights.target.segment(targets().begin[i], targets().begin[i + 1] - targets().begin[i])
        .setConstant(own[i] > 0 ? static_cast<double>(unlike) : 0.0);
    weights.degree(i) = static_cast<double>(own[i] * unlike + all_hinges - hinges[y_[i]]);
    weights.others.row(i) = static_cast<double>(own[i]) * (total - sum.row(y_[i]));
    weights.triplets += own[i] * unlike;
  }
  return linear_part(*this, cone, std::move(weights));
}

std::unique_ptr<Problem> NeighborProblem::sample() const {
  const Index n = targets().rows(), count = std::max(kSampleAnchors, kSampledPairs / n);
  if (n <= kPairsAtOnce / n) return nullptr;
  const double share = static_cast<double>(n) / static_cast<double>(count);
  return std::make_unique<NeighborProblem>(y_, targets(), share * mu(), Room{room_.pairs, false}, even_steps(n, count));
}

std::vector<RowMultiplier> NeighborProblem::all_multipliers() const {
  std::vector<RowMultiplier> all;
  Index pairs = 0;
  for (Index i = 0; i < targets().rows(); ++i) {
    const Index unlike = std::count_if(y_.begin(), y_.end(), [&](int label) { return label != y_[i]; });
    if ((pairs += unlike) > room_.pairs) throw_no_room(static_cast<Index>(all.size()));
    for (Index t = targets().begin[i]; t < targets().begin[i + 1]; ++t) {
      for (Index l = 0; l < targets().rows(); ++l) {
        if (y_[l] != y_[i]) all.push_back({i, targets().other[t], l, mu()});
      }
    }
  }
  return all;
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
  const Index n = anchors();
  if (beyond.empty()) return 0;  // the sample may have no pair of rows of different classes
  return std::max(0.0, quantile(beyond, wanted_pairs(active * sample.weight, n) / sample.weight));
}

double NeighborProblem::next_sigma(const MeasuredPairs& pairs, const PairValues& squared, double last) const {
  const Vector u = reach(pairs.targets, squared.target);
  std::vector<double> beyond;
  double active = 0;
  for (Index i = 0; i < pairs.impostors.rows(); ++i) {
    for (Index s = pairs.impostors.begin[i]; s < pairs.impostors.begin[i + 1]; ++s) {
      beyond.push_back(squared.impostor(s) - u(i));
      active += beyond.back() < 0;
    }
  }
  const double most = kSigmaGrowth * std::max(last, kLeastLastSigma);
  if (beyond.empty()) return most;
  return std::clamp(quantile(beyond, wanted_pairs(active, anchors())), 0.0, most);
}

NeighborProblem::Sample NeighborProblem::sample_pairs(const Point& point, const Threads& threads) const {
  const Index n = targets().rows();
  Sample sample;
  sample.rows = even_steps(anchors(), kSampleRows);
  sample.others = even_steps(n, std::max<Index>(kSamplePairs / static_cast<Index>(sample.rows.size()), 1));
  sample.squared.resize(static_cast<Index>(sample.rows.size()), static_cast<Index>(sample.others.size()));
  sample.weight = static_cast<double>(anchors()) / static_cast<double>(sample.rows.size()) * static_cast<double>(n) /
                  static_cast<double>(sample.others.size());
  for (Index& row : sample.rows) row = anchors_.empty() ? row : anchors_[row];
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

/// The nearest row of another class for every step-th row, found in parts of bounded size.
RowLists NeighborProblem::nearest_impostors(const Matrix& P, const Threads& threads) const {
  const Index n = P.rows(), step = std::max<Index>(1, n / kImpostorRows);
  const RowVector norms = P.rowwise().squaredNorm().transpose();
  std::vector<std::int32_t> nearest(static_cast<std::size_t>((n + step - 1) / step));
  threads.for_ranges(static_cast<Index>(nearest.size()), kImpostorTile, [&](Index begin, Index end) {
    const Matrix rows = P(Eigen::seqN(begin * step, end - begin, step), Eigen::all);
    Vector best = Vector::Constant(end - begin, -std::numeric_limits<double>::infinity());
    for (Index first = 0; first < n; first += kImpostorPart) {
      const Index count = std::min(kImpostorPart, n - first);
      const Matrix closeness =
          (2 * rows * P.middleRows(first, count).transpose()).rowwise() - norms.segment(first, count);
      for (Index r = 0; r < end - begin; ++r) {
        for (Index l = 0; l < count; ++l) {
          if (closeness(r, l) > best(r) && y_[first + l] != y_[(begin + r) * step]) {
            best(r) = closeness(r, l);
            nearest[begin + r] = static_cast<std::int32_t>(first + l);
          }
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

}  // namespace maha::learn::lmnn
