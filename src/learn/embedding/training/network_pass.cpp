#include "learn/embedding/training/network_pass.hpp"

namespace maha::learn::embedding {
namespace {

constexpr Index kRows = 64;      // rows that pass through the layers together: a tile for a thread
constexpr Index kColumns = 128;  // columns of a gradient that are computed together: wide enough for GEMM

}  // namespace

const Matrix& NetworkPass::forward(const Layers& layers, bool normalize, Matrix X, const Team& team) {
  normalize_ = normalize;
  const Index rows = X.rows();
  activations_.resize(layers.size() + 1);
  activations_[0] = std::move(X);
  for (std::size_t l = 0; l < layers.size(); ++l) activations_[l + 1].resize(rows, layers[l].weights.rows());
  F_.resize(rows, layers.back().weights.rows());
  norms_.resize(rows);
  team.for_own_ranges(rows, kRows, [&](Index begin, Index end) {
    const Index count = end - begin;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      activations_[l + 1].middleRows(begin, count) = metric::pass(layers[l], activations_[l].middleRows(begin, count));
    }
    Matrix F = activations_.back().middleRows(begin, count);
    if (normalize) norms_.segment(begin, count) = metric::normalize_rows(F);
    F_.middleRows(begin, count) = F;
  });
  for (std::size_t l = 1; l < layers.size(); ++l) team.share(activations_[l], kRows);  // what gradients are made of
  team.share(F_, kRows);
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

/// dW = delta' (the layer's input), db = delta' 1.
void NetworkPass::part_backward(const Part& part) {
  const auto [l, column, width] = part;
  gradient_[l].weights.middleCols(column, width).noalias() =
      deltas_[l].transpose() * activations_[l].middleCols(column, width);
  if (column == 0) gradient_[l].bias = deltas_[l].colwise().sum().transpose();
}

/// Each rank has worked out the parts of its TileShare.
void NetworkPass::share_gradient(const std::vector<Part>& parts, const Team& team) {
  const Ranks& ranks = team.ranks();
  for (int from = 0; from < ranks.count() && !ranks.is_alone(); ++from) {
    const TileShare share(std::ssize(parts), 1, from, ranks.count());
    for (Index p = share.begin(); p < share.end(); ++p) {
      const auto [l, column, width] = parts[static_cast<std::size_t>(p)];
      auto place = gradient_[l].weights.middleCols(column, width);
      Matrix values = place;
      ranks.broadcast(values.data(), values.size(), from);
      place = values;
      if (column == 0) ranks.broadcast(gradient_[l].bias.data(), gradient_[l].bias.size(), from);
    }
  }
}

const Layers& NetworkPass::backward(const Layers& layers, Matrix G, const Team& team) {
  const Index rows = G.rows();
  deltas_.resize(layers.size());
  gradient_.resize(layers.size());
  std::vector<Part> parts;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Matrix& W = layers[l].weights;
    deltas_[l].resize(rows, W.rows());
    gradient_[l].weights.resize(W.rows(), W.cols());
    gradient_[l].bias.resize(W.rows());
    for (Index column = 0; column < W.cols(); column += kColumns) {
      parts.push_back({l, column, std::min(kColumns, W.cols() - column)});
    }
  }
  deltas_.back() = std::move(G);
  team.for_own_ranges(rows, kRows, [&](Index begin, Index end) { chunk_backward(layers, begin, end - begin); });
  for (Matrix& delta : deltas_) team.share(delta, kRows);
  team.for_own_ranges(std::ssize(parts), 1, [&](Index p, Index) { part_backward(parts[static_cast<std::size_t>(p)]); });
  share_gradient(parts, team);
  return gradient_;
}

}  // namespace maha::learn::embedding
