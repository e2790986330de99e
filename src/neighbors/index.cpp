#include "neighbors/index.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "linalg/wide_square.hpp"
#include "neighbors/distance.hpp"
#include "neighbors/engine.hpp"
#include "neighbors/kernels/choice.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kFewQueries = 32;  // fewer are answered before the rows would be prepared

/// The most that the filters keep of a row, in bytes; docs/neighbors.md says of what.
double bytes_of_filters(Index dims) {
  const auto d = static_cast<double>(dims);
  return dims <= 32 ? 12 * d + 30 : dims <= 96 ? 850 : 650 + d;
}

/// Whether there is memory for what the filters keep, beside the rows where these take any.
bool has_room_for_filters(const SharedRows& reference) {
  const auto n = static_cast<double>(reference.rows()), d = static_cast<double>(reference.cols());
  const double held = reference.stand_elsewhere() ? 0 : static_cast<double>(sizeof(double)) * n * d;
  return held + n * bytes_of_filters(reference.cols()) <= memory_at_hand();
}

void check_queries(const SharedRows& reference, const MatrixRef& queries, const Threads& threads) {
  if (queries.cols() != reference.cols()) {
    throw InputError("queries have " + std::to_string(queries.cols()) + " coordinates, the reference rows have " +
                     std::to_string(reference.cols()));
  }
  largest_coordinate(queries, "queries", threads);
}

/// A squared radius that includes all rows that may count: the given one, or a larger one if its square is out of
/// range.
double generous_square(const Radius& radius) {
  if (std::isinf(radius.most)) return radius.most;
  const double squared = radius.is_squared ? radius.most : radius.most * radius.most;
  if (linalg::is_safe_square(squared)) return radius.is_squared ? squared : largest_squared(radius.most);
  return squared < 1 ? 0x1p-950 : std::numeric_limits<double>::infinity();
}

/// Those of the rows found that are within the radius.
RangeLists those_within(const RangeLists& found, const Radius& radius) {
  RangeLists kept;
  kept.first = found.first;
  for (Index q = 0; q < found.size(); ++q) {
    for (auto s = static_cast<std::size_t>(found.start[static_cast<std::size_t>(q)]);
         s < static_cast<std::size_t>(found.start[static_cast<std::size_t>(q) + 1]); ++s) {
      const double distance = found.distance(s);
      if (radius.is_squared ? found.squared[s] > radius.most : distance > radius.most) continue;
      kept.index.push_back(found.index[s]);
      kept.squared.push_back(found.squared[s]);
      kept.lengths.push_back(distance);
    }
    kept.start.push_back(static_cast<Index>(kept.index.size()));
  }
  return kept;
}

RangeVisitor only_within(const Radius& radius, const RangeVisitor& visit) {
  const double squared = radius.is_squared ? radius.most : radius.most * radius.most;
  if (linalg::is_safe_square(squared) || std::isinf(radius.most)) return visit;
  return [radius, &visit](const RangeLists& found) { visit(those_within(found, radius)); };
}

}  // namespace

double largest_coordinate(const MatrixRef& rows, const char* what, const Threads& threads) {
  constexpr Index kTile = 256;
  std::vector<double> largest(static_cast<std::size_t>((rows.rows() + kTile - 1) / kTile), 0.0);
  threads.for_ranges(rows.rows(), kTile, [&](Index begin, Index end) {
    const auto tile = rows.middleRows(begin, end - begin);
    const double most = tile.size() == 0 ? 0.0 : tile.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
    if (!std::isfinite(most)) {
      Index row = begin;
      while (rows.row(row).allFinite()) ++row;
      throw InputError("the coordinates of row " + std::to_string(row + 1) + " of the " + what +
                       " are not finite: values are too large for this distance");
    }
    largest[static_cast<std::size_t>(begin / kTile)] = most;
  });
  return largest.empty() ? 0.0 : *std::max_element(largest.begin(), largest.end());
}

NeighborIndex::Engine::Engine(SharedRows reference, const Threads& threads, const TileKernel& kernel)
    : reference_(std::move(reference)),
      largest_(largest_coordinate(reference_, "reference rows", threads)),
      kernel_(kernel) {}

const PreparedRows* NeighborIndex::Engine::prepared_for(Index queries, std::span<const int> labels,
                                                        const Threads& threads) const {
  const std::lock_guard lock(mutex_);
  queries_seen_ += queries;
  if (!tried_ && queries_seen_ >= kFewQueries && reference_.size() > 0) {
    tried_ = true;
    if (!has_room_for_filters(reference_)) return nullptr;
    Rotation rotation(reference_, largest_, kernel_);
    const bool fit = static_cast<Index>(labels.size()) == reference_.rows();
    if (rotation.usable()) {
      prepared_ = std::make_unique<const PreparedRows>(reference_, std::move(rotation),
                                                       fit ? labels : std::span<const int>(), kernel_, threads);
    }
  }
  return prepared_.get();
}

NeighborIndex::NeighborIndex(SharedRows reference, const Threads& threads)
    : NeighborIndex(std::move(reference), threads, kernel_asked_for()) {}
NeighborIndex::NeighborIndex(SharedRows reference, const Threads& threads, const TileKernel& kernel)
    : engine_(std::make_unique<Engine>(std::move(reference), threads, kernel)) {}
NeighborIndex::~NeighborIndex() = default;
NeighborIndex::NeighborIndex(NeighborIndex&&) noexcept = default;
NeighborIndex& NeighborIndex::operator=(NeighborIndex&&) noexcept = default;

Index NeighborIndex::rows() const { return engine_->reference().rows(); }
const SharedRows& NeighborIndex::reference() const { return engine_->reference(); }

NeighborLists NeighborIndex::nearest(const MatrixRef& queries, Index k, const Threads& threads) const {
  const SharedRows& reference = engine_->reference();
  check_queries(reference, queries, threads);
  return search_nearest(
      {reference, engine_->prepared_for(queries.rows(), {}, threads), engine_->kernel(), queries, false}, k, threads);
}

NeighborLists NeighborIndex::nearest_other(Index k, const Threads& threads, const Ranks& ranks) const {
  const SharedRows& reference = engine_->reference();
  const MatrixRef rows = reference;
  return search_nearest(
      {reference, engine_->prepared_for(rows.rows(), {}, threads), engine_->kernel(), rows, true, &ranks}, k, threads);
}

void NeighborIndex::within(const MatrixRef& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
                           const UnlikeOnly& unlike, const Threads& threads) const {
  const SharedRows& reference = engine_->reference();
  check_queries(reference, queries, threads);
  search_within(
      {reference, engine_->prepared_for(queries.rows(), unlike.reference, threads), engine_->kernel(), queries, false},
      squared_radius, visit, unlike, threads);
}

void NeighborIndex::within_radius(const MatrixRef& queries, const Radius& radius, const RangeVisitor& visit,
                                  const Threads& threads) const {
  const std::vector<double> squared(static_cast<std::size_t>(queries.rows()), generous_square(radius));
  within(queries, squared, only_within(radius, visit), {}, threads);
}

void NeighborIndex::within_radius_of_others(const Radius& radius, const RangeVisitor& visit,
                                            const Threads& threads) const {
  const std::vector<double> squared(static_cast<std::size_t>(rows()), generous_square(radius));
  within_other(squared, only_within(radius, visit), {}, threads);
}

void NeighborIndex::within_other(std::span<const double> squared_radius, const RangeVisitor& visit,
                                 std::span<const int> labels, const Threads& threads, const Ranks& ranks) const {
  const SharedRows& reference = engine_->reference();
  const MatrixRef rows = reference;
  search_within({reference, engine_->prepared_for(rows.rows(), labels, threads), engine_->kernel(), rows, true, &ranks},
                squared_radius, visit, {labels, labels}, threads);
}

}  // namespace maha::neighbors
