/// The engine against its definition, over thousands of inputs chosen to hurt: whatever the filters do, what comes out
/// is what comparing every pair in float64 gives, bit for bit.

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "core/random.hpp"
#include "neighbors/kernels/choice.hpp"
#include "unit/long_case.hpp"
#include "unit/neighbors/brute_force.hpp"
#include "unit/neighbors/hard_rows.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

/// Radii that are nothing, all, or exactly, just below or just above a distance that occurs.
std::vector<double> radii_for(Random& random, const Matrix& X, const Matrix& Q) {
  std::vector<double> radius;
  for (Index q = 0; q < Q.rows(); ++q) {
    const double squared =
        squared_distance(Q.data() + q * Q.cols(), X.data() + random.below(X.rows()) * X.cols(), X.cols());
    switch (random.below(6)) {
      case 0:
        radius.push_back(random.below(2) == 0 ? -1.0 : 0.0);
        break;
      case 1:
        radius.push_back(random.below(8) == 0 ? std::numeric_limits<double>::infinity() : squared / 2);
        break;
      case 2:
        radius.push_back(std::nextafter(squared, 0.0));
        break;
      case 3:
        radius.push_back(std::nextafter(squared, std::numeric_limits<double>::infinity()));
        break;
      default:
        radius.push_back(squared);
    }
  }
  return radius;
}

using Kernels = std::vector<const TileKernel*>;

/// Of the kernels that run here the fastest and one of the others, which take turns.
Kernels two_kernels(std::uint64_t turn) {
  const Kernels here = kernels_here();
  if (here.size() < 2) return here;
  return {here.back(), here[turn % (here.size() - 1)]};
}

/// What kernels find, and what comparing every pair does.
struct Twins {
  const Kernels& kernels;
  std::vector<NeighborIndex> indices;

  Twins(const Matrix& X, const Kernels& all) : kernels(all) {
    for (const TileKernel* kernel : kernels) indices.emplace_back(X, Threads(), *kernel);
  }

  /// "", or the kernel whose find(index) is another than `expected`.
  template <class Found, class Find>
  std::string odd_one(const Found& expected, Find&& find) const {
    for (std::size_t i = 0; i < indices.size(); ++i) {
      if (!same(find(indices[i]), expected)) return kernels[i]->name;
    }
    return "";
  }
};

/// One random problem, on some kernels; what differs from comparing every pair, if anything.
std::string failure(std::uint64_t seed, const Kernels& kernels, Kind kind, Index n, Index m, Index d,
                    bool leave_one_out = true) {
  Random random(seed);
  const Matrix X = rows_of(random, kind, n, d), Q = queries_for(random, kind, X, m);
  Labels y(static_cast<std::size_t>(n)), query_y(static_cast<std::size_t>(m));
  for (int& label : y) label = static_cast<int>(random.below(3));
  for (int& label : query_y) label = static_cast<int>(random.below(3));
  const Index k = 1 + (random.below(3) == 0 ? random.below(n) : random.below(std::min<Index>(n, 5)));
  const Twins twins(X, kernels), twins_by_class(X, kernels);
  const auto radius = radii_for(random, X, Q), own_radius = radii_for(random, X, X);
  const UnlikeOnly unlike = random.below(2) == 0 ? UnlikeOnly{} : UnlikeOnly{query_y, y};
  std::string odd;
  const auto differs = [&](const Twins& all, const char* search, const auto& expected, const auto& find) {
    const std::string kernel = all.odd_one(expected, find);
    if (!kernel.empty()) odd += std::string(search) + " on " + kernel + "; ";
  };
  differs(twins, "nearest", brute_nearest(X, Q, k, false), [&](const auto& index) { return index.nearest(Q, k); });
  differs(twins, "within", brute_within(X, Q, radius, unlike, false),
          [&](const auto& index) { return collect_within(index, Q, radius, unlike); });
  if (!leave_one_out) return odd;
  if (k < n) {
    differs(twins, "nearest_other", brute_nearest(X, X, k, true),
            [&](const auto& index) { return index.nearest_other(k); });
  }
  differs(twins_by_class, "within_other, by class", brute_within(X, X, own_radius, {y, y}, true),
          [&](const auto& index) { return collect_within_other(index, own_radius, y); });
  differs(twins, "within_other", brute_within(X, X, own_radius, {}, true),
          [&](const auto& index) { return collect_within_other(index, own_radius, {}); });
  return odd;
}

void check_kind(Kind kind, int problems, Index most_rows, std::initializer_list<Index> widths) {
  for (int i = 0; i < problems; ++i) {
    const std::uint64_t seed = static_cast<std::uint64_t>(kind) * 100000 + static_cast<std::uint64_t>(i);
    Random random(seed + 7);
    const Index d = widths.begin()[random.below(static_cast<Index>(widths.size()))];
    const Index n = 1 + random.below(most_rows), m = 32 + random.below(8);
    const std::string what = failure(seed, two_kernels(seed), kind, n, m, d);
    if (!what.empty()) FAIL_CHECK(what << ": kind " << kind << ", seed " << seed << ", " << n << " x " << d);
  }
}

}  // namespace

TEST_CASE("every search finds what comparing every pair finds: few dimensions") {
  for (int kind = 0; kind < kKinds; ++kind)
    check_kind(static_cast<Kind>(kind), test::fewer_if_sanitized(150), 90, {1, 2, 3, 7, 16, 20});
}

TEST_CASE("every search finds what comparing every pair finds: many dimensions") {
  for (int kind = 0; kind < kKinds; ++kind)
    check_kind(static_cast<Kind>(kind), test::fewer_if_sanitized(40), 60, {31, 32, 33, 48, 50, 97, 130, 200});
}

TEST_CASE("every search finds what comparing every pair finds: several blocks") {
  for (int kind = 0; kind < kKinds; ++kind) {
    const auto seed = static_cast<std::uint64_t>(kind);
    const Kernels kernels = test::kSanitized ? two_kernels(seed) : kernels_here();
    const auto fails = [&](int shape, const Kernels& on, Index n, Index m, Index d) {
      const bool left_to_other_kinds = test::kSanitized && kind % 3 != shape;
      return left_to_other_kinds ? "" : failure(seed, on, static_cast<Kind>(kind), n, m, d, shape == 0);
    };
    const std::string odd =
        fails(0, kernels, 400, 100, 3) + fails(1, kernels, 2500, 40, 40) + fails(2, two_kernels(seed), 1500, 40, 100);
    if (!odd.empty()) FAIL_CHECK(odd << ": kind " << kind);
  }
}
