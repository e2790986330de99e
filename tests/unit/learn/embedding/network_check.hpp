#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "learn/embedding/training/network_pass.hpp"

namespace maha::test {

inline Matrix random_matrix(Index rows, Index columns, std::uint64_t seed) {
  Random random(seed);
  Matrix A(rows, columns);
  for (double& value : A.reshaped()) value = 2 * random.uniform() - 1;
  return A;
}

/// Layers of these widths, features first: ReLU between, linear at the end.
inline learn::embedding::Layers random_layers(const std::vector<Index>& widths, std::uint64_t seed) {
  learn::embedding::Layers layers;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const bool last = l + 2 == widths.size();
    layers.push_back({random_matrix(widths[l + 1], widths[l], seed + l), random_matrix(widths[l + 1], 1, seed + l + 50),
                      last ? metric::Activation::linear : metric::Activation::relu});
  }
  return layers;
}

/// The largest difference between a gradient and central differences of `loss`, relative to the gradient's largest
/// entry, over all weights and biases.
template <class Loss>
double gradient_error(learn::embedding::Layers layers, const learn::embedding::Layers& gradient, Loss&& loss) {
  constexpr double kStep = 1e-6;
  double worst = 0, largest = 0;
  const auto compare = [&](double& weight, double claimed) {
    const double at = weight;
    weight = at + kStep;
    const double above = loss(layers);
    weight = at - kStep;
    const double below = loss(layers);
    weight = at;
    worst = std::max(worst, std::abs((above - below) / (2 * kStep) - claimed));
    largest = std::max(largest, std::abs(claimed));
  };
  for (std::size_t l = 0; l < layers.size(); ++l) {
    for (Index i = 0; i < layers[l].weights.rows(); ++i) {
      for (Index j = 0; j < layers[l].weights.cols(); ++j) compare(layers[l].weights(i, j), gradient[l].weights(i, j));
      compare(layers[l].bias(i), gradient[l].bias(i));
    }
  }
  return worst / std::max(largest, 1e-300);
}

}  // namespace maha::test
