#include "learn/mlkr/objective.hpp"

#include "core/run.hpp"
#include "linalg/distance_loss.hpp"

namespace maha::learn::mlkr {

double LeaveOneOut::value(const Matrix& A) const {
  Matrix gradient;
  return value(A, gradient);
}

double LeaveOneOut::value(const Matrix& A, Matrix& gradient) const {
  // With p_ij in the place of d_ij, d yhat_i / d d_ij = p_ij (yhat_i - y_j).
  const auto error_of_row = [this](Index i, linalg::RowPart d) {
    linalg::softmax_of_negative(d);
    const double predicted = d.dot(y_), error = predicted - y_[i];
    d.array() *= 2 * error * (predicted - y_.transpose().array());
    return error * error;
  };
  const auto n = static_cast<double>(Z_.rows());
  const linalg::DistanceLoss all = linalg::distance_loss(Z_, A, error_of_row, Run{threads_, {}, {}});
  gradient = 2 / n * A * all.scatter;
  return all.value / n;
}

}  // namespace maha::learn::mlkr
