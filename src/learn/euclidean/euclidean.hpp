#pragma once

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::euclidean {

struct EuclideanOptions {};

/// It has no options of its own.
inline void declare(OptionList&, EuclideanOptions&) {}

/// The Euclidean distance, M = I. Nothing is learned.
inline Fit fit_euclidean(const Samples& samples, const EuclideanOptions&, const Run&) {
  return {.metric = metric::Metric::euclidean(samples.X.cols())};
}

}  // namespace maha::learn::euclidean
