#include "metric/network/network.hpp"

#include <cmath>
#include <sstream>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "linalg/wide_square.hpp"

namespace maha::metric {
namespace {

constexpr Index kTile = KernelMap::kTile;  // rows; a product treats those of a full tile alike

template <class... Parts>
[[noreturn]] void refuse(std::size_t layer, const Parts&... parts) {
  std::ostringstream out;
  out << "layer " << layer + 1 << ", ";
  (out << ... << parts);
  throw InputError(out.str());
}

void check(const std::vector<Layer>& layers, std::size_t l) {
  const auto& [W, b, activation] = layers[l];
  if (W.size() == 0) refuse(l, "weights has no entries");
  if (l > 0 && W.cols() != layers[l - 1].weights.rows()) {
    refuse(l, "weights has ", counted(W.cols(), "column"), ", the layer before has ",
           counted(layers[l - 1].weights.rows(), "row"));
  }
  if (b.size() != W.rows())
    refuse(l, "bias has ", counted(b.size(), "entry", "entries"), ", weights has ", counted(W.rows(), "row"));
  for (Index i = 0; i < W.rows(); ++i) {
    for (Index j = 0; j < W.cols(); ++j) {
      if (std::isfinite(W(i, j))) continue;
      refuse(l, "weights row ", i + 1, ", column ", j + 1, " is ", W(i, j), ", not a finite number");
    }
    if (!std::isfinite(b(i))) refuse(l, "bias entry ", i + 1, " is ", b(i), ", not a finite number");
  }
}

}  // namespace

Network::Network(std::vector<Layer> layers, bool normalize, std::shared_ptr<const KernelMap> kernel)
    : layers_(std::move(layers)), normalize_(normalize), kernel_(std::move(kernel)) {
  if (layers_.empty()) throw InputError("a network without layers");
  if (const Index columns = layers_.front().weights.cols(); kernel_ && columns != kernel_->count())
    refuse(0, "weights has ", columns, " columns, the kernel has ", kernel_->count(), " landmarks");
  for (std::size_t l = 0; l < layers_.size(); ++l) check(layers_, l);
}

Matrix pass(const Layer& layer, const MatrixRef& X) {
  Matrix Z = X * layer.weights.transpose();
  Z.rowwise() += layer.bias.transpose();
  if (layer.activation == Activation::relu) Z = Z.cwiseMax(0.0);
  return Z;
}

Vector normalize_rows(Matrix& Z) {
  Vector norms = Z.rowwise().norm();
  const RowVector zero = RowVector::Zero(Z.cols());
  for (Index i = 0; i < Z.rows(); ++i) {
    // again, where the square has overflowed or underflowed
    if (!linalg::is_safe_square(norms(i) * norms(i)))
      norms(i) = linalg::wide_square(Z.row(i).data(), zero.data(), Z.cols()).root();
    if (norms(i) > 0) Z.row(i) /= norms(i);
  }
  return norms;
}

Matrix Network::transform(const MatrixRef& X, const Threads& threads) const {
  if (X.cols() != dims()) {
    throw InputError("the network is over " + std::to_string(dims()) + " features, the data has " +
                     std::to_string(X.cols()));
  }
  Matrix F(X.rows(), rank());
  threads.for_ranges(X.rows(), kTile, [&](Index begin, Index end) {
    Matrix Z;
    if (kernel_) {
      Z = kernel_->of_tile(X.middleRows(begin, end - begin));
    } else {
      Z = Matrix::Zero(kTile, dims());
      Z.topRows(end - begin) = X.middleRows(begin, end - begin);
    }
    for (const Layer& layer : layers_) Z = pass(layer, Z);
    if (normalize_) normalize_rows(Z);
    F.middleRows(begin, end - begin) = Z.topRows(end - begin);
  });
  return F;
}

Network Network::after(const MatrixRef& A, const Vector& b) const {
  if (kernel_) throw InputError("a model with a kernel is nothing to go on from: its first step is not linear");
  std::vector<Layer> layers = layers_;
  Layer& first = layers.front();
  first.bias += first.weights * b;
  first.weights = first.weights * A;
  return Network(std::move(layers), normalize_);
}

}  // namespace maha::metric
