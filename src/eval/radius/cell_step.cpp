#include "eval/radius/cell_step.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::eval {
namespace {

// Of the largest |n|^2, where normals depend on each other: weights become huge, and one of them falls to 0 on the way.
constexpr double kRidge = 1e-13;

}  // namespace

bool CellStep::holds(Index row) const {
  return std::any_of(active_.begin(), active_.end(), [&](const Active& a) { return a.row == row; });
}

bool CellStep::enter(Index row, const RowVector& normal, double limit) {
  if (holds(row)) return false;
  active_.push_back({row, normal, limit, 0});
  improve();
  return !active_.empty() && active_.back().row == row;
}

/// Towards the optimum over the kept rows, as far as all weights stay positive; what falls to 0 is let go.
void CellStep::improve() {
  while (!active_.empty()) {
    const auto count = static_cast<Index>(active_.size());
    Matrix N(count, step_.size());
    Vector h(count), now(count);
    for (Index i = 0; i < count; ++i) {
      const Active& a = active_[static_cast<std::size_t>(i)];
      N.row(i) = a.normal;
      h[i] = a.limit;
      now[i] = a.weight;
    }
    SquareMatrix G = N * N.transpose();
    std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(G);
    if (!factor || factor->rcond < kRidge) {
      G.diagonal().array() += kRidge * G.diagonal().maxCoeff();
      factor = linalg::cholesky(G);
    }
    const Vector best = factor ? Vector(linalg::solve(*factor, -h)) : Vector(Vector::Zero(count));
    double share = 1;  // of the way there, until the first weight is 0
    Index first = -1;
    for (Index i = 0; i < count; ++i) {
      if (best[i] > 0) continue;
      const double reached = now[i] / (now[i] - best[i]);
      if (first < 0 || !(reached >= share)) share = reached, first = i;
    }
    for (Index i = 0; i < count; ++i) {
      const double next = first < 0 ? best[i] : now[i] + share * (best[i] - now[i]);
      active_[static_cast<std::size_t>(i)].weight = i == first ? 0 : next;
    }
    std::erase_if(active_, [](const Active& a) { return !(a.weight > 0); });
    if (first < 0) break;
  }
  move();
}

void CellStep::move() {
  step_.setZero();
  for (const Active& a : active_) step_ -= a.weight * a.normal;
}

double CellStep::length() const {
  const double norm = step_.norm();
  double value = -norm * norm / 2, sizes = 0, pull = 0;
  for (const Active& a : active_) {
    value -= a.weight * a.limit;
    sizes += a.weight * std::abs(a.limit);
    pull += a.weight * a.normal.norm();
  }
  value -= linalg::product_rounding(step_.size() + static_cast<Index>(active_.size())) * (sizes + 2 * norm * pull);
  return value > 0 ? std::sqrt(2 * value) * (1 - 4 * linalg::kUnitRoundoff) : 0;
}

}  // namespace maha::eval
