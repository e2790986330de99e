#include "core/machine/reproducible.hpp"

#include <Eigen/Core>

namespace maha {

void compute_alike_everywhere() { Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20); }

}  // namespace maha
