#include "learn/pca/pca.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"
#include "prepare/few_rows.hpp"

namespace maha::learn::pca {
namespace {

linalg::Moments moments_of(const NextRows& next, const Threads& threads) {
  std::optional<linalg::MomentStream> stream;
  Labels y;
  for (Matrix X; next(X, y);) {
    if (X.rows() == 0) continue;
    if (!stream) {
      const auto d = static_cast<double>(X.cols());
      require_memory(8 * square_matrix_bytes(d), "principal components of " + std::to_string(X.cols()) + " features");
      stream.emplace(X.cols(), linalg::MomentOrder::scatter, threads);
    }
    stream->add(X);
  }
  if (!stream) throw InputError("no rows");
  return stream->finish();
}

void refuse_overflow(bool finite) {
  if (!finite) throw InputError("the values are too large: their squares overflow");
}

/// Directions vanish beside wider ones; all of them must not.
void refuse_underflow(const linalg::Moments& moments) {
  const double widest = (moments.high - moments.low).maxCoeff();
  if (widest > 0 && widest < linalg::kLeastSpread)
    throw InputError("the values differ by too little: their squares underflow");
}

/// The covariance S of the preprocessed rows, divisor n.
SquareMatrix covariance_of(const linalg::Moments& moments, const prepare::Preprocessing& prepared) {
  const SquareMatrix S = moments.total_scatter() / static_cast<double>(moments.rows());
  refuse_overflow(S.allFinite());
  if (!prepared.options().any()) return S;
  const Matrix A = prepared.linear_map();
  return A * S * A.transpose();
}

/// L: the leading axes, at most as many as are asked for and as the rows vary in.
Matrix components(const linalg::PrincipalAxes& all, const PcaOptions& options) {
  const Index rank = options.rank > 0 ? std::min(options.rank, all.varying) : all.varying;
  if (!options.whiten) return all.axes.topRows(rank);
  return all.variances.head(rank).cwiseSqrt().cwiseInverse().asDiagonal() * all.axes.topRows(rank);
}

/// The metric over the raw features, with the share that it keeps of the variance, and the centre.
Fit fit_of(const prepare::Preprocessing& prepared, const Matrix& L, const linalg::PrincipalAxes& all, double variance,
           double residual, const linalg::Moments& moments) {
  Fit fit;
  fit.metric = prepared.fold(metric::Metric::from_factor(L));
  fit.center = moments.origin + moments.total_mean();
  fit.rows = moments.rows();
  fit.extras.set("rank", L.rows())
      .set("kept", variance > 0 ? std::min(1.0, all.variances.head(L.rows()).sum() / variance) : 1.0)
      .set("residual", residual);
  return fit;
}

/// The fit to fewer rows than features, from their inner products: S = H'H is not formed.
Fit fit_few_rows(const Matrix& X, const prepare::PreprocessingOptions& preprocessing, const PcaOptions& options,
                 const Run& run) {
  const linalg::Moments moments = linalg::moments_of(X, linalg::MomentOrder::variances, run.threads);
  refuse_overflow(moments.squares.allFinite());
  refuse_underflow(moments);
  const prepare::Preprocessing prepared = prepare::fit_preprocessing(X, preprocessing, run.threads);
  require_rank(options.rank, prepared.reduced_dims());
  const Matrix H = linalg::scatter_rows(prepared.apply(X, run.threads)) / std::sqrt(static_cast<double>(X.rows()));
  const linalg::PrincipalAxes all =
      linalg::principal_axes_of_rows(H, options.rank > 0 ? options.rank : H.rows(), run.threads);
  const Matrix VS = (all.axes * H.transpose()) * H;
  return fit_of(prepared, components(all, options), all, H.squaredNorm(), linalg::axes_residual(VS, all), moments);
}

/// The fit to rows that were seen in one pass.
Fit fit_moments(const linalg::Moments& moments, const prepare::PreprocessingOptions& preprocessing,
                const PcaOptions& options) {
  // 1. The covariance S of the preprocessed rows.
  refuse_underflow(moments);
  const prepare::Preprocessing prepared(moments, preprocessing);
  const SquareMatrix S = covariance_of(moments, prepared);
  require_rank(options.rank, S.rows());

  // 2. The eigenvectors of S, largest variance first, and L = V' or Lambda^-1/2 V' of the leading ones.
  const linalg::PrincipalAxes all = linalg::principal_axes(S, options.rank > 0 ? options.rank : S.rows());
  const Matrix L = components(all, options);

  // 3. The metric over the raw features, with the share of the variance that it keeps.
  const double variance = all.variances.size() == S.rows() ? all.variances.cwiseMax(0).sum() : S.trace();
  return fit_of(prepared, L, all, variance, linalg::axes_residual(all.axes * S, all), moments);
}

}  // namespace

void declare(OptionList& all, PcaOptions& options) {
  declare_rank(all, options.rank, "keep at most so many components (default: all that the rows vary in)");
  all.flag("--whiten", options.whiten, "divide each component by its standard deviation (divisor n)");
}

void describe(Hooks& hooks, PcaOptions&) {
  hooks.examples = {"maha-pca --rank 2 --standardize datasets/wine.csv -o plane.json",
                    "maha-pca --whiten datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3"};
}

Fit fit_pca(const NextRows& next, const prepare::PreprocessingOptions& preprocessing, const PcaOptions& options,
            const Run& run) {
  check_ranges(options);
  NextRows rows = next;
  if (const std::optional<prepare::Rows> few = prepare::few_rows(rows))
    return fit_few_rows(few->X, preprocessing, options, run);
  return fit_moments(moments_of(rows, run.threads), preprocessing, options);
}

Fit fit_scatters(const Scatters& scatters, const prepare::PreprocessingOptions& preprocessing,
                 const PcaOptions& options, const Run&) {
  check_ranges(options);
  return fit_moments(scatters.total, preprocessing, options);
}

}  // namespace maha::learn::pca
