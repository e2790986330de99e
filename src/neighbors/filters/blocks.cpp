#include "neighbors/filters/blocks.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>

namespace maha::neighbors {
namespace {

constexpr std::size_t kSampled = 256;  // rows of a part from which the coordinate to cut is chosen

Index widest_coordinate(const MatrixRef& X, std::span<const Index> ids) {
  RowVector sum = RowVector::Zero(X.cols()), squares = RowVector::Zero(X.cols()), difference(X.cols());
  const auto origin = X.row(ids.front());
  const std::size_t step = std::max<std::size_t>(1, ids.size() / kSampled);
  Index count = 0;
  for (std::size_t i = 0; i < ids.size(); i += step, ++count) {
    difference = X.row(ids[i]) - origin;
    sum += difference;
    squares += difference.cwiseAbs2();
  }
  Index widest = 0;
  (squares - sum.cwiseAbs2() / static_cast<double>(count)).maxCoeff(&widest);
  return widest;
}

/// The coordinate to cut, in float32, and the row (below 2^32) as one number that sorts like the pair.
using Key = std::uint64_t;

Key key_of(double coordinate, Index row) {
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(coordinate));
  const std::uint32_t ordered = bits >> 31 != 0 ? ~bits : bits | 0x80000000u;
  return static_cast<Key>(ordered) << 32 | static_cast<std::uint32_t>(row);
}

void split(const MatrixRef& X, std::span<Index> ids, Index leaf, std::span<Key> keys) {
  if (static_cast<Index>(ids.size()) <= leaf) return;
  const double* column = X.data() + widest_coordinate(X, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) keys[i] = key_of(column[ids[i] * X.outerStride()], ids[i]);
  const Index leaves = (static_cast<Index>(ids.size()) + leaf - 1) / leaf;
  const auto left = static_cast<std::size_t>(leaves / 2 * leaf);
  std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(left), keys.begin() + ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<Index>(keys[i] & 0xffffffffu);
  split(X, ids.first(left), leaf, keys);
  split(X, ids.subspan(left), leaf, keys);
}

/// Writes the panels of the block's rows relative to its centre; returns the largest norm.
double pack(const MatrixRef& X, const Block& block, float* panels) {
  const std::span<const Index> ids = block.ids;
  const Index depth = X.cols();
  double largest = 0;
  for (Index r = 0; r < panels_of(block) * kPanelRows; ++r) {
    float* panel = panels + r / kPanelRows * (depth + 1) * kPanelRows + r % kPanelRows;
    if (r >= static_cast<Index>(ids.size())) {
      *panel = -std::numeric_limits<float>::infinity();
      for (Index c = 1; c <= depth; ++c) panel[c * kPanelRows] = 0;
      continue;
    }
    const double* row = X.data() + ids[static_cast<std::size_t>(r)] * depth;
    double squared = 0;
    for (Index c = 0; c < depth; ++c) {
      const auto y = static_cast<float>(row[c] - block.centre[c]);
      panel[(c + 1) * kPanelRows] = y;
      squared += static_cast<double>(y) * static_cast<double>(y);
    }
    *panel = static_cast<float>(-squared / 2);
    largest = std::max(largest, squared);
  }
  return std::sqrt(largest);
}

}  // namespace

void order_by_kd_split(const MatrixRef& X, std::span<Index> ids, Index leaf) {
  std::vector<Key> keys(ids.size());
  split(X, ids, leaf, keys);
}

Blocks::Blocks(const MappedRows& rows, std::span<const int> labels, Index leaf, const Threads& threads)
    : depth_(rows.coarse.cols()), order_(static_cast<std::size_t>(rows.coarse.rows())), boxes_(0, 0) {
  const MatrixRef X = rows.coarse.view();
  std::iota(order_.begin(), order_.end(), Index{0});
  if (labels.empty()) {
    cut(X, 0, X.rows(), leaf);
  } else {
    const auto label = [&](Index id) { return labels[static_cast<std::size_t>(id)]; };
    std::stable_sort(order_.begin(), order_.end(), [&](Index a, Index b) { return label(a) < label(b); });
    for (Index begin = 0, end = 0; begin < X.rows(); begin = end) {
      while (end < X.rows() &&
             label(order_[static_cast<std::size_t>(end)]) == label(order_[static_cast<std::size_t>(begin)]))
        ++end;
      cut(X, begin, end, leaf);
    }
  }
  std::vector<Index> first_panel{0};
  for (const Block& block : blocks_) {
    first_panel.push_back(first_panel.back() + panels_of(block));
  }
  panels_ = LargeArray<float>(first_panel.back() * kPanelRows * (depth_ + 1));
  boxes_ = Boxes(static_cast<Index>(blocks_.size()), depth_);
  threads.for_tiles(static_cast<Index>(blocks_.size()), [&](Index b) {
    Block& block = blocks_[static_cast<std::size_t>(b)];
    float* panels = panels_.data() + first_panel[static_cast<std::size_t>(b)] * kPanelRows * (depth_ + 1);
    const Box box(X, block.ids);
    boxes_.set(b, box);
    block.centre = (box.low + box.high) / 2;
    block.radius = pack(X, block, panels);
    block.panels = panels;
    for (const Index id : block.ids) {
      block.coarse_error = std::max(block.coarse_error, rows.coarse_error[id]);
      block.fine_error = std::max(block.fine_error, rows.fine_error[id]);
    }
  });
}

void Blocks::cut(const MatrixRef& X, Index begin, Index end, Index leaf) {
  const std::span<Index> ids =
      std::span(order_).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  order_by_kd_split(X, ids, leaf);
  for (std::size_t from = 0; from < ids.size(); from += static_cast<std::size_t>(leaf)) {
    const auto part = ids.subspan(from, std::min(ids.size() - from, static_cast<std::size_t>(leaf)));
    blocks_.push_back({part, RowVector(), 0.0, 0.0, 0.0, nullptr});
  }
}

}  // namespace maha::neighbors
