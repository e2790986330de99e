#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Floats (zeros at first) aligned as the kernels load them.
class AlignedFloats {
 public:
  explicit AlignedFloats(Index size = 0) : storage_(static_cast<std::size_t>(size + kAlign)) {}
  float* data() { return storage_.data() + offset(); }
  const float* data() const { return storage_.data() + offset(); }

 private:
  static constexpr Index kAlign = 16;
  std::size_t offset() const {
    return (64 - reinterpret_cast<std::uintptr_t>(storage_.data()) % 64) % 64 / sizeof(float);
  }
  std::vector<float> storage_;
};

}  // namespace maha
