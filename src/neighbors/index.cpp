#include "neighbors/index.hpp"

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "neighbors/engine.hpp"

namespace maha {
namespace {

constexpr Index kFewQueries = 32;  // fewer are answered sooner than the rows are prepared

void check_queries(const Matrix& reference, const MatrixRef& queries, const Threads& threads) {
  if (queries.cols() != reference.cols()) {
    throw InputError("queries have " + std::to_string(queries.cols()) + " coordinates, the reference rows have " +
                     std::to_string(reference.cols()));
  }
  largest_coordinate(queries, "queries", threads);
}

}  // namespace

double largest_coordinate(const MatrixRef& rows, const char* what, const Threads& threads) {
  constexpr Index kTile = 256;
  std::vector<double> largest(static_cast<std::size_t>((rows.rows() + kTile - 1) / kTile), 0.0);
  threads.for_ranges(rows.rows(), kTile, [&](Index begin, Index end) {
    const auto tile = rows.middleRows(begin, end - begin);
    const double most = tile.size() == 0 ? 0.0 : tile.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
    if (!std::isfinite(most)) {
      throw InputError(std::string("every coordinate of the ") + what + " must be finite (rows " +
                       std::to_string(begin + 1) + " to " + std::to_string(end) + ")");
    }
    largest[static_cast<std::size_t>(begin / kTile)] = most;
  });
  return largest.empty() ? 0.0 : *std::max_element(largest.begin(), largest.end());
}

NeighborIndex::Engine::Engine(Matrix reference, const Threads& threads)
    : reference_(std::move(reference)), largest_(largest_coordinate(reference_, "reference rows", threads)) {}

const PreparedRows* NeighborIndex::Engine::prepared_for(Index queries, std::span<const int> labels,
                                                        const Threads& threads) const {
  const std::lock_guard lock(mutex_);
  queries_seen_ += queries;
  if (!tried_ && queries_seen_ >= kFewQueries && reference_.size() > 0) {
    tried_ = true;
    Rotation rotation(reference_, largest_);
    const bool fit = static_cast<Index>(labels.size()) == reference_.rows();
    if (rotation.usable()) {
      prepared_ = std::make_unique<const PreparedRows>(reference_, std::move(rotation),
                                                       fit ? labels : std::span<const int>(), threads);
    }
  }
  return prepared_.get();
}

NeighborIndex::NeighborIndex(Matrix reference, const Threads& threads)
    : engine_(std::make_unique<Engine>(std::move(reference), threads)) {}
NeighborIndex::~NeighborIndex() = default;
NeighborIndex::NeighborIndex(NeighborIndex&&) noexcept = default;
NeighborIndex& NeighborIndex::operator=(NeighborIndex&&) noexcept = default;

Index NeighborIndex::rows() const { return engine_->reference().rows(); }
Index NeighborIndex::dims() const { return engine_->reference().cols(); }
const Matrix& NeighborIndex::reference() const { return engine_->reference(); }

NeighborLists NeighborIndex::nearest(const MatrixRef& queries, Index k, const Threads& threads) const {
  const Matrix& reference = engine_->reference();
  check_queries(reference, queries, threads);
  return search_nearest({reference, engine_->prepared_for(queries.rows(), {}, threads), queries, false}, k, threads);
}

NeighborLists NeighborIndex::nearest_other(Index k, const Threads& threads) const {
  const Matrix& reference = engine_->reference();
  const MatrixRef rows = reference;
  return search_nearest({reference, engine_->prepared_for(rows.rows(), {}, threads), rows, true}, k, threads);
}

void NeighborIndex::within(const MatrixRef& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
                           const UnlikeOnly& unlike, const Threads& threads) const {
  const Matrix& reference = engine_->reference();
  check_queries(reference, queries, threads);
  search_within({reference, engine_->prepared_for(queries.rows(), unlike.reference, threads), queries, false},
                squared_radius, visit, unlike, threads);
}

void NeighborIndex::within_other(std::span<const double> squared_radius, const RangeVisitor& visit,
                                 std::span<const int> labels, const Threads& threads) const {
  const Matrix& reference = engine_->reference();
  const MatrixRef rows = reference;
  search_within({reference, engine_->prepared_for(rows.rows(), labels, threads), rows, true}, squared_radius, visit,
                {labels, labels}, threads);
}

}  // namespace maha
