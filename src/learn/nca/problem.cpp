#include "learn/nca/problem.hpp"

#include <algorithm>
#include <numeric>

namespace maha::learn::nca {
namespace {

/// d_i j of a row becomes w_ij; `own`: the row's class.
double expected_accuracy_loss(linalg::RowPart d, Index first, Index size) {
  linalg::softmax_of_negative(d);
  const double p = d.segment(first, size).sum();
  // -dp_i/dd_ij = p_ij (1 - p_i) within the class, -p_ij p_i beyond.
  const RowVector own = d.segment(first, size);
  d *= -p;
  d.segment(first, size) += own;
  return -p;
}

double log_likelihood_loss(linalg::RowPart d, Index first, Index size) {
  // -dlog p_i/dd_ij = q_ij - p_ij, q_ij the softmax over the class alone. Its own logarithm of the sum keeps log p_i
  // finite where p_i underflows.
  RowVector own = d.segment(first, size);
  const double log_own = linalg::softmax_of_negative(own), log_all = linalg::softmax_of_negative(d);
  d = -d;
  d.segment(first, size) += own;
  return log_all - log_own;
}

}  // namespace

SortedRows sorted_by_class(const Matrix& X, const Labels& y, const std::vector<Index>& chosen) {
  const auto of = [&](Index i) { return y[static_cast<std::size_t>(i)]; };
  std::vector<Index> order = chosen;
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return of(a) < of(b); });
  SortedRows sorted{X(order, Eigen::all), {}, {}};
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end = std::find_if(begin, order.end(), [&](Index i) { return of(i) != of(*begin); });
    const auto size = static_cast<std::size_t>(end - begin);
    sorted.first.insert(sorted.first.end(), size, begin - order.begin());
    sorted.last.insert(sorted.last.end(), size, end - order.begin());
    begin = end;
  }
  return sorted;
}

SortedRows sorted_by_class(const Matrix& X, const Labels& y) {
  std::vector<Index> all(y.size());
  std::iota(all.begin(), all.end(), Index{0});
  return sorted_by_class(X, y, all);
}

linalg::RowLoss loss_of(const SortedRows& rows, Objective objective) {
  return [&rows, objective](Index i, linalg::RowPart d) {
    const Index first = rows.first[static_cast<std::size_t>(i)];
    const Index size = rows.last[static_cast<std::size_t>(i)] - first;
    if (size == 1) {
      d.setZero();
      return 0.0;
    }
    return objective == Objective::accuracy ? expected_accuracy_loss(d, first, size)
                                            : log_likelihood_loss(d, first, size);
  };
}

}  // namespace maha::learn::nca
