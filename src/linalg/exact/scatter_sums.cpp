#include "linalg/exact/scatter_sums.hpp"

#include <limits>
#include <stdexcept>

#include "linalg/rounding.hpp"
#include "linalg/symmetric.hpp"

namespace maha::linalg {
namespace {

std::size_t place(Index a, Index b) { return static_cast<std::size_t>(a * (a + 1) / 2 + b); }
std::size_t place(Index a) { return static_cast<std::size_t>(a); }

std::size_t triangle(Index d) { return place(d, 0); }

void require_alike(const ScatterSums& a, const ScatterSums& b) {
  if (a.dims() != b.dims() || of_differences(a) != of_differences(b)) throw std::logic_error("sums of unlike rows");
}

void add(std::vector<Dyadic>& to, const std::vector<Dyadic>& terms) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += terms[i];
}

void subtract(std::vector<Dyadic>& from, const std::vector<Dyadic>& terms) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] -= terms[i];
}

/// n times the scatter about the mean: n sum x_a x_b - sum x_a sum x_b.
Dyadic scatter_times_rows(const ScatterSums& sums, Index a, Index b) {
  Dyadic times = Dyadic(std::int64_t{sums.rows}) * sums.products[place(a, b)];
  times -= sums.sum[place(a)] * sums.sum[place(b)];
  return times;
}

/// sum - rows x origin, of which the quotient by `rows` is the mean about the origin.
double mean_about(const Dyadic& sum, Index rows, double origin) {
  Dyadic about = sum;
  about -= Dyadic(std::int64_t{rows}) * Dyadic(origin);
  return about.over(rows);
}

}  // namespace

ScatterSums& ScatterSums::operator+=(const ScatterSums& part) {
  require_alike(*this, part);
  rows += part.rows;
  add(sum, part.sum);
  add(products, part.products);
  add(rounded, part.rounded);
  return *this;
}

void ScatterSums::take_away(const ScatterSums& part, bool were_added) {
  require_alike(*this, part);
  rows -= part.rows;
  subtract(sum, part.sum);
  subtract(products, part.products);
  (were_added ? subtract : add)(rounded, part.rounded);
}

double ScatterSums::scatter(Index a, Index b) const {
  if (rows == 0) return 0;
  return of_differences(*this) ? products[place(a, b)].over(1) : scatter_times_rows(*this, a, b).over(rows);
}

SquareMatrix ScatterSums::scatter() const {
  SquareMatrix S(dims(), dims());
  for (Index a = 0; a < dims(); ++a) {
    for (Index b = 0; b <= a; ++b) S(a, b) = scatter(a, b);
  }
  mirror_lower(S);
  return S;
}

Vector ScatterSums::rounding() const {
  Vector error(dims());
  for (Index a = 0; a < dims(); ++a) error[a] = kRoundingsOfSquares * kUnitRoundoff * rounded[place(a)].over(1);
  return error;
}

ScatterSums sum_of(const std::vector<const ScatterSums*>& parts) {
  ScatterSums all = *parts.front();
  for (std::size_t k = 1; k < parts.size(); ++k) all += *parts[k];
  return all;
}

ScatterSums no_rows(Index dims) {
  return {0, std::vector<Dyadic>(place(dims)), std::vector<Dyadic>(triangle(dims)), std::vector<Dyadic>(place(dims))};
}

void ColumnSums::add(const MatrixRef& X) {
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < X.cols(); ++j) {
      const double x = X(i, j), sum = high_[j] + x, of_x = sum - high_[j];
      low_[j] += (high_[j] - (sum - of_x)) + (x - of_x);
      high_[j] = sum;
    }
  }
}

std::vector<Dyadic> ColumnSums::sums() const {
  std::vector<Dyadic> sums;
  for (Index j = 0; j < high_.size(); ++j) {
    sums.emplace_back(high_[j]);
    sums.back() += Dyadic(low_[j]);
  }
  return sums;
}

ScatterSums sums_of(const Moments& moments, const ColumnSums& columns) {
  const std::int64_t n = moments.rows();
  ScatterSums sums{moments.rows(), columns.sums(), {}, {}};
  std::vector<Dyadic> mean, rest;  // c, the mean as a double, and sum x - n c
  RowVector off(moments.dims());   // of the mean from c
  for (Index a = 0; a < moments.dims(); ++a) {
    mean.emplace_back(sums.sum[place(a)].over(n));
    rest.push_back(sums.sum[place(a)]);
    rest.back() -= Dyadic(n) * mean.back();
    off[a] = rest.back().over(n);
  }
  for (Index a = 0; a < moments.dims(); ++a) {
    for (Index b = 0; b <= a; ++b) {  // sum x x' = sum (x - c)(x - c)' + c sum x' + (sum x - n c) c'
      Dyadic product(moments.scatter(a, b) + static_cast<double>(n) * off[a] * off[b]);
      product += mean[place(a)] * sums.sum[place(b)];
      product += rest[place(a)] * mean[place(b)];
      sums.products.push_back(std::move(product));
    }
    sums.rounded.emplace_back(moments.scatter(a, a));
  }
  return sums;
}

ScatterSums sums_of_differences(Index count, const SquareMatrix& scatter) {
  ScatterSums sums{count, {}, {}, {}};
  for (Index a = 0; a < scatter.rows(); ++a) {
    for (Index b = 0; b <= a; ++b) sums.products.emplace_back(scatter(a, b));
    sums.rounded.emplace_back(scatter(a, a));
  }
  return sums;
}

Moments moments_of(const std::vector<const ScatterSums*>& groups) {
  const Index d = groups.front()->dims();
  Moments moments;
  std::vector<Dyadic> total(place(d));
  for (const ScatterSums* group : groups) {
    moments.count.push_back(group->rows);
    add(total, group->sum);
  }
  moments.origin.resize(d);
  for (Index a = 0; a < d; ++a) moments.origin[a] = total[place(a)].over(moments.rows());
  moments.mean.resize(moments.groups(), d);
  moments.scatter = SquareMatrix::Zero(d, d);
  for (Index c = 0; c < moments.groups(); ++c) {
    const ScatterSums& group = *groups[place(c)];
    for (Index a = 0; a < d; ++a) moments.mean(c, a) = mean_about(group.sum[place(a)], group.rows, moments.origin[a]);
    moments.scatter += group.scatter();
  }
  set_squares(moments);
  return moments;
}

void set_squares(Moments& moments) {
  moments.squares = moments.scatter.diagonal().transpose();
  const RowVector deviation = (moments.total_squares() / static_cast<double>(moments.rows())).cwiseMax(0).cwiseSqrt();
  const RowVector step = moments.origin.cwiseAbs() * std::numeric_limits<double>::epsilon();  // to another double
  const RowVector away = (deviation.array() > 0).select(deviation.cwiseMax(step), 0);
  moments.low = moments.origin - away;
  moments.high = moments.origin + away;
}

}  // namespace maha::linalg
