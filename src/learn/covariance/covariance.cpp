#include "learn/covariance/covariance.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/memory.hpp"
#include "learn/covariance/shrinkage.hpp"
#include "learn/prepare/preprocessing.hpp"
#include "learn/prepare/singular_features.hpp"
#include "linalg/psd.hpp"
#include "linalg/scatter.hpp"

namespace maha {
namespace {

// ---- The moments of the rows, in one pass ---------------------------------------------------------------------------

/// One stream for all rows, or, where fourth moments are wanted within classes, one for each class.
class Gathering {
 public:
  Gathering(const CovarianceOptions& options, const Threads& threads)
      : within_(options.within), fourth_(options.shrinkage == Shrinkage::ledoit_wolf), threads_(threads) {}

  void add(const MatrixRef& X, const Labels& y) {
    if (X.rows() == 0) return;
    if (within_ && static_cast<Index>(y.size()) != X.rows()) throw InputError("within classes, but rows have no class");
    if (within_ && fourth_) {
      add_by_class(X, y);
    } else {
      stream(0, X.cols()).add(X, within_ ? y : Labels());
    }
  }

  Moments finish() {
    std::vector<Moments> parts;
    for (MomentStream& stream : streams_) parts.push_back(stream.finish());
    return pool_groups(parts);
  }

 private:
  MomentStream& stream(std::size_t c, Index d) {
    if (c > streams_.size()) throw InputError("group " + std::to_string(c) + " is not the next one");
    if (c == streams_.size()) {
      const double held = (fourth_ ? 4.0 : 1.0) * static_cast<double>(c + 1), beside = 6;  // d x d matrices
      require_memory((held + beside) * square_matrix_bytes(static_cast<double>(d)),
                     "the covariance of " + std::to_string(d) + " features");
      const bool many = within_ && fourth_;
      streams_.emplace_back(d, fourth_ ? MomentOrder::fourth : MomentOrder::scatter, many ? Threads() : threads_);
    }
    return streams_[c];
  }

  void add_by_class(const MatrixRef& X, const Labels& y) {
    for (Index i = 0; i < X.rows(); ++i) {
      stream(static_cast<std::size_t>(y[static_cast<std::size_t>(i)]), X.cols()).add(X.row(i));
    }
  }

  bool within_, fourth_;
  Threads threads_;
  std::vector<MomentStream> streams_;
};

// ---- The estimate
// -----------------------------------------------------------------------------------------------------

double divisor(const CovarianceOptions& options, const Moments& moments) {
  const Index n = moments.rows();
  if (!options.unbiased) return static_cast<double>(n);
  if (n <= moments.groups()) {
    throw InputError("the unbiased covariance divides by " + std::to_string(n) + " rows - " +
                     std::to_string(moments.groups()) + (options.within ? " classes" : ""));
  }
  return static_cast<double>(n - moments.groups());
}

/// S of the preprocessed rows, divisor n.
SquareMatrix preprocessed_covariance(const Moments& moments, const Preprocessing& preprocessing) {
  SquareMatrix S = moments.scatter / static_cast<double>(moments.rows());
  if (preprocessing.options().any()) {
    const Matrix A = preprocessing.linear_map();
    S = A * S * A.transpose();
    S.triangularView<Eigen::StrictlyUpper>() = S.transpose();
  }
  return S;
}

/// rho, of S with divisor n.
double shrinkage_weight(const CovarianceOptions& options, const SquareMatrix& S, const Moments& moments,
                        const Preprocessing& preprocessing) {
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

/// M is of the size of 1 / variance: where powers of the data are no numbers, neither is it.
void check_size(const Moments& moments, const CovarianceOptions& options) {
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

CovarianceResult estimate(const Moments& moments, const CovarianceOptions& options) {
  check_size(moments, options);
  const Preprocessing preprocessing(moments, options.preprocessing);
  SquareMatrix S = preprocessed_covariance(moments, preprocessing);
  const Index q = S.rows();
  const double rho = shrinkage_weight(options, S, moments, preprocessing);
  S *= static_cast<double>(moments.rows()) / divisor(options, moments);
  const Vector variances = S.diagonal();
  const double mean_variance = variances.sum() / static_cast<double>(q);
  S *= 1 - rho;
  S.diagonal().array() += (rho + options.ridge) * mean_variance;

  const PsdInverse inverse = invert_psd(S);
  CovarianceResult result;
  result.metric = preprocessing.fold(Metric::from_matrix(inverse.inverse));
  result.center = moments.origin + moments.total_mean();
  result.fitted_dims = q;
  result.rank = inverse.rank;
  Singularity found = singularity_of(inverse, variances);
  result.constant = std::move(found.constant);
  result.dependent = std::move(found.dependent);
  result.report.set("rows", moments.rows()).set("rank", result.rank);
  if (options.shrinkage != Shrinkage::none) result.report.set("shrinkage", rho);
  return result;
}

// ---- Ledoit-Wolf after PCA: rows have to be seen twice
// ------------------------------------------------------------------

CovarianceResult fit_components(const MatrixRef& X, const Labels& y, const CovarianceOptions& options, const Run& run) {
  const Preprocessing preprocessing = fit_preprocessing(X, options.preprocessing, run.threads);
  CovarianceOptions plain = options;
  plain.preprocessing = {};
  CovarianceResult result = fit_covariance(preprocessing.apply(X, run.threads), y, plain, run);
  result.metric = preprocessing.fold(result.metric);
  MomentStream mean(X.cols(), MomentOrder::variances, run.threads);
  mean.add(X);
  const Moments moments = mean.finish();
  result.center = moments.origin + moments.total_mean();
  return result;
}

/// The classes counted in the order of first sight, as a stream of rows has them. Of a part of a data set they come in
/// any order, and some may be missing.
Labels by_first_sight(const Labels& y) {
  std::map<int, int> place;
  Labels result;
  result.reserve(y.size());
  for (const int c : y) result.push_back(place.try_emplace(c, static_cast<int>(place.size())).first->second);
  return result;
}

}  // namespace

CovarianceResult fit_covariance(const NextRows& next, const CovarianceOptions& options, const Run& run) {
  check(options);
  const bool keep_rows = options.shrinkage == Shrinkage::ledoit_wolf && options.preprocessing.pca > 0;
  Gathering gathering(options, run.threads);
  std::vector<Matrix> kept;
  Labels classes, y;
  Index rows = 0;
  for (Matrix X; next(X, y);) {
    rows += X.rows();
    if (!keep_rows) {
      gathering.add(X, y);
      continue;
    }
    classes.insert(classes.end(), y.begin(), y.end());
    kept.push_back(std::move(X));
  }
  if (rows == 0) throw InputError("no rows");
  if (!keep_rows) return estimate(gathering.finish(), options);
  Matrix X(rows, kept.front().cols());
  Index filled = 0;
  for (Matrix& block : kept) {
    X.middleRows(filled, block.rows()) = block;
    filled += block.rows();
    block.resize(0, 0);
  }
  return fit_components(X, classes, options, run);
}

CovarianceResult fit_covariance(const MatrixRef& X, const Labels& y, const CovarianceOptions& options, const Run& run) {
  check(options);
  if (X.rows() == 0) throw InputError("no rows");
  if (options.shrinkage == Shrinkage::ledoit_wolf && options.preprocessing.pca > 0) {
    return fit_components(X, y, options, run);
  }
  Gathering gathering(options, run.threads);
  gathering.add(X, by_first_sight(y));
  return estimate(gathering.finish(), options);
}

std::string singularity(const CovarianceResult& result, const std::function<std::string(Index)>& feature_name) {
  const bool components = result.metric.dims() != result.fitted_dims;
  const auto name = [&](Index j) { return components ? "component " + std::to_string(j + 1) : feature_name(j); };
  return Singularity{result.fitted_dims, result.rank, result.constant, result.dependent}.text(name);
}

}  // namespace maha
