#pragma once

#include "learn/embedding/training/network_pass.hpp"
#include "metric/network/layer_state.hpp"

namespace maha::learn::embedding {

/// Adam (Kingma & Ba, ICLR 2015, Algorithm 1: beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) with decoupled weight decay
/// (Loshchilov & Hutter, ICLR 2019, Algorithm 2). With m and v the bias-corrected running means of the gradient g and
/// g^2,
///   w <- w - rate (m / (sqrt(v) + epsilon) + decay w).
/// The layers' biases do not decay.
class Adam {
 public:
  explicit Adam(double decay) : decay_(decay) {}

  /// One step on all weights. All gradients must have the shape of the first one.
  void step(Layers& layers, const Layers& gradient, double rate, const Threads& threads);

  /// Forgets the running means.
  void restart() { *this = Adam(decay_); }

  /// What the next step depends on beside the weights.
  void visit(State& state);

 private:
  double decay_;
  double unbias1_ = 1, unbias2_ = 1;  // beta^t
  Layers mean_, square_;
};

}  // namespace maha::learn::embedding
