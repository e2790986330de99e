#include "neighbors/kernels/tile_kernel.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/machine/large_array.hpp"
#include "core/random.hpp"
#include "neighbors/kernels/choice.hpp"
#include "neighbors/rows/bounds.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("every kernel computes w.y - |y|^2/2 within its bound, and hits are the scores at or above the threshold") {
  Random random(1);
  for (const Index depth : {1, 5, 33}) {
    const Index panels = 3, queries = 13, rows = panels * kPanelRows;
    LargeArray<float> block(panels * (depth + 1) * kPanelRows);
    for (Index i = 0; i < panels * (depth + 1) * kPanelRows; ++i)
      block.data()[i] = static_cast<float>(random.uniform() - 0.5);
    std::vector<float> coordinates(static_cast<std::size_t>(queries * depth)), thresholds(queries);
    for (float& w : coordinates) w = static_cast<float>(random.uniform() - 0.5);
    for (float& t : thresholds) t = static_cast<float>(random.uniform() - 0.5);
    std::vector<const float*> query_rows;
    for (Index q = 0; q < queries; ++q) query_rows.push_back(coordinates.data() + q * depth);
    const TileBlock tile{block.data(), panels, depth};
    const TileQueries tile_queries{query_rows.data(), thresholds.data(), queries};
    for (const TileKernel* kernel : kernels_here()) {
      CAPTURE(kernel->name);
      std::vector<float> scores(static_cast<std::size_t>(queries * rows));
      kernel->scores(tile, tile_queries, scores.data());
      std::vector<TileHit> hits(scores.size());
      const TileHit* end = kernel->hits(tile, tile_queries, hits.data());
      std::vector<int> hit(scores.size(), 0);
      for (const TileHit* h = hits.data(); h != end; ++h) ++hit[static_cast<std::size_t>(h->query * rows + h->row)];
      int wrong_scores = 0, wrong_hits = 0;
      for (Index q = 0; q < queries; ++q) {
        for (Index r = 0; r < rows; ++r) {
          const float* panel = block.data() + r / kPanelRows * (depth + 1) * kPanelRows + r % kPanelRows;
          double exact = static_cast<double>(panel[0]), absolute = std::abs(exact);
          for (Index c = 0; c < depth; ++c) {
            const double term = static_cast<double>(query_rows[static_cast<std::size_t>(q)][c]) *
                                static_cast<double>(panel[(c + 1) * kPanelRows]);
            exact += term;
            absolute += std::abs(term);
          }
          const auto place = static_cast<std::size_t>(q * rows + r);
          if (std::abs(static_cast<double>(scores[place]) - exact) > gamma32(depth + 1) * absolute) ++wrong_scores;
          if (hit[place] != (scores[place] >= thresholds[static_cast<std::size_t>(q)] ? 1 : 0)) ++wrong_hits;
        }
      }
      CHECK(wrong_scores == 0);
      CHECK(wrong_hits == 0);
    }
  }
}

TEST_CASE("rows that fill up a panel never hit") {
  std::vector<float> query{3.0f}, threshold{-std::numeric_limits<float>::max()};
  LargeArray<float> block(2 * kPanelRows);
  for (Index r = 0; r < kPanelRows; ++r) {
    block.data()[r] = r < 5 ? -0.5f : -std::numeric_limits<float>::infinity();
    block.data()[kPanelRows + r] = r < 5 ? 1.0f : 0.0f;
  }
  const float* row = query.data();
  for (const TileKernel* kernel : kernels_here()) {
    std::vector<TileHit> hits(kPanelRows);
    CHECK(kernel->hits({block.data(), 1, 1}, {&row, threshold.data(), 1}, hits.data()) - hits.data() == 5);
  }
}

TEST_CASE("every kernel measures pairs within its bound") {
  Random random(2);
  for (const Index width : {16, 96}) {
    const Index count = 21;
    std::vector<float> values(static_cast<std::size_t>(2 * count * width));
    for (float& value : values) value = static_cast<float>(random.uniform() - 0.5);
    std::vector<const float*> a, b;
    for (Index i = 0; i < count; ++i) {
      a.push_back(values.data() + 2 * i * width);
      b.push_back(values.data() + (2 * i + 1) * width);
    }
    for (const TileKernel* kernel : kernels_here()) {
      CAPTURE(kernel->name);
      std::vector<float> squared(static_cast<std::size_t>(count));
      kernel->distances({a.data(), b.data(), count, width}, squared.data());
      int wrong = 0;
      for (std::size_t i = 0; i < squared.size(); ++i) {
        double exact = 0;
        for (Index c = 0; c < width; ++c)
          exact += std::pow(static_cast<double>(a[i][c]) - static_cast<double>(b[i][c]), 2);
        if (std::abs(static_cast<double>(squared[i]) - exact) > gamma32(width + 2) * exact) ++wrong;
      }
      CHECK(wrong == 0);
    }
  }
}

TEST_CASE("every kernel multiplies bytes exactly, extremes included") {
  Random random(3);
  for (const Index width : {64, 192, 832}) {
    const Index count = 11;
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(2 * count * width));
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(kByteOffset - 127 + random.below(255));
    std::fill_n(bytes.begin(), 2 * width, static_cast<std::uint8_t>(kByteOffset + 127));
    std::fill_n(bytes.begin() + 2 * width, width, static_cast<std::uint8_t>(kByteOffset - 127));
    std::vector<const std::uint8_t*> a, b;
    for (Index i = 0; i < count; ++i) {
      a.push_back(bytes.data() + 2 * i * width);
      b.push_back(bytes.data() + (2 * i + 1) * width);
    }
    for (const TileKernel* kernel : kernels_here()) {
      CAPTURE(kernel->name);
      std::vector<std::int32_t> products(static_cast<std::size_t>(count));
      kernel->dots({a.data(), b.data(), count, width}, products.data());
      int wrong = 0;
      for (std::size_t i = 0; i < products.size(); ++i) {
        std::int32_t exact = 0;
        for (Index c = 0; c < width; ++c) exact += (a[i][c] - kByteOffset) * b[i][c];
        if (products[i] != exact) ++wrong;
      }
      CHECK(wrong == 0);
    }
  }
}
