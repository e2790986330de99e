#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"
#include "learn/declarations.hpp"
#include "learn/samples.hpp"

namespace maha::learn::embedding {

/// How an embedding is trained, whatever its loss.
struct TrainingOptions {
  std::vector<Index> layers{128, 32};  ///< widths of the hidden layers (ReLU), then of the output; empty: one of d
  double learning_rate = 1e-3;         ///< of Adam, > 0
  double weight_decay = 1e-4;          ///< decoupled, >= 0
  Index batch = 256;                   ///< rows, >= 4
  Index batch_classes = 32;            ///< classes in a batch, if there are so many; >= 2
  Index epochs = 200;                  ///< at most, >= 1
  Index patience = 10;                 ///< epochs without a better validation before the rate is lowered, >= 1
  double validation = 0.1;             ///< share of the rows held out, in [0, 1)
  std::uint64_t seed = 1;
};

/// The options of training, which maha-siamese and maha-triplet share.
void declare(OptionList& all, TrainingOptions& options);

/// Throws UsageError if an option is out of range.
void check(const TrainingOptions& options);

/// What both have: a start.
void describe(Hooks& hooks, TrainingOptions& options);

/// Sets the widths to those of the start, unless `all` was given others.
void adopt(TrainingOptions& options, const Learned& init, const OptionList& all);

/// The network itself, or a linear layer with the metric's distance. Throws InputError for the metric 0.
metric::Network network_of(const Learned& learned);

}  // namespace maha::learn::embedding
