#include "prepare/draw/pair_source.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "prepare/preprocessing.hpp"

namespace maha::prepare {

void declare(OptionList& all, PairSource& source) {
  all.number("--count", source.count, "draw N pairs, half of them similar").at_least(1).unrecorded();
  all.number("--similar", source.similar, "draw so many similar pairs").at_least(0).unrecorded();
  all.number("--dissimilar", source.dissimilar, "draw so many dissimilar pairs").at_least(0).unrecorded();
  all.number("--nearest", source.nearest, "of each row, its K nearest of its own class and K nearest of others", "K")
      .at_least(1)
      .unrecorded();
  all.flag("--all", source.all, "every pair of rows").unrecorded();
}

void check(const PairSource& source) {
  const bool by_kind = source.similar || source.dissimilar;
  if (source.count.has_value() + by_kind + source.nearest.has_value() + source.all != 1) {
    throw UsageError("give one of --count N, --similar N with --dissimilar N, --nearest K, or --all");
  }
  check_ranges(source);
}

Pairs PairSource::draw(const MatrixRef& X, const Labels& y, const PreprocessingOptions& preprocessing,
                       const Threads& threads) const {
  if (nearest) {
    const Matrix Z = fit_preprocessing(X, preprocessing, threads).apply(X, threads);
    return nearest_pairs(Z, y, *nearest, threads);
  }
  if (all) {
    Pairs pairs;
    for_each_pair(y, [&](const Pair& pair) { pairs.push_back(pair); });
    return pairs;
  }
  const Index half = count.value_or(0) / 2;
  PairCounts wanted{similar.value_or(count.value_or(0) - half), dissimilar.value_or(half)};
  if (fewer_if_need_be) {
    const PairCounts there = count_pairs(y);
    wanted = {std::min(wanted.similar, there.similar), std::min(wanted.dissimilar, there.dissimilar)};
  }
  return draw_pairs(y, wanted.similar, wanted.dissimilar, seed);
}

}  // namespace maha::prepare
