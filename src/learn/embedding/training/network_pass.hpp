#pragma once

#include <vector>

#include "core/team.hpp"
#include "metric/network/network.hpp"

namespace maha::learn::embedding {

/// The weights and biases of a network's layers; a gradient has the same shape.
using Layers = std::vector<metric::Layer>;

/// Takes one batch of rows through a network and back. Rows go through in chunks of fixed size, and gradients of
/// weights are summed over the whole batch in tiles of columns: the same bits on any number of threads, without partial
/// sums. Cost of both passes: 6 (rows) (number of weights), all of it in matrix products. Ranks share the chunks and the
/// tiles; each sends to every other what it has of embeddings, and in each layer of outputs, deltas and the gradient.
class NetworkPass {
 public:
  /// f of each row of X (B x d), B x r, scaled to length 1 with `normalize`. Keeps what backward() needs.
  const Matrix& forward(const Layers& layers, bool normalize, Matrix X, const Team& team);

  /// The gradient of a loss by all weights and biases, given G = dloss/df (B x r), for the layers of the last
  /// forward(). The slope of ReLU at 0 is taken as 0, and so is that of the normalisation at 0.
  const Layers& backward(const Layers& layers, Matrix G, const Team& team);

 private:
  /// Columns of the gradient of a layer's weights.
  struct Part {
    std::size_t layer;
    Index column, width;
  };

  void chunk_backward(const Layers& layers, Index begin, Index count);
  void part_backward(const Part& part);
  void share_gradient(const std::vector<Part>& parts, const Team& team);

  bool normalize_ = false;
  std::vector<Matrix> activations_;  // X, and the output of each layer, before normalisation
  Matrix F_;
  Vector norms_;
  std::vector<Matrix> deltas_;  // dloss/d(W x + b) of each layer
  Layers gradient_;
};

}  // namespace maha::learn::embedding
