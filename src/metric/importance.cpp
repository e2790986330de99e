#include "metric/importance.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace maha::metric {
namespace {

constexpr Index kImportanceTile = 128;     // rows summed up together; another number changes last bits
constexpr double kLeastSpread = 0x1p-480;  // below it squares lose digits

/// Sums over rows about their mean: y_i^2 and y_i (M y)_i, i = 1..d.
class Sums {
 public:
  Sums(const Metric& metric, const Threads& threads)
      : diagonal_(metric.form() == Metric::Form::weights), threads_(threads) {
    if (!diagonal_) L_ = metric.factor();
  }

  /// Adds rows, about their own mean; then what their mean being elsewhere than that of the rows before adds (Chan,
  /// Golub & LeVeque, Am. Stat. 37:242-247, 1983).
  void add(const Matrix& X) {
    if (X.rows() == 0) return;
    if (count_ == 0) {
      origin_ = X.row(0);
      mean_ = RowVector::Zero(X.cols());
      total_ = Matrix::Zero(2, X.cols());
    }
    const Matrix relative = X.rowwise() - origin_;
    spread_ = std::max(spread_, relative.cwiseAbs().maxCoeff());
    const RowVector mean = relative.colwise().mean(), moved = mean - mean_;
    threads_.sum_ranges(X.rows(), kImportanceTile, total_, [&](Index begin, Index end) {
      return sums_of(relative.middleRows(begin, end - begin).rowwise() - mean);
    });
    const auto before = static_cast<double>(count_), now = static_cast<double>(X.rows());
    total_ += before * now / (before + now) * sums_of(moved);
    mean_ += now / (before + now) * moved;
    count_ += X.rows();
  }

  Importance finish(const Metric& metric) const {
    if (count_ == 0) throw InputError("there are no rows");
    const Vector squares = total_.row(0).transpose();
    Importance result{metric.diagonal(), {}, {}};
    result.scaled = result.weight.cwiseProduct(squares) / static_cast<double>(count_);
    result.share = diagonal_ ? Vector(result.weight.cwiseProduct(squares)) : Vector(total_.row(1).transpose());
    const double all = result.share.sum();
    const bool whole = result.scaled.allFinite() && std::isfinite(all) && (spread_ == 0 || spread_ >= kLeastSpread);
    if (!whole) {
      throw InputError("squares of the rows' coordinates under this model are no numbers: they overflow or underflow");
    }
    if (all > 0) {
      result.share /= all;
    } else {
      result.share.setZero();
    }
    return result;
  }

 private:
  /// The sums of some rows, as the rows of a matrix.
  Matrix sums_of(const Matrix& Y) const {
    Matrix sums = Matrix::Zero(2, Y.cols());
    sums.row(0) = Y.colwise().squaredNorm();
    if (diagonal_) return sums;
    // y_i (M y)_i = y_i sum_k L_ki (L y)_k
    const Matrix Z = Y * L_.transpose();
    sums.row(1) = Y.cwiseProduct(Z * L_).colwise().sum();
    return sums;
  }

  bool diagonal_;
  Threads threads_;
  Matrix L_;
  RowVector origin_, mean_;  // the first row; the mean of all, less that
  Matrix total_;
  Index count_ = 0;
  double spread_ = 0;
};

}  // namespace

Importance importance(const Metric& metric, const NextRows& next, const Threads& threads) {
  Sums sums(metric, threads);
  Matrix X;
  for (Labels y; next(X, y);) sums.add(X);
  return sums.finish(metric);
}

}  // namespace maha::metric
