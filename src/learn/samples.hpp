#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/pairs.hpp"
#include "core/quadruplets.hpp"
#include "core/shared_rows.hpp"
#include "core/triplets.hpp"
#include "core/types.hpp"
#include "metric/metric.hpp"
#include "metric/network/network.hpp"

namespace maha::learn {

/// What is learned: a Mahalanobis metric, or a network that embeds the rows.
using Learned = std::variant<metric::Metric, metric::Network>;

/// What a fit learns from: rows, and whatever else it needs. A fit does not change it.
struct Samples {
  SharedRows X{};       ///< n x d, one sample a row, finite
  Labels y{};           ///< n class ids; empty without labels
  Pairs pairs{};        ///< of similar or dissimilar rows
  Triplets triplets{};  ///< (anchor, near, far) rows

  std::optional<Learned> init{};          ///< where to start
  std::optional<metric::Metric> prior{};  ///< the metric to stay close to
  std::optional<Matrix> target_space{};   ///< n x q: the rows among which target neighbours are chosen; X if absent

  std::vector<std::string> class_names{}, feature_names{};  ///< for messages; may be empty

  Quadruplets quadruplets{};  ///< of rows i, j, k, l: i and j are nearer than k and l
  Labels chunks{};            ///< n: the set of each row whose rows are of one class, -1 for none; empty without chunks
  Vector target{};            ///< n numbers to predict, finite; empty without a target
};

/// The metric to start from, or nullptr. Throws InputError if it is a network or has another number of features.
const metric::Metric* start_metric(const Samples& samples);

/// The number of classes that occur. Throws InputError if it is not at least 2.
Index classes_of(const Samples& samples);

/// Throws InputError unless there are two classes at least, and two rows of one of them.
void require_pairs_of_class(const Samples& samples);

/// Throws InputError unless each triplet is of three different rows.
void require_triplets_of_rows(const Samples& samples);

}  // namespace maha::learn
