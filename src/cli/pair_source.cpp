#include "cli/pair_source.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "learn/draw_pairs.hpp"
#include "learn/preprocessing.hpp"

namespace maha::cli {

void PairSource::declare(Options& options) {
  options.option("--count", count, "draw N pairs, half of them similar");
  options.option("--similar", similar, "draw so many similar pairs");
  options.option("--dissimilar", dissimilar, "draw so many dissimilar pairs");
  options.option("--nearest", nearest, "of each row, its K nearest of its own class and K nearest of others", "K");
  options.flag("--all", all, "every pair of rows");
}

void PairSource::check() const {
  const bool by_kind = similar || dissimilar;
  if (count.has_value() + by_kind + nearest.has_value() + all != 1) {
    throw UsageError("give one of --count N, --similar N with --dissimilar N, --nearest K, or --all");
  }
  if (count && *count < 1) throw UsageError("--count: must be at least 1");
  if (nearest && *nearest < 1) throw UsageError("--nearest: must be at least 1");
  if (similar.value_or(0) < 0 || dissimilar.value_or(0) < 0) throw UsageError("a number of pairs must be at least 0");
}

Pairs PairSource::draw(const Table& table, const PreprocessingOptions& preprocessing, const Threads& threads) const {
  if (nearest) {
    const Matrix Z = fit_preprocessing(table.X, preprocessing, threads).apply(table.X, threads);
    return nearest_pairs(Z, table.y, *nearest, threads);
  }
  if (all) {
    Pairs pairs;
    for_each_pair(table.y, [&](const Pair& pair) { pairs.push_back(pair); });
    return pairs;
  }
  const Index half = count.value_or(0) / 2;
  PairCounts wanted{similar.value_or(count.value_or(0) - half), dissimilar.value_or(half)};
  if (fewer_if_need_be) {
    const PairCounts there = count_pairs(table.y);
    wanted = {std::min(wanted.similar, there.similar), std::min(wanted.dissimilar, there.dissimilar)};
  }
  return draw_pairs(table.y, wanted.similar, wanted.dissimilar, seed);
}

}  // namespace maha::cli
