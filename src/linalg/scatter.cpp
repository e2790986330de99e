#include "linalg/scatter.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/error.hpp"
#include "linalg/symmetric.hpp"

namespace maha::linalg {
namespace {

constexpr Index kBlock = 256;  // rows summed up together: fits in cache; another number changes last bits

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

void resize_groups(Moments& m, Index groups) {
  const Index known = m.groups();
  if (groups <= known) return;
  m.count.resize(at(groups), 0);
  m.mean.conservativeResize(groups, Eigen::NoChange);
  m.mean.bottomRows(groups - known).setZero();
}

/// Moves third and fourth moments to a mean that lies u off the present one, multiplying out with sum y = 0:
///   sum (y_a - u_a)^2 (y_b - u_b)  and  sum (y_a - u_a)^2 (y_b - u_b)^2.
void recentre(Moments& m, const RowVector& u) {
  const auto n = static_cast<double>(m.rows());
  const SquareMatrix S = m.scatter.selfadjointView<Eigen::Lower>();
  const Vector s = S.diagonal(), v = u.transpose(), vv = v.cwiseProduct(v);
  const SquareMatrix uT = m.third * v.asDiagonal();
  m.fourth += -2 * (uT + uT.transpose()) + s * vv.transpose() + vv * s.transpose() +
              4 * (v.asDiagonal() * S * v.asDiagonal()) + n * vv * vv.transpose();
  m.third -= s * v.transpose() + 2 * (v.asDiagonal() * S) + n * vv * v.transpose();
}

/// Merges the moments of later rows b into a (Chan, Golub & LeVeque 1983).
void merge(Moments& a, Moments b) {
  resize_groups(a, b.groups());
  resize_groups(b, a.groups());
  Matrix apart = b.mean - a.mean;
  for (Index c = 0; c < a.groups(); ++c) {
    const auto na = static_cast<double>(a.count[at(c)]), nb = static_cast<double>(b.count[at(c)]);
    const double n = std::max(1.0, na + nb);
    if (a.fourth.size() > 0) {
      recentre(a, nb / n * apart.row(c));
      recentre(b, -na / n * apart.row(c));
    }
    if (na == 0) a.mean.row(c) = b.mean.row(c);
    if (na > 0 && nb > 0) a.mean.row(c) += nb / n * apart.row(c);
    apart.row(c) *= std::sqrt(na * nb / n);
    a.count[at(c)] += b.count[at(c)];
  }
  a.low = a.low.cwiseMin(b.low);
  a.high = a.high.cwiseMax(b.high);
  a.squares += b.squares + apart.colwise().squaredNorm();
  if (a.scatter.size() > 0) {
    a.scatter += b.scatter;
    a.scatter.selfadjointView<Eigen::Lower>().rankUpdate(apart.transpose());
  }
  if (a.fourth.size() > 0) {
    a.third += b.third;
    a.fourth += b.fourth;
  }
}

}  // namespace

Index Moments::rows() const { return std::accumulate(count.begin(), count.end(), Index{0}); }

RowVector Moments::total_mean() const {
  RowVector sum = RowVector::Zero(dims());
  for (Index c = 0; c < groups(); ++c) sum += static_cast<double>(count[at(c)]) * mean.row(c);
  return sum / static_cast<double>(rows());
}

Matrix Moments::between() const {
  Matrix offset = mean.rowwise() - total_mean();
  for (Index c = 0; c < groups(); ++c) offset.row(c) *= std::sqrt(static_cast<double>(count[at(c)]));
  return offset;
}

SquareMatrix Moments::total_scatter() const {
  SquareMatrix total = scatter;
  total.selfadjointView<Eigen::Lower>().rankUpdate(between().transpose());
  mirror_lower(total);
  return total;
}

Moments pool_groups(const std::vector<Moments>& groups) {
  if (groups.empty()) throw InputError("no rows");
  Moments pooled = groups.front();
  for (std::size_t c = 1; c < groups.size(); ++c) {
    const Moments& group = groups[c];
    const Index known = pooled.groups();
    resize_groups(pooled, known + group.groups());
    pooled.mean.bottomRows(group.groups()) = group.mean.rowwise() + (group.origin - pooled.origin);
    std::copy(group.count.begin(), group.count.end(), pooled.count.begin() + known);
    pooled.low = pooled.low.cwiseMin(group.low);
    pooled.high = pooled.high.cwiseMax(group.high);
    pooled.squares += group.squares;
    pooled.scatter += group.scatter;
    pooled.third += group.third;
    pooled.fourth += group.fourth;
  }
  return pooled;
}

MomentStream::MomentStream(Index d, MomentOrder order, const Threads& threads)
    : d_(d), order_(order), threads_(threads), shift_(0, d) {
  if (d < 1) throw InputError("moments of rows without features");
  const Index blocks = threads.count() == 1 ? 1 : threads.count() * std::max<Index>(1, 256 / d);
  buffer_.resize(blocks * kBlock, d);
  buffer_groups_.resize(at(buffer_.rows()));
}

void MomentStream::add(const MatrixRef& rows, const Labels& groups) {
  if (rows.cols() != d_) {
    throw InputError("rows of " + std::to_string(rows.cols()) + " features after rows of " + std::to_string(d_));
  }
  if (!groups.empty() && static_cast<Index>(groups.size()) != rows.rows()) {
    throw InputError(std::to_string(groups.size()) + " labels for " + std::to_string(rows.rows()) + " rows");
  }
  open_groups(groups, rows);
  for (Index done = 0; done < rows.rows();) {
    const Index count = std::min(rows.rows() - done, buffer_.rows() - filled_);
    buffer_.middleRows(filled_, count) = rows.middleRows(done, count);
    for (Index i = 0; i < count; ++i) buffer_groups_[at(filled_ + i)] = groups.empty() ? 0 : groups[at(done + i)];
    filled_ += count;
    done += count;
    if (filled_ == buffer_.rows()) flush();
  }
}

void MomentStream::open_groups(const Labels& groups, const MatrixRef& rows) {
  for (Index i = 0; i < rows.rows(); ++i) {
    const Index group = groups.empty() ? 0 : groups[at(i)];
    if (group < shift_.rows() && group >= 0) continue;
    if (group != shift_.rows()) throw InputError("group " + std::to_string(group) + " is not the next one");
    if (group > 0 && order_ == MomentOrder::fourth) throw InputError("fourth moments are for one group only");
    shift_.conservativeResize(group + 1, Eigen::NoChange);
    shift_.row(group) = rows.row(i);
  }
}

Moments MomentStream::block(Index begin, Index end) const {
  Moments m;
  m.count.assign(at(shift_.rows()), 0);
  m.mean = Matrix::Zero(shift_.rows(), d_);
  Matrix Y = buffer_.middleRows(begin, end - begin);
  m.low = Y.colwise().minCoeff();
  m.high = Y.colwise().maxCoeff();
  for (Index i = 0; i < Y.rows(); ++i) {
    const int c = buffer_groups_[at(begin + i)];
    Y.row(i) -= shift_.row(c);
    m.mean.row(c) += Y.row(i);
    ++m.count[at(c)];
  }
  for (Index c = 0; c < m.groups(); ++c) m.mean.row(c) /= static_cast<double>(std::max<Index>(1, m.count[at(c)]));
  for (Index i = 0; i < Y.rows(); ++i) Y.row(i) -= m.mean.row(buffer_groups_[at(begin + i)]);
  m.squares = Y.colwise().squaredNorm();
  if (order_ == MomentOrder::variances) return m;
  m.scatter = SquareMatrix::Zero(d_, d_);
  m.scatter.selfadjointView<Eigen::Lower>().rankUpdate(Y.transpose());
  if (order_ == MomentOrder::scatter) return m;
  const Matrix Y2 = Y.cwiseProduct(Y);
  m.third = Y2.transpose() * Y;
  m.fourth = Y2.transpose() * Y2;
  return m;
}

void MomentStream::flush() {
  std::vector<Moments> blocks(at((filled_ + kBlock - 1) / kBlock));
  threads_.for_ranges(filled_, kBlock, [&](Index begin, Index end) { blocks[at(begin / kBlock)] = block(begin, end); });
  for (Moments& m : blocks) push(std::move(m));
  filled_ = 0;
}

void MomentStream::push(Moments carry) {
  std::size_t level = 0;
  for (; level < tree_.size() && tree_[level]; ++level) {
    merge(*tree_[level], std::move(carry));
    carry = std::move(*tree_[level]);
    tree_[level].reset();
  }
  if (level == tree_.size()) tree_.emplace_back();
  tree_[level] = std::move(carry);
}

Moments MomentStream::finish() {
  flush();
  std::optional<Moments> total;
  for (auto& part : tree_) {
    if (!part) continue;
    if (total) merge(*part, std::move(*total));
    total = std::move(*part);
    part.reset();
  }
  if (!total) throw InputError("no rows");
  total->origin = shift_.row(0);
  resize_groups(*total, shift_.rows());
  total->mean += shift_.rowwise() - shift_.row(0);
  if (total->scatter.size() > 0) mirror_lower(total->scatter);
  return std::move(*total);
}

Moments moments_of(const MatrixRef& X, MomentOrder order, const Threads& threads) {
  MomentStream stream(X.cols(), order, threads);
  stream.add(X);
  return stream.finish();
}

}  // namespace maha::linalg
