#pragma once

#include "learn/embedding/network_pass.hpp"

namespace maha {

/// Adam (Kingma & Ba, ICLR 2015, Algorithm 1: beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) with decoupled weight decay
/// (Loshchilov & Hutter, ICLR 2019, Algorithm 2): with m, v the running means of the gradient g and of g^2, unbiased,
///   w <- w - rate (m / (sqrt(v) + epsilon) + decay w).
/// Biases do not decay.
class Adam {
 public:
  explicit Adam(double decay) : decay_(decay) {}

  /// One step on all weights. Every step's gradient has the shape of the first one's.
  void step(Layers& layers, const Layers& gradient, double rate, const Threads& threads);

  /// Forgets the means.
  void restart() { *this = Adam(decay_); }

 private:
  double decay_;
  double unbias1_ = 1, unbias2_ = 1;  // beta^t
  Layers mean_, square_;
};

}  // namespace maha
