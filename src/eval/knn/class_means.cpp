#include "eval/knn/class_means.hpp"

#include <string>

#include "core/error.hpp"

namespace maha::eval {

Matrix class_means(const MatrixRef& X, const Labels& y, int classes) {
  if (static_cast<Index>(y.size()) != X.rows()) {
    throw InputError(std::to_string(y.size()) + " labels for " + std::to_string(X.rows()) + " rows");
  }
  Matrix means = Matrix::Zero(classes, X.cols());
  Vector count = Vector::Zero(classes);
  for (Index i = 0; i < X.rows(); ++i) {
    const int c = y[static_cast<std::size_t>(i)];
    if (c < 0 || c >= classes)
      throw InputError("class " + std::to_string(c) + " is not one of " + std::to_string(classes));
    count[c] += 1;
    means.row(c) += (X.row(i) - means.row(c)) / count[c];  // a sum could overflow or lose small differences
  }
  for (int c = 0; c < classes; ++c) {
    if (count[c] == 0) throw InputError("class " + std::to_string(c) + " has no row");
  }
  return means;
}

}  // namespace maha::eval
