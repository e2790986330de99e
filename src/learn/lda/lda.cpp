#include "learn/lda/lda.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/rows_by_class.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::lda {
namespace {

void require_rank_below(Index classes, const LdaOptions& options) {
  if (options.rank >= classes) {
    throw InputError("--rank " + std::to_string(options.rank) + ": " + std::to_string(classes) +
                     " classes have at most " + std::to_string(classes - 1) + " discriminants");
  }
}

/// Rows about the means of their classes, and those means, in coordinates z = P (x - mean) in which S_w + S_b = I.
struct ByClass {
  Matrix within;  // S_w = within' within: n x r, the rows over sqrt(n), or another such matrix
  Matrix means;   // C x r, each times sqrt(n_c / n): S_b = means' means
  Index rows, classes;
};

ByClass split(const Matrix& Z, const Labels& y, Index classes) {
  const auto n = static_cast<double>(Z.rows());
  ByClass parts{Z, Matrix(0, Z.cols()), Z.rows(), classes};
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    if (rows.empty()) continue;
    const RowVector mean = Z(rows, Eigen::all).colwise().mean();
    for (const Index i : rows) parts.within.row(i) = (Z.row(i) - mean) / std::sqrt(n);
    parts.means.conservativeResize(parts.means.rows() + 1, Eigen::NoChange);
    parts.means.bottomRows(1) = mean * std::sqrt(static_cast<double>(rows.size()) / n);
  }
  return parts;
}

/// The eigenvectors of S_b, those of the largest eigenvalues first; the others are 0 but for rounding.
linalg::PrincipalAxes axes_of(const Matrix& means, const Threads& threads) {
  if (means.rows() <= means.cols()) return linalg::principal_axes_of_rows(means, means.rows(), threads);
  return linalg::principal_axes(means.transpose() * means);
}

/// max |S_b v - lambda (S_w + ridge I) v| / (lambda |(S_w + ridge I) v|) over the rows v of V.
double residual_of(const ByClass& parts, const Matrix& V, const Vector& lambda, double ridge) {
  double largest = 0;
  for (Index k = 0; k < V.rows(); ++k) {
    const Vector v = V.row(k).transpose();
    const Vector between = parts.means.transpose() * (parts.means * v);
    const Vector within = parts.within.transpose() * (parts.within * v) + ridge * v;
    largest = std::max(largest, (between - lambda[k] * within).norm() / (lambda[k] * within.norm()));
  }
  return largest;
}

constexpr const char* kRidgeAdded =
    "the rows of a class do not differ in some directions in which classes do: a ridge of 1e-3 of the total "
    "scatter was added to that within classes";

/// The discriminants; their centre is not set.
Fit discriminants(const ByClass& parts, const Matrix& P, const LdaOptions& options, const Run& run) {
  // 1. An eigenvector of S_b is one of S_w too. What its rows vary within classes is summed up directly: 1 - the
  // eigenvalue would cancel.
  const linalg::PrincipalAxes all = axes_of(parts.means, run.threads);
  Index rank = std::min(all.varying, parts.classes - 1);
  while (rank > 0 && !(all.variances[rank - 1] > linalg::rank_tolerance(parts.rows)))
    --rank;  // of means that are equal
  if (options.rank > 0) rank = std::min(rank, options.rank);
  const Matrix V = all.axes.topRows(rank);
  Vector within = (parts.within * V.transpose()).colwise().squaredNorm().transpose();

  // 2. V'S_w V = I, with a ridge where S_w is singular.
  Fit fit;
  const double ridge = ridge_for(options.ridge, within, kRidgeAdded, fit);
  within.array() += ridge;
  const Vector lambda = all.variances.head(rank).cwiseQuotient(within);
  Matrix L = within.cwiseSqrt().cwiseInverse().asDiagonal() * V * P;
  linalg::point_upwards(L);

  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.extras.set("rank", rank);
  if (ridge > 0) fit.extras.set("ridge", ridge);
  fit.extras.set("criterion", lambda.sum()).set("residual", residual_of(parts, V, lambda, ridge));
  return fit;
}

}  // namespace

void declare(OptionList& all, LdaOptions& options) {
  declare_rank(all, options.rank, "keep at most so many discriminants (default: all, one less than classes)");
  all.number("--ridge", options.ridge,
             "add this share of the total scatter to that within classes (default: 1e-3 if singular)")
      .above(0);
}

void describe(Hooks& hooks, LdaOptions&) {
  hooks.examples = {"maha-lda datasets/wine.csv -o lda.json",
                    "maha-lda --rank 2 datasets/digits.csv | maha-transform -m - datasets/digits.csv | head -3",
                    "maha-lda datasets/iris.csv | maha-knn --leave-one-out -m - --train datasets/iris.csv"};
}

Fit fit_lda(const Samples& samples, const LdaOptions& options, const Run& run) {
  check_ranges(options);
  const Index classes = classes_of(samples);
  require_rank_below(classes, options);
  const prepare::WhiteRows white = prepare::whiten_rows(samples.X, run.threads);
  Fit fit = discriminants(split(white.Z, samples.y, classes), white.P, options, run);
  fit.center = samples.X.colwise().mean();
  return fit;
}

Fit fit_scatters(const Scatters& scatters, const LdaOptions& options, const Run& run) {
  check_ranges(options);
  const linalg::Moments& classes = classes_of(scatters, "discriminant analysis");
  if (classes.groups() < 2) throw InputError("all " + std::to_string(classes.rows()) + " rows are of one class");
  require_rank_below(classes.groups(), options);
  const WhiteScatters white = whiten(classes, scatters.total);
  Fit fit = discriminants({white.within, white.means, classes.rows(), classes.groups()}, white.P, options, run);
  fit.center = classes.origin + classes.total_mean();
  return fit;
}

}  // namespace maha::learn::lda
