#include "learn/covariance/covariance.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/rows_by_class.hpp"
#include "learn/covariance/shrinkage.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "prepare/preprocessing.hpp"
#include "prepare/singular_features.hpp"

namespace maha::learn::covariance {
namespace {

// ---- The moments of the rows, in one pass ---------------------------------------------------------------------------

/// One stream for all rows, or one for each class if fourth moments within classes are needed. Classes are numbered in
/// the order in which they first appear: in a part of a data set they come in any order, and some may be missing.
class Gathering {
 public:
  Gathering(const CovarianceOptions& options, const Threads& threads)
      : within_(options.within), fourth_(options.shrinkage == Shrinkage::ledoit_wolf), threads_(threads) {}

  void add(const MatrixRef& X, const Labels& y) {
    if (X.rows() == 0) return;
    if (within_ && static_cast<Index>(y.size()) != X.rows()) throw InputError("within classes, but rows have no class");
    if (within_ && fourth_) {
      add_by_class(X, by_first_sight(y));
    } else {
      stream(0, X.cols()).add(X, within_ ? by_first_sight(y) : Labels());
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

  Labels by_first_sight(const Labels& y) {
    Labels seen;
    seen.reserve(y.size());
    for (const int c : y) seen.push_back(place_.try_emplace(c, static_cast<int>(place_.size())).first->second);
    return seen;
  }

  bool within_, fourth_;
  Threads threads_;
  std::vector<linalg::MomentStream> streams_;
  std::map<int, int> place_;  // of each class
};

// ---- The estimate ---------------------------------------------------------------------------------------------------

double divisor(const CovarianceOptions& options, const linalg::Moments& moments) {
  const Index n = moments.rows();
  if (!options.unbiased) return static_cast<double>(n);
  if (n <= moments.groups()) {
    throw InputError("the unbiased covariance divides by " + std::to_string(n) + " rows - " +
                     std::to_string(moments.groups()) + (options.within ? " classes" : ""));
  }
  return static_cast<double>(n - moments.groups());
}

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

/// Throws where powers of the data overflow or underflow: M, of the size of 1 / variance, would do so too.
void check_size(const linalg::Moments& moments, const CovarianceOptions& options) {
  const bool fourth = options.shrinkage == Shrinkage::ledoit_wolf;
  const double least = fourth ? 0x1p-250 : 0x1p-500;
  const std::string powers = fourth ? "fourth powers" : "squares";
  for (Index j = 0; j < moments.dims(); ++j) {
    const double spread = moments.high(j) - moments.low(j);
    const std::string feature = "feature " + std::to_string(j + 1);
    const double sum = fourth ? moments.fourth(j, j) : moments.squares(j);
    if (!std::isfinite(sum))
      throw InputError("the values of " + feature + " are too large: their " + powers + " overflow");
    if (spread > 0 && spread < least) {
      throw InputError("the values of " + feature + " differ by too little: their " + powers + " underflow");
    }
  }
}

Fit estimate(const linalg::Moments& moments, const prepare::PreprocessingOptions& wanted,
             const CovarianceOptions& options) {
  // 1. The covariance S of the preprocessed rows.
  check_size(moments, options);
  const prepare::Preprocessing preprocessing(moments, wanted);
  SquareMatrix S = preprocessed_covariance(moments, preprocessing);

  // 2. Shrinkage and ridge: (1 - rho) S + (rho + ridge) tr(S)/q I.
  const Index q = S.rows();
  const double rho = shrinkage_weight(options, S, moments, preprocessing);
  S *= static_cast<double>(moments.rows()) / divisor(options, moments);
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

// ---- Ledoit-Wolf after PCA: rows have to be seen twice --------------------------------------------------------------

/// All rows of a stream.
struct Rows {
  Matrix X;
  Labels y;
};

Rows all_rows(const NextRows& next) {
  std::vector<Matrix> blocks;
  Rows all;
  Labels y;
  Index rows = 0;
  for (Matrix X; next(X, y);) {
    rows += X.rows();
    all.y.insert(all.y.end(), y.begin(), y.end());
    blocks.push_back(std::move(X));
  }
  if (blocks.size() == 1) all.X = std::move(blocks.front());
  if (blocks.size() < 2) return all;
  all.X.resize(rows, blocks.front().cols());
  Index filled = 0;
  for (Matrix& block : blocks) {
    all.X.middleRows(filled, block.rows()) = block;
    filled += block.rows();
    block.resize(0, 0);
  }
  return all;
}

Fit fit_components(const Rows& rows, const prepare::PreprocessingOptions& wanted, const CovarianceOptions& options,
                   const Run& run) {
  if (rows.X.rows() == 0) throw InputError("no rows");
  const prepare::Preprocessing preprocessing = prepare::fit_preprocessing(rows.X, wanted, run.threads);
  Fit fit = fit_covariance(preprocessing.apply(rows.X, run.threads), rows.y, options, run);
  fit.metric = preprocessing.fold(fit.linear());
  linalg::MomentStream mean(rows.X.cols(), linalg::MomentOrder::variances, run.threads);
  mean.add(rows.X);
  const linalg::Moments moments = mean.finish();
  fit.center = moments.origin + moments.total_mean();
  return fit;
}

}  // namespace

Fit fit_covariance(const NextRows& next, const prepare::PreprocessingOptions& preprocessing,
                   const CovarianceOptions& options, const Run& run) {
  check(options);
  if (options.shrinkage == Shrinkage::ledoit_wolf && preprocessing.pca > 0) {
    return fit_components(all_rows(next), preprocessing, options, run);
  }
  Gathering gathering(options, run.threads);
  Labels y;
  Index rows = 0;
  for (Matrix X; next(X, y); rows += X.rows()) gathering.add(X, y);
  if (rows == 0) throw InputError("no rows");
  return estimate(gathering.finish(), preprocessing, options);
}

Fit fit_covariance(const Matrix& X, const Labels& y, const CovarianceOptions& options, const Run& run) {
  check(options);
  if (X.rows() == 0) throw InputError("no rows");
  Gathering gathering(options, run.threads);
  gathering.add(X, y);
  return estimate(gathering.finish(), {}, options);
}

}  // namespace maha::learn::covariance
