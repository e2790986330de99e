/// The loss of NCMML by tiles of rows, each against the means of the classes.
///
/// -log p(y_i | x_i) = D_iy / 2 + log sum_c exp(-D_ic / 2). The multipliers are (e_y - p) / 2, and their dual value is
/// the entropy of p; shrunk to t of themselves, they are those of the mixture t p + (1 - t) e_y.
#include "learn/ncmml/loss.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/rows_by_class.hpp"
#include "linalg/distances.hpp"
#include "linalg/rounding.hpp"

namespace maha::learn::ncmml {
namespace {

using convex::Sums;

constexpr Index kTile = 256;  // rows

/// The entropy of t p + (1 - t) e_y, t = kShrunk; log p = -D / 2 - log_sum.
template <class Distances, class Chances>
double mixed_entropy(const Distances& D, const Chances& P, double log_sum, Index y) {
  constexpr double t = convex::kShrunk;
  const double beyond = std::max(0.0, 1 - P[y]), distances = P.dot(D) / 2 - P[y] * D[y] / 2;
  const double own = t * P[y] + (1 - t);
  return t * (distances + beyond * (log_sum - std::log(t))) - own * std::log(own);
}

class NcmmlLoss final : public convex::Loss {
 public:
  NcmmlLoss(const Matrix& Z, const Labels& y) : Z_(Z), y_(y) {
    for (std::vector<Index>& rows : rows_by_class(y)) {
      if (rows.empty()) continue;
      for (const Index i : rows) y_[static_cast<std::size_t>(i)] = static_cast<int>(classes_.size());
      classes_.push_back(std::move(rows));
    }
    means_ = means_of(Z);
  }

  double value(const Matrix& Y, const Threads& threads) override { return sums(Y, false, threads).value / rows(); }

  convex::Evaluation evaluate(const Matrix& Y, const Threads& threads) override {
    const Sums all = sums(Y, true, threads);
    convex::Evaluation e{.value = all.value / rows(), .dual = all.dual / rows(), .shrunk = all.shrunk / rows()};
    const SquareMatrix across = all.across * means_ / rows();
    e.gradient = convex::gradient_from(means_, all.ends / rows(), across, threads);
    e.gradient_error = convex::gradient_rounding(Z_, 1, Z_.rows());  // e_y / 2 and p / 2 each come to 1/2
    e.dual_error = linalg::product_rounding(2 * Z_.rows()) * (1 + std::log(static_cast<double>(means_.rows())));
    return e;
  }

 private:
  double rows() const { return static_cast<double>(Z_.rows()); }

  Matrix means_of(const Matrix& Y) const {
    Matrix means(static_cast<Index>(classes_.size()), Y.cols());
    for (std::size_t c = 0; c < classes_.size(); ++c)
      means.row(static_cast<Index>(c)) = Y(classes_[c], Eigen::all).colwise().mean();
    return means;
  }

  Sums sums(const Matrix& Y, bool gradient, const Threads& threads) const {
    const Matrix centres = means_of(Y);
    const Vector squares = centres.rowwise().squaredNorm();
    Sums total;
    if (gradient) {
      total.across = SquareMatrix::Zero(Z_.cols(), centres.rows());
      total.ends = Vector::Zero(centres.rows());
    }
    threads.sum_ranges(Y.rows(), kTile, total, [&](Index begin, Index end) {
      const auto part_of_Y = Y.middleRows(begin, end - begin);
      const Matrix D = linalg::squared_distances(part_of_Y, part_of_Y.rowwise().squaredNorm(), centres, squares);
      return of_rows(D, begin, gradient);
    });
    return total;
  }

  /// D: the squared distances of the rows from `begin` on to all means.
  Sums of_rows(const Matrix& D, Index begin, bool gradient) const {
    Matrix P(D.rows(), D.cols());
    Sums part;  // across: r x C, sum_i w_ic z_i; ends: of each class, the sum over i of w_ic
    for (Index i = 0; i < D.rows(); ++i) {
      const Index y = y_[static_cast<std::size_t>(begin + i)];
      const double nearest = D.row(i).minCoeff();
      P.row(i) = ((nearest - D.row(i).array()) / 2).exp();
      const double sum = P.row(i).sum(), log_sum = std::log(sum) - nearest / 2;
      part.value += D(i, y) / 2 + log_sum;
      if (!gradient) continue;
      P.row(i) /= sum;
      part.dual += P.row(i).dot(D.row(i)) / 2 + log_sum;
      part.shrunk += mixed_entropy(D.row(i), P.row(i), log_sum, y);
      P.row(i) /= -2;
      P(i, y) += 0.5;
    }
    if (gradient) {
      part.across = Z_.middleRows(begin, D.rows()).transpose() * P;
      part.ends = P.colwise().sum().transpose();
    }
    return part;
  }

  const Matrix& Z_;
  Labels y_;                                 // the classes that occur, 0, 1, ..., in their order
  std::vector<std::vector<Index>> classes_;  // their rows
  Matrix means_;                             // C x r
};

}  // namespace

std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y) { return std::make_unique<NcmmlLoss>(Z, y); }

}  // namespace maha::learn::ncmml
