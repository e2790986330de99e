#pragma once

#include <optional>

#include "cli/options.hpp"
#include "core/report.hpp"
#include "data/model.hpp"
#include "learn/embedding_training.hpp"
#include "learn/preprocessing.hpp"

namespace maha::cli {

/// The options of how an embedding is trained, which the learners of networks share.
class TrainingControl {
 public:
  /// Declares --layers, --learning-rate, --weight-decay, --batch, --batch-classes, --epochs, --patience, --validation,
  /// --seed.
  void declare(Options& all, TrainingOptions& options);

  /// Throws UsageError if one is out of range.
  static void check(const TrainingOptions& options);

  /// Starts from a model over the raw features; its widths are taken over unless --layers was given.
  void start_from(const Model& init, const Preprocessing& prepared, TrainingOptions& options) const;

  /// What a model records of them.
  static Report parameters(const TrainingOptions& options);

 private:
  bool layers_given_ = false;
};

}  // namespace maha::cli
