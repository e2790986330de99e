#include "learn/covariance/covariance.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/rows_by_class.hpp"
#include "learn/covariance/checks.hpp"
#include "learn/covariance/few_rows.hpp"
#include "learn/covariance/robust/robust.hpp"
#include "learn/covariance/shrinkage.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "prepare/few_rows.hpp"
#include "prepare/preprocessing.hpp"
#include "prepare/singular_features.hpp"

namespace maha::learn::covariance {
namespace {

// ---- The moments of the rows, in one pass ---------------------------------------------------------------------------

/// One stream for all rows, or one for each class if fourth moments within classes are needed.
class Gathering {
 public:
  Gathering(const CovarianceOptions& options, const Threads& threads)
      : within_(options.within), fourth_(options.shrinkage == Shrinkage::ledoit_wolf), threads_(threads) {}

  void add(const MatrixRef& X, const Labels& y) {
    if (X.rows() == 0) return;
    if (within_ && fourth_) {
      add_by_class(X, numbers_.of(y, X.rows()));
    } else {
      stream(0, X.cols()).add(X, within_ ? numbers_.of(y, X.rows()) : Labels());
    }
  }

  linalg::Moments finish() {
    std::vector<linalg::Moments> parts;
    for (linalg::MomentStream& stream : streams_) parts.push_back(stream.finish());
    return linalg::pool_groups(parts);
  }

 private:
  linalg::MomentStream& stream(std::size_t c, Index d) {
    if (c > streams_.size()) throw InputError("group " + std::to_string(c) + " is not the next one");
    if (c == streams_.size()) {
      const double held = (fourth_ ? 4.0 : 1.0) * static_cast<double>(c + 1), beside = 6;  // d x d matrices
      require_memory((held + beside) * square_matrix_bytes(static_cast<double>(d)),
                     "the covariance of " + std::to_string(d) + " features");
      const bool many = within_ && fourth_;
      streams_.emplace_back(d, fourth_ ? linalg::MomentOrder::fourth : linalg::MomentOrder::scatter,
                            many ? Threads() : threads_);
    }
    return streams_[c];
  }

  void add_by_class(const MatrixRef& X, const Labels& y) {
    const std::vector<std::vector<Index>> classes = rows_by_class(y);
    for (std::size_t c = 0; c < classes.size(); ++c) stream(c, X.cols()).add(X(classes[c], Eigen::all));
  }

  bool within_, fourth_;
  Threads threads_;
  std::vector<linalg::MomentStream> streams_;
  ClassNumbers numbers_;
};

// ---- The estimate ---------------------------------------------------------------------------------------------------

/// The covariance S of the preprocessed rows, divisor n.
SquareMatrix preprocessed_covariance(const linalg::Moments& moments, const prepare::Preprocessing& preprocessing) {
  SquareMatrix S = moments.scatter / static_cast<double>(moments.rows());
  if (preprocessing.options().any()) {
    const Matrix A = preprocessing.linear_map();
    S = A * S * A.transpose();
    linalg::mirror_lower(S);
  }
  return S;
}

/// The shrinkage weight rho, from S with divisor n.
double shrinkage_weight(const CovarianceOptions& options, const SquareMatrix& S, const linalg::Moments& moments,
                        const prepare::Preprocessing& preprocessing) {
  switch (options.shrinkage) {
    case Shrinkage::none:
      return 0;
    case Shrinkage::fixed:
      return options.weight;
    case Shrinkage::oas:
      return oas_weight(S, moments.rows());
    case Shrinkage::ledoit_wolf:
      break;
  }
  // sum |z|^4 = sum_ab sum y_a^2 y_b^2 / (s_a^2 s_b^2)
  const Vector w = preprocessing.scale().cwiseAbs2().cwiseInverse().transpose();
  return ledoit_wolf_weight(S, w.dot(moments.fourth * w), moments.rows());
}

Fit estimate(const linalg::Moments& moments, const prepare::PreprocessingOptions& wanted,
             const CovarianceOptions& options) {
  // 1. The covariance S of the preprocessed rows.
  const bool fourth = powers_of(options) == Powers::fourth;
  require_powers(moments, fourth ? RowVector(moments.fourth.diagonal().transpose()) : moments.squares,
                 powers_of(options));
  const prepare::Preprocessing preprocessing(moments, wanted);
  SquareMatrix S = preprocessed_covariance(moments, preprocessing);

  // 2. Shrinkage and ridge: (1 - rho) S + (rho + ridge) tr(S)/q I.
  const Index q = S.rows();
  const double rho = shrinkage_weight(options, S, moments, preprocessing);
  S *= static_cast<double>(moments.rows()) / divisor(options, moments.rows(), moments.groups());
  const Vector variances = S.diagonal();
  const double mean_variance = variances.sum() / static_cast<double>(q);
  S *= 1 - rho;
  S.diagonal().array() += (rho + options.ridge) * mean_variance;

  // 3. M, its inverse or pseudo-inverse, over the raw features.
  const linalg::PsdInverse inverse = linalg::invert_psd(S);
  Fit fit;
  fit.metric = preprocessing.fold(metric::Metric::from_matrix(inverse.inverse));
  fit.center = moments.origin + moments.total_mean();
  if (!options.pseudo_inverse) fit.singularity = prepare::singularity_of(inverse, variances);
  if (fit.singularity) fit.singularity->consequence = "M is its pseudo-inverse";
  fit.rows = moments.rows();
  fit.extras.set("rank", inverse.rank);
  if (options.shrinkage != Shrinkage::none) fit.extras.set("shrinkage", rho);
  return fit;
}

/// Where S is singular, records the deviations of the raw features, of which these are the moments: with M they tell
/// which rows S rules out (metric/covariance_range.hpp). Components are left out by choice, and within classes S is not
/// that of the rows about the centre.
Fit with_deviations(Fit fit, const linalg::Moments& moments, const prepare::PreprocessingOptions& wanted,
                    const CovarianceOptions& options) {
  if (fit.linear().rank() == moments.dims() || wanted.pca > 0 || options.within) return fit;
  const RowVector deviations = (moments.squares / static_cast<double>(moments.rows())).cwiseSqrt();
  fit.extras.set("deviations", std::vector<double>(deviations.begin(), deviations.end()));
  return fit;
}

// ---- Rows that are kept: fewer than features, or seen twice for Ledoit-Wolf shrinkage after PCA --------------------

Fit fit_kept(const prepare::Rows& rows, const prepare::PreprocessingOptions& wanted, const CovarianceOptions& options,
             const Run& run) {
  if (rows.X.rows() == 0) throw InputError("no rows");
  const Index reduced = wanted.pca > 0 ? std::min(wanted.pca, rows.X.cols()) : rows.X.cols();
  if (rows.X.rows() < reduced) require_small_model(options, reduced);
  const prepare::Preprocessing preprocessing = prepare::fit_preprocessing(rows.X, wanted, run.threads);
  Fit fit = fit_covariance(preprocessing.apply(rows.X, run.threads), rows.y, options, run);
  fit.metric = preprocessing.fold(fit.linear());
  const linalg::Moments moments = linalg::moments_of(rows.X, linalg::MomentOrder::variances, run.threads);
  fit.center = moments.origin + moments.total_mean();
  return with_deviations(std::move(fit), moments, wanted, options);
}

Fit fit_moments(const linalg::Moments& moments, const prepare::PreprocessingOptions& preprocessing,
                const CovarianceOptions& options) {
  return with_deviations(estimate(moments, preprocessing, options), moments, preprocessing, options);
}

}  // namespace

Fit fit_covariance(const NextRows& next, const prepare::PreprocessingOptions& preprocessing,
                   const CovarianceOptions& options, const Run& run) {
  check(options);
  if (options.robust) return fit_robust(next, preprocessing, options, run);
  if (options.shrinkage == Shrinkage::ledoit_wolf && preprocessing.pca > 0) {
    return fit_kept(prepare::all_rows(next), preprocessing, options, run);
  }
  NextRows all = next;
  if (const std::optional<prepare::Rows> few = prepare::few_rows(all))
    return fit_kept(*few, preprocessing, options, run);
  Gathering gathering(options, run.threads);
  Labels y;
  Index rows = 0;
  for (Matrix X; all(X, y); rows += X.rows()) gathering.add(X, y);
  if (rows == 0) throw InputError("no rows");
  return fit_moments(gathering.finish(), preprocessing, options);
}

Fit fit_scatters(const Scatters& scatters, const prepare::PreprocessingOptions& preprocessing,
                 const CovarianceOptions& options, const Run&) {
  check(options);
  const linalg::Moments& moments = options.within ? classes_of(scatters, "--within") : scatters.total;
  return fit_moments(moments, preprocessing, options);
}

Fit fit_covariance(const MatrixRef& X, const Labels& y, const CovarianceOptions& options, const Run& run) {
  check(options);
  if (options.robust) {
    SharedRows rows = X;
    Labels classes;
    return fit_robust(prepare::once(rows, classes), {}, options, run);
  }
  if (X.rows() == 0) throw InputError("no rows");
  if (X.rows() < X.cols()) return fit_few_rows(X, y, options, run);
  Gathering gathering(options, run.threads);
  gathering.add(X, y);
  return estimate(gathering.finish(), {}, options);
}

}  // namespace maha::learn::covariance
