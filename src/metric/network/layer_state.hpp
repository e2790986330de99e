#pragma once

#include "core/checkpoint.hpp"
#include "metric/network/network.hpp"

namespace maha::metric {

/// For the state of a fit.
inline void visit(State& state, Layer& layer) { state(layer.weights, layer.bias, layer.activation); }

}  // namespace maha::metric
