#include "learn/embedding/training/adam.hpp"

#include <cmath>

namespace maha::learn::embedding {
namespace {

constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;  // the paper's defaults
constexpr Index kWeightTile = 1 << 14;                           // weights a thread updates at a time: fits in cache

Layers zeros_like(const Layers& layers) {
  Layers zeros = layers;
  for (metric::Layer& layer : zeros) {
    layer.weights.setZero();
    layer.bias.setZero();
  }
  return zeros;
}

}  // namespace

void Adam::visit(State& state) { state(unbias1_, unbias2_, mean_, square_); }

void Adam::step(Layers& layers, const Layers& gradient, double rate, const Threads& threads) {
  if (mean_.empty()) mean_ = square_ = zeros_like(gradient);
  unbias1_ *= kBeta1;
  unbias2_ *= kBeta2;
  const double to_mean = 1 / (1 - unbias1_), to_square = 1 / (1 - unbias2_);
  const auto update = [&](double* w, const double* g, double* m, double* v, Index size, double decay) {
    threads.for_ranges(size, kWeightTile, [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) {
        m[i] = kBeta1 * m[i] + (1 - kBeta1) * g[i];
        v[i] = kBeta2 * v[i] + (1 - kBeta2) * g[i] * g[i];
        w[i] -= rate * (m[i] * to_mean / (std::sqrt(v[i] * to_square) + kEpsilon) + decay * w[i]);
      }
    });
  };
  for (std::size_t l = 0; l < layers.size(); ++l) {
    metric::Layer &layer = layers[l], &mean = mean_[l], &square = square_[l];
    update(layer.weights.data(), gradient[l].weights.data(), mean.weights.data(), square.weights.data(),
           layer.weights.size(), decay_);
    update(layer.bias.data(), gradient[l].bias.data(), mean.bias.data(), square.bias.data(), layer.bias.size(), 0);
  }
}

}  // namespace maha::learn::embedding
