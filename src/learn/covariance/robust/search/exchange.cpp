#include "learn/covariance/robust/search/exchange.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace maha::learn::covariance {
namespace {

constexpr double kLess = 1e-10;  // what an exchange has to lower a determinant by, relative: more than rounding

constexpr double kMeans = 6;  // of the parts of a ratio that move with the mean, in units of D / h, more than all

/// Rows near the border of a subset, whitened: with |y|^2 = h D.
struct Border {
  Subset inside, outside;
  Matrix leaving, coming;
};

/// Those of which an exchange may lower the determinant.
Border border_of(const Matrix& U, const Concentrated& now, const Vector& distances) {
  const auto h = static_cast<double>(now.rows.size());
  std::vector<bool> in(static_cast<std::size_t>(U.rows()), false);
  double most_in = 0, least_out = HUGE_VAL;
  for (const Index i : now.rows) in[static_cast<std::size_t>(i)] = true;
  for (Index i = 0; i < U.rows(); ++i) {
    if (in[static_cast<std::size_t>(i)]) most_in = std::max(most_in, distances(i));
    if (!in[static_cast<std::size_t>(i)]) least_out = std::min(least_out, distances(i));
  }
  const double slack = kMeans / h, shorter = 1 - most_in / h - slack;
  const double least_leaving = least_out * shorter / (1 + slack);
  const double most_coming = shorter > 0 ? most_in * (1 + slack) / shorter : HUGE_VAL;
  Border border;
  for (Index i = 0; i < U.rows(); ++i) {
    const bool inside = in[static_cast<std::size_t>(i)];
    if (inside && distances(i) >= least_leaving) border.inside.push_back(i);
    if (!inside && distances(i) <= most_coming) border.outside.push_back(i);
  }
  const auto whitened = [&](const Subset& rows) -> Matrix {
    return (U(rows, Eigen::all).rowwise() - now.shape.mean) * now.shape.whitening.transpose();
  };
  border.leaving = whitened(border.inside);
  border.coming = whitened(border.outside);
  return border;
}

/// The pair of places in a border whose exchange lowers the determinant most, if one does.
std::optional<std::pair<std::size_t, std::size_t>> best_pair(const Border& border, double h) {
  const double c = h / (h - 1), less = 1 / (h - 1);
  const Matrix products = border.leaving * border.coming.transpose() / h;  // u' A^-1 w
  const Vector Du = border.leaving.rowwise().squaredNorm() / h, Dw = border.coming.rowwise().squaredNorm() / h;
  std::optional<std::pair<std::size_t, std::size_t>> best;
  double least = 1 - kLess;
  for (Index i = 0; i < products.rows(); ++i) {
    for (Index j = 0; j < products.cols(); ++j) {
      const double uw = products(i, j), Dt = Dw(j) + 2 * less * uw + less * less * Du(i), ut = uw + less * Du(i);
      const double ratio = (1 - c * Du(i)) * (1 + Dt / c) + ut * ut;
      if (ratio >= least) continue;
      least = ratio;
      best.emplace(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
    }
  }
  return best;
}

}  // namespace

Concentrated exchange(const Matrix& U, Concentrated now, const Threads& threads) {
  const auto h = static_cast<double>(now.rows.size());
  while (std::isfinite(now.shape.log_determinant)) {
    const Border border = border_of(U, now, distances_from(U, now.shape, threads));
    const auto pair = best_pair(border, h);
    if (!pair) return now;
    Subset rows = now.rows;
    *std::lower_bound(rows.begin(), rows.end(), border.inside[pair->first]) = border.outside[pair->second];
    std::sort(rows.begin(), rows.end());
    Concentrated next = concentrate(U, std::move(rows), threads);
    if (!(next.shape.log_determinant < now.shape.log_determinant)) return now;
    now = std::move(next);
  }
  return now;
}

}  // namespace maha::learn::covariance
