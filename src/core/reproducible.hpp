#pragma once

namespace maha {

/// To be called first by a program that is to compute the same bits on every machine, as the tools do: Eigen cuts its
/// products by the cache sizes that it finds, and the cut decides how sums are rounded. From here on it takes those of
/// the processors that we build for, in all of the program.
void compute_alike_everywhere();

}  // namespace maha
