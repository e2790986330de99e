#pragma once

namespace maha {

/// Makes a program compute the same bits on every machine; the tools call it first. Eigen cuts its products by the
/// cache sizes that it finds, and the cut affects how sums are rounded. From here on, the whole program uses the cache
/// sizes of the processors that we build for.
void compute_alike_everywhere();

}  // namespace maha
