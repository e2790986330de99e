#include "learn/embedding/training/network_pass.hpp"

namespace maha::learn::embedding {
namespace {

constexpr Index kRows = 64;      // rows that pass through the layers together: a tile for a thread
constexpr Index kColumns = 128;  // columns of a gradient that are computed together: wide enough for GEMM

}  // namespace

const Matrix& NetworkPass::forward(const Layers& layers, bool normalize, Matrix X, const Threads& threads) {
  normalize_ = normalize;
  const Index rows = X.rows();
  activations_.resize(layers.size() + 1);
  activations_[0] = std::move(X);
  for (std::size_t l = 0; l < layers.size(); ++l) activations_[l + 1].resize(rows, layers[l].weights.rows());
  F_.resize(rows, layers.back().weights.rows());
  norms_.resize(rows);
  threads.for_ranges(rows, kRows, [&](Index begin, Index end) {
    const Index count = end - begin;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      activations_[l + 1].middleRows(begin, count) = metric::pass(layers[l], activations_[l].middleRows(begin, count));
    }
    Matrix F = activations_.back().middleRows(begin, count);
    if (normalize) norms_.segment(begin, count) = metric::normalize_rows(F);
    F_.middleRows(begin, count) = F;
  });
  return F_;
}

/// The delta of the last layer is G taken back through the normalisation f = z / |z|: (g - f (f.g)) / |z|. The delta of
/// an earlier layer is delta W of the next one, where its activation passes it on.
void NetworkPass::chunk_backward(const Layers& layers, Index begin, Index count) {
  auto last = deltas_.back().middleRows(begin, count);
  for (Index i = 0; normalize_ && i < count; ++i) {
    const auto f = F_.row(begin + i);
    const double norm = norms_(begin + i);
    last.row(i) = norm > 0 ? RowVector((last.row(i) - f * f.dot(last.row(i))) / norm) : RowVector::Zero(f.size());
  }
  for (std::size_t l = layers.size(); l-- > 0;) {
    auto delta = deltas_[l].middleRows(begin, count);
    if (l + 1 < layers.size()) delta.noalias() = deltas_[l + 1].middleRows(begin, count) * layers[l + 1].weights;
    if (layers[l].activation != metric::Activation::relu) continue;
    delta = (activations_[l + 1].middleRows(begin, count).array() > 0).select(delta.array(), 0.0).matrix();
  }
}

const Layers& NetworkPass::backward(const Layers& layers, Matrix G, const Threads& threads) {
  const Index rows = G.rows();
  deltas_.resize(layers.size());
  gradient_.resize(layers.size());
  struct Part {
    std::size_t layer;
    Index column;
  };
  std::vector<Part> parts;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Matrix& W = layers[l].weights;
    deltas_[l].resize(rows, W.rows());
    gradient_[l].weights.resize(W.rows(), W.cols());
    for (Index column = 0; column < W.cols(); column += kColumns) parts.push_back({l, column});
  }
  deltas_.back() = std::move(G);
  threads.for_ranges(rows, kRows, [&](Index begin, Index end) { chunk_backward(layers, begin, end - begin); });
  threads.for_tiles(static_cast<Index>(parts.size()), [&](Index t) {  // dW = delta' (the layer's input), db = delta' 1
    const auto [l, column] = parts[static_cast<std::size_t>(t)];
    const Index width = std::min(kColumns, layers[l].weights.cols() - column);
    gradient_[l].weights.middleCols(column, width).noalias() =
        deltas_[l].transpose() * activations_[l].middleCols(column, width);
    if (column == 0) gradient_[l].bias = deltas_[l].colwise().sum().transpose();
  });
  return gradient_;
}

}  // namespace maha::learn::embedding
