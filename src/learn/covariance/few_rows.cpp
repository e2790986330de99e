#include "learn/covariance/few_rows.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "learn/covariance/checks.hpp"
#include "learn/covariance/shrinkage.hpp"
#include "learn/powers.hpp"
#include "learn/small_model.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "prepare/singular_features.hpp"

namespace maha::learn::covariance {
namespace {

constexpr double kWellPosed = 1e-8;  // b beside |H H'|: below it, 1 / b is no measure of the digits of M

/// Rows about the mean of their group.
Matrix centered(const Matrix& X, const Labels& groups, const linalg::Moments& moments) {
  Matrix Y = X.rowwise() - moments.origin;
  for (Index i = 0; i < Y.rows(); ++i)
    Y.row(i) -= moments.mean.row(groups.empty() ? 0 : groups[static_cast<std::size_t>(i)]);
  return Y;
}

/// The shrinkage weight rho of S = H'H / n.
double shrinkage_weight(const CovarianceOptions& options, const Matrix& H, const Matrix& Y, const Threads& threads) {
  const Index n = Y.rows(), d = Y.cols();
  if (options.shrinkage == Shrinkage::none) return 0;
  if (options.shrinkage == Shrinkage::fixed) return options.weight;
  const SquareMatrix K = linalg::gram(H, threads) / static_cast<double>(n);
  if (options.shrinkage == Shrinkage::oas) return oas_weight(K, n, d);
  return ledoit_wolf_weight(K, Y.rowwise().squaredNorm().squaredNorm(), n, d);
}

/// (H'H + b I)^-1 for b > 0, or a generalised inverse where b is nothing beside H'H.
linalg::PsdInverse invert_shifted(const Matrix& H, double b, const Threads& threads) {
  const Index d = H.cols();
  SquareMatrix K = linalg::gram(H, threads);
  const bool well_posed = b > kWellPosed * K.norm();
  K.diagonal().array() += b;
  const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(K);
  SquareMatrix M = SquareMatrix::Zero(d, d);
  if (!factor || !well_posed) {
    M.selfadjointView<Eigen::Lower>().rankUpdate(H.transpose());
    M.diagonal().array() += b;
    return linalg::invert_psd(M);
  }
  const SquareMatrix T = linalg::solve_lower(factor->L, H);
  M.diagonal().array() = 1 / b;
  M.selfadjointView<Eigen::Lower>().rankUpdate(T.transpose(), -1 / b);
  linalg::mirror_lower(M);
  return {std::move(M), d, Vector::Zero(d)};
}

/// Sets what a fit says of the rank of S, whose diagonal the variances are.
void set_rank(Fit& fit, Index rank, const Vector& lost, const Vector& variances, const CovarianceOptions& options) {
  if (!options.pseudo_inverse) fit.singularity = prepare::singularity_of(rank, lost, variances);
  if (fit.singularity) fit.singularity->consequence = "M is its pseudo-inverse";
  fit.extras.set("rank", rank);
}

}  // namespace

void require_small_model(const CovarianceOptions& options, Index d) {
  if (options.shrinkage == Shrinkage::none && options.ridge == 0) return;
  learn::require_small_model(d, d, "with shrinkage or a ridge M",
                             ", for fewer rows than features; --pca R makes it small, and so does the pseudo-inverse, "
                             "without --shrinkage and --ridge");
}

RowVector power_sums(const Matrix& X, const Labels& groups, const linalg::Moments& moments,
                     const CovarianceOptions& options) {
  if (options.shrinkage != Shrinkage::ledoit_wolf) return moments.squares;
  return centered(X, groups, moments).array().square().square().colwise().sum();
}

Fit fit_few_rows(const MatrixRef& X, const Labels& y, const CovarianceOptions& options, const Run& run) {
  require_small_model(options, X.cols());
  // 1. The scatter H'H of the rows, about the means of their classes.
  const Labels groups = options.within ? ClassNumbers().of(y, X.rows()) : Labels();
  linalg::MomentStream stream(X.cols(), linalg::MomentOrder::variances, run.threads);
  stream.add(X, groups);
  const linalg::Moments moments = stream.finish();
  require_powers(moments, power_sums(X, groups, moments, options), powers_of(options));
  Matrix H = linalg::scatter_rows(X, groups);

  // 2. Shrinkage and ridge: (1 - rho) S + b I with b = (rho + ridge) tr(S)/d.
  const double by = divisor(options, moments.rows(), moments.groups());
  const double rho = shrinkage_weight(options, H, centered(X, groups, moments), run.threads);
  const Vector variances = H.colwise().squaredNorm().transpose() / by;
  const double b = (rho + options.ridge) * variances.sum() / static_cast<double>(X.cols());
  H *= std::sqrt((1 - rho) / by);

  // 3. M, or L of the pseudo-inverse.
  Fit fit;
  if (b > 0) {
    const linalg::PsdInverse inverse = invert_shifted(H, b, run.threads);
    fit.metric = metric::Metric::from_matrix(inverse.inverse);
    set_rank(fit, inverse.rank, inverse.lost, variances, options);
  } else {
    linalg::FactoredInverse inverse = linalg::invert_scatter(H, run.threads);
    set_rank(fit, inverse.rank, inverse.lost, variances, options);
    fit.metric = metric::Metric::from_factor(std::move(inverse.L));
  }
  fit.center = moments.origin + moments.total_mean();
  fit.rows = moments.rows();
  if (options.shrinkage != Shrinkage::none) fit.extras.set("shrinkage", rho);
  return fit;
}

}  // namespace maha::learn::covariance
