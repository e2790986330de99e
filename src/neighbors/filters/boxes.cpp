#include "neighbors/filters/boxes.hpp"

#include <algorithm>

namespace maha::neighbors {

Box::Box(const MatrixRef& X, std::span<const Index> ids) : low(X.row(ids.front())), high(low) {
  for (const Index id : ids) {
    low = low.cwiseMin(X.row(id));
    high = high.cwiseMax(X.row(id));
  }
}

Boxes::Boxes(Index count, Index depth)
    : count_(count),
      padded_((count + kLanes - 1) / kLanes * kLanes),
      depth_(depth),
      low_(padded_ * depth),
      high_(padded_ * depth) {}

void Boxes::set(Index i, const Box& box) {
  for (Index c = 0; c < depth_; ++c) {
    low_.data()[c * padded_ + i] = round_down(box.low[c]);
    high_.data()[c * padded_ + i] = round_up(box.high[c]);
  }
}

void Boxes::set_point(Index i, const double* x) {
  for (Index c = 0; c < depth_; ++c) {
    low_.data()[c * padded_ + i] = high_.data()[c * padded_ + i] = static_cast<float>(x[c]);
  }
}

void Boxes::bound(Boxes& around) const {
  for (Index c = 0; c < depth_; ++c) {
    const float *low = low_.data() + c * padded_, *high = high_.data() + c * padded_;
    around.low_.data()[c * around.padded_] = *std::min_element(low, low + count_);
    around.high_.data()[c * around.padded_] = *std::max_element(high, high + count_);
  }
}

template <bool kCentres>
void Boxes::compare(const Boxes& other, Index j, float* squared, float* centres) const {
  using Lanes = Eigen::Array<float, kLanes, 1>;
  for (Index first = 0; first < padded_; first += kLanes) {
    Lanes gap = Lanes::Zero(), apart = Lanes::Zero();
    for (Index c = 0; c < depth_; ++c) {
      const Eigen::Map<const Lanes, Eigen::Aligned64> low(low_.data() + c * padded_ + first);
      const Eigen::Map<const Lanes, Eigen::Aligned64> high(high_.data() + c * padded_ + first);
      const Lanes below = low - other.high_.data()[c * other.padded_ + j];
      const Lanes above = other.low_.data()[c * other.padded_ + j] - high;
      gap += below.max(above).max(0.0f).square();
      if constexpr (kCentres) apart += (below - above).square();
    }
    Eigen::Map<Lanes>{squared + first} = gap;
    if constexpr (kCentres) Eigen::Map<Lanes>{centres + first} = apart;
  }
}

void Boxes::gaps(const Boxes& other, Index j, float* squared) const { compare<false>(other, j, squared, nullptr); }

void Boxes::gaps_and_centres(const Boxes& other, Index j, float* squared, float* centres) const {
  compare<true>(other, j, squared, centres);
}

}  // namespace maha::neighbors
