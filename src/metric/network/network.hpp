#pragma once

#include <memory>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "metric/network/kernel_map.hpp"

namespace maha::metric {

enum class Activation {
  linear,
  relu,  ///< max(0, z), each coordinate on its own
};

/// z = activation(W x + b).
struct Layer {
  Matrix weights;  ///< W, out x in
  Vector bias;     ///< b, out
  Activation activation = Activation::linear;
};

/// An embedding f of d features into r coordinates; the distance is |f(x) - f(y)|. Layers follow one another; if asked
/// for, the result is scaled to length 1 (0 stays 0). With a kernel, the first layer takes what the kernel map gives.
class Network {
 public:
  /// No features, no layers.
  Network() = default;

  /// Throws InputError unless there is a layer, none is empty, the widths of neighbouring layers match and all numbers
  /// are finite. The message names the entry, with layers, rows and columns counted from 1.
  explicit Network(std::vector<Layer> layers, bool normalize = false,
                   std::shared_ptr<const KernelMap> kernel = nullptr);

  const std::vector<Layer>& layers() const { return layers_; }
  bool normalize() const { return normalize_; }
  const std::shared_ptr<const KernelMap>& kernel() const { return kernel_; }  ///< what comes first, or nullptr

  /// d, the number of features.
  Index dims() const {
    if (kernel_) return kernel_->dims();
    return layers_.empty() ? 0 : layers_.front().weights.cols();
  }

  /// r, the number of coordinates.
  Index rank() const { return layers_.empty() ? 0 : layers_.back().weights.rows(); }

  /// f of each row of X (n x d), n x r. The bits of a row of the result depend on that row alone, not on its place, its
  /// neighbours or the number of threads. Throws InputError if X has another number of columns.
  /// Cost: 2 n (number of weights), and with a kernel 2 n m d.
  Matrix transform(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// x -> f(A x + b), folded into the first layer. A: dims() x e, b: dims(). Throws InputError if there is a kernel.
  Network after(const MatrixRef& A, const Vector& b) const;

 private:
  std::vector<Layer> layers_;
  bool normalize_ = false;
  std::shared_ptr<const KernelMap> kernel_;
};

/// activation(W x + b) for each row of X, n x out. Transforming and training both use it.
Matrix pass(const Layer& layer, const MatrixRef& X);

/// Scales each row to length 1 (0 stays 0) and returns the former lengths.
Vector normalize_rows(Matrix& Z);

}  // namespace maha::metric
