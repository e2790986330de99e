#include "neighbors/filters/byte_blocks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/random.hpp"
#include "neighbors/kernels/choice.hpp"
#include "unit/neighbors/filter_problem.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

LargeMatrix<float> normal_rows(Random& random, Index n, Index d, double deviation) {
  LargeMatrix<float> X(n, d);
  for (Index i = 0; i < n; ++i) {
    for (Index c = 0; c < d; ++c) X.row(i)[c] = static_cast<float>(normal(random) * deviation);
  }
  return X;
}

/// beta in float64.
Eigen::Array<double, 1, kByteWidth> exact_beta(const float* fine, Index width) {
  Eigen::Array<double, 1, kByteWidth> beta = fold(fine, width).cast<double>();
  if (width > kByteWidth) {
    const Index rest = width - kByteWidth + 1;
    beta[kByteWidth - 1] = Eigen::Map<const Eigen::VectorXf>(fine + kByteWidth - 1, rest).cast<double>().norm();
  }
  return beta;
}

double distance(const float* a, const float* b, Index d) {
  double squared = 0;
  for (Index c = 0; c < d; ++c) squared += std::pow(static_cast<double>(a[c]) - static_cast<double>(b[c]), 2);
  return std::sqrt(squared);
}

/// One block of all rows, in bytes.
struct OneBlock {
  std::vector<Index> ids;
  std::vector<Block> blocks;
  ByteBlocks bytes;

  explicit OneBlock(const LargeMatrix<float>& fine)
      : ids(static_cast<std::size_t>(fine.rows())),
        blocks{{ids, RowVector(), 0, 0, 0, nullptr}},
        bytes(numbered(), fine, Threads(1)) {}

  const std::vector<Block>& numbered() {
    std::iota(ids.begin(), ids.end(), Index{0});
    return blocks;
  }
};

int byte_of(const std::uint8_t* panels, Index row, Index c) {
  return panels[row / kPanelRows * kBytePanel + (c / 4 + 1) * 4 * kPanelRows + row % kPanelRows * 4 + c % 4] -
         kByteOffset;
}

/// w . (y + kByteOffset) - floor(|y|^2 / 2)
std::int32_t score(const std::uint8_t* panels, Index row, const std::int8_t* w) {
  int sum = 0, squared = 0;
  for (Index c = 0; c < kByteWidth; ++c) {
    const int y = byte_of(panels, row, c);
    sum += w[c] * (y + kByteOffset);
    squared += y * y;
  }
  return sum - squared / 2;
}

}  // namespace

TEST_CASE("folding shortens distances, and keeps norms") {
  Random random(1);
  for (const Index width : {16, 48, 64, 96}) {
    const LargeMatrix<float> X = normal_rows(random, 40, width, 3.0);
    const std::vector<float> origin(static_cast<std::size_t>(width), 0.0f);
    for (Index i = 0; i + 1 < X.rows(); ++i) {
      const auto a = exact_beta(X.row(i), width), b = exact_beta(X.row(i + 1), width);
      CHECK((a - fold(X.row(i), width).cast<double>()).matrix().norm() <= 0x1p-24 * std::abs(a[kByteWidth - 1]));
      CHECK(a.matrix().norm() == doctest::Approx(distance(X.row(i), origin.data(), width)));
      CHECK((a - b).matrix().norm() <= distance(X.row(i), X.row(i + 1), width) * (1 + 1e-12));
    }
  }
}

TEST_CASE("in bytes no row within reach is ruled out, and few are kept that are out of it by more than rounding") {
  Random random(2);
  int lost = 0, kept = 0, found = 0;
  for (int problem = 0; problem < 60; ++problem) {
    const Index n = 1 + random.below(70), width = 16 * (1 + random.below(6));
    const double size = std::pow(10.0, static_cast<double>(random.below(25)) - 12);
    const LargeMatrix<float> X = normal_rows(random, n, width, size);
    const OneBlock block(X);
    const ByteBlock& bytes = block.bytes[0];
    for (int query = 0; query < 30; ++query) {
      const double away = query % 3 == 0 ? 100.0 : 1.0;
      const LargeMatrix<float> q = normal_rows(random, 1, width, size * away);
      const Folded beta = fold(q.row(0), width);
      const auto away_from = [&](Index r) {
        return (exact_beta(q.row(0), width) - exact_beta(X.row(r), width)).matrix().norm();
      };
      const double reach = away_from(random.below(n)) * (query % 2 == 0 ? 1.0 : 0.7);
      std::vector<std::int8_t> w(kByteWidth);
      const auto least = bytes.threshold(beta, reach, w.data());
      for (Index r = 0; r < n; ++r) {
        const bool passes = least && score(bytes.panels, r, w.data()) >= *least;
        if (away_from(r) <= reach) {
          ++found;
          lost += passes ? 0 : 1;
        } else if (passes && n >= 30 && away == 1.0 &&
                   away_from(r) > reach * (1 + 1e-6) + 8 * bytes.error * bytes.step) {
          ++kept;
        }
      }
    }
  }
  CHECK(found > 5000);
  CHECK(lost == 0);
  CHECK(kept < found / 100);
}

TEST_CASE("a query far out, equal rows, and an infinite reach stay finite") {
  LargeMatrix<float> X(40, 96);
  std::fill(X.row(0), X.row(40), 0.25f);
  const OneBlock block(X);
  const ByteBlock& bytes = block.bytes[0];
  std::vector<std::int8_t> w(kByteWidth);
  const Folded same = fold(X.row(0), 96);
  REQUIRE(bytes.threshold(same, 0.0, w.data()));
  CHECK(score(bytes.panels, 39, w.data()) >= *bytes.threshold(same, 0.0, w.data()));
  for (const double far : {1.0, 0x1p40}) {
    const Folded beta = same + far;
    if (far == 1.0) CHECK_FALSE(bytes.threshold(beta, far, w.data()));
    for (const double reach : {2 * far * std::sqrt(static_cast<double>(kByteWidth)), HUGE_VAL}) {
      const auto least = bytes.threshold(beta, reach, w.data());
      REQUIRE(least);
      CHECK(score(bytes.panels, 0, w.data()) >= *least);
    }
  }
}

TEST_CASE("the byte kernel finds the scores at or above the threshold, and no row that is not there") {
  const ByteHits byte_hits = kernels_here().back()->byte_hits;
  if (!byte_hits) return;
  Random random(3);
  for (const Index n : {1, 32, 75}) {
    const OneBlock block(normal_rows(random, n, 96, 1.0));
    const std::uint8_t* panels = block.bytes[0].panels;
    const Index queries = 13, rows = (n + kPanelRows - 1) / kPanelRows * kPanelRows;
    std::vector<std::int8_t> w(static_cast<std::size_t>(queries * kByteWidth));
    for (auto& byte : w) byte = static_cast<std::int8_t>(random.below(255) - 127);
    std::vector<std::int32_t> thresholds;
    for (Index q = 0; q < queries; ++q) {
      thresholds.push_back(q == 0 ? -(1 << 29) : score(panels, random.below(n), w.data() + q * kByteWidth));
    }
    std::vector<TileHit> hits(static_cast<std::size_t>(queries * rows));
    const TileHit* end = byte_hits({panels, rows / kPanelRows, w.data(), thresholds.data(), queries}, hits.data());
    std::vector<int> hit(hits.size(), 0);
    for (const TileHit* h = hits.data(); h != end; ++h) ++hit[static_cast<std::size_t>(h->query * rows + h->row)];
    int wrong = 0;
    for (Index q = 0; q < queries; ++q) {
      for (Index r = 0; r < rows; ++r) {
        const bool due =
            r < n && score(panels, r, w.data() + q * kByteWidth) >= thresholds[static_cast<std::size_t>(q)];
        if (hit[static_cast<std::size_t>(q * rows + r)] != (due ? 1 : 0)) ++wrong;
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("the tile kernel in bytes hits every row that counts, whether or not bytes suit the rows") {
  const TileKernel& kernel = kernel_named("");
  check_drops_nothing({33, 100, 200}, kernel, [&](FilterProblem& problem, Tally& tally) {
    const QueryTile& tile = problem.tile();
    const MappedRows& mapped = problem.prepared->mapped;
    if (mapped.fine.cols() == 0) return;  // fewer rows than axes
    const std::vector<Block>& blocks = problem.prepared->blocks.all();
    const ByteBlocks bytes(blocks, mapped.fine, Threads());
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const ByteBlock& block = bytes[static_cast<Index>(b)];
      ByteQueries queries;
      for (const auto& [q, row] : problem.pairs(blocks[b])) {
        queries.clear();
        const bool within =
            queries.add(block, fold(tile.fine(q), mapped.fine.cols()), problem.reach().fine(q, blocks[b].fine_error));
        const bool hit = within && score(block.panels, row, queries.bytes.data()) >= queries.thresholds.front();
        tally.add(problem.counts(q, problem.id(blocks[b], row)), hit);
      }
    }
  });
}
