#pragma once

#include <string>

#include "learn/embedding/triplet.hpp"

namespace maha::cli {

/// `sampler,from,to,share,expected,idle`, a line for each sampler and bin of distances.
std::string sampling_csv(const SamplingReport& report);

/// One line: the share of each sampler's triplets that contribute nothing.
std::string idle_summary(const SamplingReport& report);

}  // namespace maha::cli
