#include "prepare/preprocessing.hpp"

#include <cmath>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/symmetric.hpp"
#include "linalg/units.hpp"
#include "prepare/kernel/features.hpp"

namespace maha::prepare {
namespace {

constexpr double kLeastInverse = 0x1p-480;  // of a scale: its square times an ordinary weight does not underflow

RowVector fitted_scale(const linalg::Moments& moments, Scale kind) {
  if (kind == Scale::none) return RowVector::Ones(moments.dims());
  const auto n = static_cast<double>(moments.rows());
  const RowVector spread =
      kind == Scale::zscore ? RowVector((moments.total_squares() / n).cwiseSqrt()) : moments.high - moments.low;
  return (moments.high.array() > moments.low.array() && spread.array() > 0).select(spread, 1.0);
}

/// The leading principal axes of the scaled rows. An axis without variance is set to 0, so that its coordinate is
/// constant and not rounding that a later scaling would blow up.
Matrix leading_axes(const linalg::Moments& moments, const RowVector& scale, Index count) {
  const Vector inverse = scale.cwiseInverse().transpose();
  linalg::PrincipalAxes found = linalg::principal_axes(
      inverse.asDiagonal() * moments.total_scatter() * inverse.asDiagonal() / static_cast<double>(moments.rows()),
      count);
  if (found.varying < count) found.axes.bottomRows(found.axes.rows() - found.varying).setZero();
  return found.axes.topRows(count);
}

/// The same, where H'H is the scatter.
Matrix leading_axes(const Matrix& H, double rows, const RowVector& scale, Index count, const Threads& threads) {
  const RowVector inverse = (scale * std::sqrt(rows)).cwiseInverse();
  const linalg::PrincipalAxes found = linalg::principal_axes_of_rows(H * inverse.asDiagonal(), count, threads);
  Matrix axes = Matrix::Zero(count, H.cols());
  axes.topRows(found.varying) = found.axes;
  return axes;
}

/// Whether no digits were lost: sums and squares are finite, and no square of a feature that varies has underflowed.
bool is_sound(const linalg::Moments& moments) {
  const auto fine = moments.squares.array() >= 0x1p-960 && moments.squares.array().isFinite();
  const auto constant = moments.high.array() == moments.low.array();
  return moments.mean.allFinite() && (fine || constant).all();
}

/// Powers of two near the largest value of each column, or of all of them.
RowVector units_of(const MatrixRef& X, bool each) {
  const RowVector units = linalg::units_of_columns(X);
  return each ? units : RowVector(RowVector::Constant(units.size(), units.maxCoeff()));
}

}  // namespace

Preprocessing::Preprocessing(const linalg::Moments& moments, const PreprocessingOptions& options)
    : options_(options), scale_(fitted_scale(moments, options.scale)) {
  set_shift(moments);
  if (options.pca > 0) basis_ = leading_axes(moments, scale_, options.pca);
}

Preprocessing::Preprocessing(const linalg::Moments& moments, const PreprocessingOptions& options, const Matrix& H,
                             const Threads& threads)
    : options_(options), scale_(fitted_scale(moments, options.scale)) {
  set_shift(moments);
  if (options.pca > 0) basis_ = leading_axes(H, static_cast<double>(moments.rows()), scale_, options.pca, threads);
}

void Preprocessing::set_shift(const linalg::Moments& moments) {
  if (options_.pca < 0 || options_.pca > moments.dims()) {
    throw InputError("PCA to " + std::to_string(options_.pca) + " dimensions: at least 1 and at most " +
                     std::to_string(moments.dims()) + ", the number of features");
  }
  const RowVector mean = moments.origin + moments.total_mean();
  shift_ = options_.scale == Scale::minmax && options_.pca == 0 ? moments.low : mean;
  if (!options_.any()) shift_.setZero();
}

/// From a fit to rows x / units to one to x. The units are powers of two, one for each column; without scaling they
/// are all equal.
void Preprocessing::take_units(const linalg::Moments& moments, const RowVector& units) {
  shift_.array() *= units.array();
  if (options_.scale == Scale::none) return;
  const auto varies = moments.high.array() > moments.low.array();
  scale_ = varies.select(scale_.cwiseProduct(units), 1.0);
  if (!scale_.allFinite() || !shift_.allFinite()) throw InputError("values are too large: their range overflows");
}

Matrix Preprocessing::apply(const MatrixRef& X, const Threads& threads) const {
  if (X.cols() != dims()) {
    throw InputError("rows of " + std::to_string(X.cols()) + " features, fitted on rows of " + std::to_string(dims()));
  }
  if (!kernel_) return apply_linear(X, threads);
  Matrix Z = apply_linear(kernel_->transform(X, threads), threads);
  if (!Z.allFinite()) throw InputError("the kernel's values are too large: scale the features, or lower --degree");
  return Z;
}

Matrix Preprocessing::apply_linear(const MatrixRef& X, const Threads& threads) const {
  if (!options_.any()) return X;
  const std::optional<metric::Metric> components =
      options_.pca > 0 ? std::optional(metric::Metric::from_factor(basis_)) : std::nullopt;
  Matrix Z(X.rows(), reduced_dims());
  threads.for_ranges(X.rows(), 1024, [&](Index begin, Index end) {  // tile by tile, so that no second copy of X is held
    Matrix scaled = X.middleRows(begin, end - begin).rowwise() - shift_;
    scaled.array().rowwise() /= scale_.array();
    Z.middleRows(begin, end - begin) = components ? components->transform(scaled) : std::move(scaled);
  });
  return Z;
}

Matrix Preprocessing::linear_map() const {
  const RowVector inverse = scale_.cwiseInverse();
  if (options_.pca == 0) return inverse.asDiagonal();
  return basis_ * inverse.asDiagonal();
}

void Preprocessing::refuse_kernel() const {
  if (kernel_) throw InputError("the features of a kernel are not linear in those of the rows, as a metric is");
}

metric::Metric Preprocessing::fold(const metric::Metric& learned) const {
  refuse_kernel();
  if (learned.dims() != reduced_dims()) {
    throw InputError("a metric over " + std::to_string(learned.dims()) + " features, learned from rows of " +
                     std::to_string(reduced_dims()));
  }
  if (!options_.any()) return learned;
  const RowVector inverse = scale_.cwiseInverse();
  const bool squares_fit = (inverse.array() >= kLeastInverse && inverse.array() <= 1 / kLeastInverse).all();
  if (options_.pca == 0 && learned.form() == metric::Metric::Form::weights && squares_fit) {
    return metric::Metric::from_weights(learned.diagonal().cwiseProduct(inverse.cwiseAbs2().transpose()));
  }
  if (options_.pca > 0) return metric::Metric::from_factor(learned.factor() * linear_map());
  if (learned.form() == metric::Metric::Form::factor || !squares_fit)
    return metric::Metric::from_factor(learned.factor() * inverse.asDiagonal());
  SquareMatrix M = inverse.asDiagonal() * learned.matrix() * inverse.asDiagonal();
  linalg::mirror_lower(M);
  return metric::Metric::from_matrix(M);
}

metric::Metric Preprocessing::unfold(const metric::Metric& metric) const {
  refuse_kernel();
  if (metric.dims() != dims()) {
    throw InputError("a metric over " + std::to_string(metric.dims()) + " features, but the data have " +
                     std::to_string(dims()));
  }
  const Matrix L = metric.factor() * scale_.asDiagonal();
  return metric::Metric::from_factor(options_.pca > 0 ? Matrix(L * basis_.transpose()) : L);
}

Preprocessing::Learned Preprocessing::over_features(const Learned& learned) const {
  const auto* const metric = std::get_if<metric::Metric>(&learned);
  if (!metric) return fold(std::get<metric::Network>(learned));
  if (!kernel_) return fold(*metric);
  const Matrix L = metric->rank() > 0 ? metric->factor() : Matrix(Matrix::Zero(1, metric->dims()));
  return fold(metric::Network({{L, Vector::Zero(L.rows()), metric::Activation::linear}}));
}

metric::Network Preprocessing::fold(const metric::Network& learned) const {
  metric::Network folded = fold_linear(learned);
  if (!kernel_) return folded;
  const metric::Layer& phi = kernel_->layers().front();
  folded = folded.after(phi.weights, phi.bias);
  return metric::Network(folded.layers(), folded.normalize(), kernel_->kernel());
}

metric::Network Preprocessing::fold_linear(const metric::Network& learned) const {
  if (learned.dims() != reduced_dims()) {
    throw InputError("a network over " + std::to_string(learned.dims()) + " features, learned from rows of " +
                     std::to_string(reduced_dims()));
  }
  if (!options_.any()) return learned;
  const Matrix A = linear_map();
  return learned.after(A, -(A * shift_.transpose()));
}

metric::Network Preprocessing::unfold(const metric::Network& network) const {
  refuse_kernel();
  if (network.dims() != dims()) {
    throw InputError("a network over " + std::to_string(network.dims()) + " features, but the data have " +
                     std::to_string(dims()));
  }
  if (!options_.any()) return network;
  const Matrix scaled = scale_.asDiagonal();
  return network.after(options_.pca > 0 ? Matrix(scaled * basis_.transpose()) : scaled, shift_.transpose());
}

Preprocessing fit_preprocessing(const MatrixRef& X, const PreprocessingOptions& options, const Threads& threads) {
  if (X.rows() == 0) throw InputError("no rows to fit on");
  if (options.kernel.any()) {
    const Preprocessing scaled = fit_preprocessing(X, {options.scale, 0}, threads);
    const auto kernel =
        std::make_shared<const metric::Network>(fit_kernel(X, scaled.shift_, scaled.scale_, options.kernel, threads));
    Preprocessing after = fit_preprocessing(kernel->transform(X, threads), {Scale::none, options.pca}, threads);
    after.kernel_ = kernel;
    return after;
  }
  if (!options.any())
    return Preprocessing(linalg::moments_of(X.topRows(1), linalg::MomentOrder::variances, threads), options);
  const bool few = X.rows() < X.cols();
  const linalg::MomentOrder order =
      options.pca > 0 && !few ? linalg::MomentOrder::scatter : linalg::MomentOrder::variances;
  const auto fit = [&](const linalg::Moments& moments, const MatrixRef& rows) {
    if (options.pca == 0 || !few) return Preprocessing(moments, options);
    return Preprocessing(moments, options, linalg::scatter_rows(rows), threads);
  };
  const linalg::Moments moments = linalg::moments_of(X, order, threads);
  if (is_sound(moments)) return fit(moments, X);
  const RowVector units = units_of(X, options.scale != Scale::none);
  const Matrix measured = X.array().rowwise() / units.array();
  const linalg::Moments in_units = linalg::moments_of(measured, order, threads);
  Preprocessing fitted = fit(in_units, measured);
  fitted.take_units(in_units, units);
  return fitted;
}

}  // namespace maha::prepare
