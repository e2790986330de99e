#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/pairs.hpp"
#include "core/triplets.hpp"
#include "core/types.hpp"
#include "metric/metric.hpp"
#include "metric/network.hpp"

namespace maha {

/// What is learned: a Mahalanobis metric, or a network whose embedding has the distance.
using Learned = std::variant<Metric, Network>;

/// What a fit learns from: rows, and of the rest what it needs. A fit changes none of it.
struct Samples {
  Matrix X{};           ///< n x d, one sample a row, finite
  Labels y{};           ///< n class ids; empty without labels
  Pairs pairs{};        ///< of rows that are similar, or not
  Triplets triplets{};  ///< of rows: the anchor is nearer to one than to the other

  std::optional<Learned> init{};         ///< where to start
  std::optional<Metric> prior{};         ///< what to stay near to
  std::optional<Matrix> target_space{};  ///< n x q: rows between which target neighbours are nearest; X without

  std::vector<std::string> class_names{}, feature_names{};  ///< for messages; may be empty
};

/// The metric to start from, or nullptr. Throws InputError if it is a network, or over other features than the rows.
const Metric* start_metric(const Samples& samples);

}  // namespace maha
