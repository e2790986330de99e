#include "learn/covariance/robust/search/search.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "learn/covariance/robust/search/exchange.hpp"
#include "learn/covariance/robust/search/starts.hpp"

namespace maha::learn::covariance {
namespace {

constexpr Index kSample = 5000;       // rows of a sample: what it leaves undecided takes few steps over all rows
constexpr Index kRowsOfFeature = 20;  // least rows of a sample for each feature
constexpr Index kFirstSteps = 2;      // after which random starts can be compared
constexpr std::size_t kGoOn = 10;     // random starts that go on
constexpr std::size_t kOverAll = 3;   // ends in a sample that go on over all rows

bool is_less(const Concentrated& a, const Concentrated& b) { return a.shape.log_determinant < b.shape.log_determinant; }

/// Those of the least determinants, least first.
void keep_least(std::vector<Concentrated>& all, std::size_t most) {
  std::stable_sort(all.begin(), all.end(), is_less);
  if (all.size() > most) all.erase(all.begin() + static_cast<std::ptrdiff_t>(most), all.end());
}

/// The different fixed points that the starts lead to.
std::vector<Concentrated> fixed_points(const Matrix& U, Index h, Index random, const Threads& threads) {
  std::vector<Subset> starts = deterministic_starts(U, h, threads);
  std::vector<Concentrated> begun;
  for (Subset& start : random_starts(U, h, random, threads)) {
    begun.push_back(concentrate(U, std::move(start), kFirstSteps, threads));
  }
  keep_least(begun, kGoOn);
  for (Concentrated& one : begun) starts.push_back(std::move(one.rows));
  std::vector<Concentrated> ends;
  for (Subset& start : starts) {
    Concentrated end = concentrate(U, std::move(start), threads);
    const auto same = [&](const Concentrated& other) { return other.rows == end.rows; };
    if (std::none_of(ends.begin(), ends.end(), same)) ends.push_back(std::move(end));
  }
  return ends;
}

/// Every k-th row.
Matrix sample_of(const Matrix& U, Index count) {
  Matrix sample(count, U.cols());
  for (Index i = 0; i < count; ++i) sample.row(i) = U.row(i * U.rows() / count);
  return sample;
}

/// From the least fixed points of a sample.
Concentrated by_sample(const Matrix& U, Index h, Index count, Index random, const Threads& threads) {
  const auto share = static_cast<double>(h) / static_cast<double>(U.rows());
  const auto inner = static_cast<Index>(share * static_cast<double>(count));
  std::vector<Concentrated> ends = fixed_points(sample_of(U, count), inner, random, threads);
  keep_least(ends, kOverAll);
  for (Concentrated& end : ends) {
    end = concentrate(U, nearest(distances_from(U, end.shape, threads), h), threads);
    end = exchange(U, std::move(end), threads);
  }
  keep_least(ends, 1);
  return std::move(ends.front());
}

/// Fixed points of all starts, each after exchanges.
Concentrated by_all_rows(const Matrix& U, Index h, Index random, const Threads& threads) {
  std::vector<Concentrated> ends = fixed_points(U, h, random, threads);
  for (Concentrated& end : ends) end = exchange(U, std::move(end), threads);
  keep_least(ends, 1);
  return std::move(ends.front());
}

/// For one feature: of h consecutive values in order, those of the least variance.
Concentrated shortest_window(const Matrix& U, Index h, const Threads& threads) {
  std::vector<Index> order(static_cast<std::size_t>(U.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return U(i, 0) < U(j, 0); });
  const auto value = [&](Index place) { return U(order[static_cast<std::size_t>(place)], 0); };
  const auto size = static_cast<double>(h);
  double mean = 0, squares = 0, least = 0;
  Index best = 0;
  for (Index i = 0; i < h; ++i) mean += value(i) / size;
  for (Index i = 0; i < h; ++i) squares += (value(i) - mean) * (value(i) - mean);
  least = squares;
  for (Index first = 1; first + h <= U.rows(); ++first) {
    const double out = value(first - 1), in = value(first + h - 1), moved = mean + (in - out) / size;
    squares += (in - out) * (in - moved + out - mean);
    mean = moved;
    if (squares < least) least = squares, best = first;
  }
  Subset rows(order.begin() + best, order.begin() + best + h);
  std::sort(rows.begin(), rows.end());
  return concentrate(U, std::move(rows), threads);
}

}  // namespace

Concentrated least_determinant(const Matrix& U, Index h, Index random, const Threads& threads) {
  const Index n = U.rows(), count = std::max(kSample, kRowsOfFeature * U.cols());
  if (h == n) return concentrate(U, nearest(Vector::Zero(n), n), threads);
  if (U.cols() == 1) return shortest_window(U, h, threads);
  if (n >= 2 * count) {
    try {
      return by_sample(U, h, count, random, threads);
    } catch (const ExactFit&) {
      // That of a sample may be none of all rows.
    }
  }
  return by_all_rows(U, h, random, threads);
}

}  // namespace maha::learn::covariance
