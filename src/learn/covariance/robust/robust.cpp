#include "learn/covariance/robust/robust.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "learn/covariance/checks.hpp"
#include "learn/covariance/robust/coordinates.hpp"
#include "learn/covariance/robust/exact_fit.hpp"
#include "learn/covariance/robust/factors.hpp"
#include "learn/covariance/robust/search/search.hpp"
#include "learn/powers.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/few_rows.hpp"
#include "prepare/preprocessing.hpp"
#include "prepare/singular_features.hpp"

namespace maha::learn::covariance {
namespace {

constexpr double kFar = 0.9999;   // beyond that, a row is an outlier that no Gaussian rows are missing for
constexpr double kInner = 0.975;  // of Gaussian rows, what the reweighting keeps
constexpr Index kStarts = 100;    // random ones by default
constexpr double kCopies = 4;     // of the rows, held at a time

/// The rows in the order of their values: by the first feature, of equal ones by the second, and so on.
Matrix in_order(const Matrix& X) {
  std::vector<Index> order(static_cast<std::size_t>(X.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index i, Index j) {
    return std::lexicographical_compare(X.row(i).begin(), X.row(i).end(), X.row(j).begin(), X.row(j).end());
  });
  return X(order, Eigen::all);
}

Matrix rows_of(const NextRows& next) {
  const Matrix X = prepare::all_rows(next).X;
  if (X.rows() == 0) throw InputError("no rows");
  require_memory(kCopies * static_cast<double>(X.size()) * static_cast<double>(sizeof(double)),
                 "the robust covariance of " + std::to_string(X.rows()) + " rows");
  return in_order(X);
}

void require_rows(Index n, Index d, bool reduced) {
  if (n > d) return;
  throw InputError("--robust takes more rows than features, best five times as many; these are " + std::to_string(n) +
                   " rows of " + std::to_string(d) + (reduced ? " components" : " features") +
                   ": --pca R makes the features fewer, or --shrinkage in place of --robust does with fewer rows");
}

Index support_rows(const CovarianceOptions& options, Index n, Index d) {
  const Index least = least_support(n, d);
  if (!options.support) return least;
  const double wanted = *options.support * static_cast<double>(n);
  return std::clamp(static_cast<Index>(std::ceil(wanted - 1e-9)), least,
                    n);  // .7 of 10 are 7, whatever .7 is in binary
}

/// The rows that count in the end, and what their covariance is multiplied with.
struct Weighted {
  Subset rows;
  double factor = 1;
};

/// The rows within the quantile under the covariance of the support times its factors. The share of Gaussian rows that
/// these are, for the consistency factor, is theirs of the rows that are not far out: with few rows it is below .975,
/// which the small-sample factor reckons with.
Weighted weighted(const Matrix& U, const Concentrated& support, const Threads& threads) {
  const Index n = U.rows(), d = U.cols(), h = std::ssize(support.rows);
  if (d == 0) return {nearest(Vector::Zero(n), n), 1};  // all rows are equal
  const SmallSampleFactors small = small_sample_factors(n, d, h);
  const double unbiased = static_cast<double>(h) / static_cast<double>(h - 1);
  const double raw = small.raw * unbiased * consistency_factor(static_cast<double>(h) / static_cast<double>(n), d);
  const Vector distances = distances_from(U, support.shape, threads) / raw;
  const double most = chi_squared_quantile(kInner, d);
  Weighted found;
  for (Index i = 0; i < n; ++i) {
    if (distances(i) <= most) found.rows.push_back(i);
  }
  if (!ellipsoid_of(U, found.rows, threads)) return {support.rows, raw};
  const auto count = static_cast<double>(found.rows.size());
  const auto near = static_cast<double>((distances.array() <= chi_squared_quantile(kFar, d)).count());
  found.factor = small.reweighted * consistency_factor(std::min(count / near, kInner), d) * count / (count - 1);
  return found;
}

/// M from the rows that count, Z after preprocessing and X before.
Fit fit_of(const Weighted& weighted, const Matrix& Z, const Matrix& X, const prepare::Preprocessing& preprocessing,
           const CovarianceOptions& options, const Run& run) {
  const linalg::Moments moments =
      linalg::moments_of(Z(weighted.rows, Eigen::all), linalg::MomentOrder::scatter, run.threads);
  const linalg::Moments raw =
      linalg::moments_of(X(weighted.rows, Eigen::all), linalg::MomentOrder::variances, run.threads);
  const double scale = weighted.factor / static_cast<double>(weighted.rows.size());
  const SquareMatrix S = moments.scatter * scale;
  const linalg::PsdInverse inverse = linalg::invert_psd(S);
  Fit fit;
  fit.metric = preprocessing.fold(metric::Metric::from_matrix(inverse.inverse));
  fit.center = raw.origin + raw.total_mean();
  if (!options.pseudo_inverse) fit.singularity = prepare::singularity_of(inverse, S.diagonal());
  if (fit.singularity) fit.singularity->consequence = "M is its pseudo-inverse";
  fit.rows = X.rows();
  fit.extras.set("rank", inverse.rank);
  if (inverse.rank < X.cols() && preprocessing.options().pca == 0) {
    const RowVector deviations = (raw.squares * scale).cwiseSqrt();
    fit.extras.set("deviations", std::vector<double>(deviations.begin(), deviations.end()));
  }
  return fit;
}

/// The rows of the least determinant, and the coordinates in which they were found.
struct Found {
  Coordinates coordinates;
  Concentrated support;
};

/// Throws ExactFit, over the features of Z.
Found find_support(const Matrix& Z, Index h, Index starts, const Threads& threads) {
  Coordinates coordinates = coordinates_of(Z, h, threads);
  const Matrix& U = coordinates.U;
  if (U.cols() == 0) return {std::move(coordinates), {nearest(Vector::Zero(Z.rows()), h), {}}};
  try {
    Concentrated support = least_determinant(U, h, starts, threads);
    return {std::move(coordinates), std::move(support)};
  } catch (ExactFit& fit) {
    fit.plane.a = coordinates.B * fit.plane.a;
    throw;
  }
}

}  // namespace

Fit fit_robust(const NextRows& next, const prepare::PreprocessingOptions& wanted, const CovarianceOptions& options,
               const Run& run) {
  // 1. The rows after preprocessing.
  const Matrix X = rows_of(next);
  const linalg::Moments moments = linalg::moments_of(X, linalg::MomentOrder::variances, run.threads);
  require_powers(moments, moments.squares, Powers::squares);
  require_rows(X.rows(), wanted.pca > 0 ? std::min(wanted.pca, X.cols()) : X.cols(), wanted.pca > 0);
  const prepare::Preprocessing preprocessing = prepare::fit_preprocessing(X, wanted, run.threads);
  const Matrix Z = preprocessing.apply(X, run.threads);

  // 2. The h rows of the least determinant, and the rows that lie near enough to them.
  const Index h = support_rows(options, Z.rows(), Z.cols());
  const Found found = [&] {
    try {
      return find_support(Z, h, options.starts.value_or(kStarts), run.threads);
    } catch (const ExactFit& fit) {
      throw exact_fit_error(fit.plane, preprocessing.linear_map(), X, h);
    }
  }();
  const Weighted inner = weighted(found.coordinates.U, found.support, run.threads);

  // 3. M from these.
  Fit fit = fit_of(inner, Z, X, preprocessing, options, run);
  fit.extras.set("support_rows", h);
  if (found.coordinates.U.cols() == Z.cols()) {
    fit.extras.set("log_determinant", found.support.shape.log_determinant + 2 * found.coordinates.log_scale);
  }
  fit.extras.set("outliers", X.rows() - std::ssize(inner.rows));
  return fit;
}

}  // namespace maha::learn::covariance
