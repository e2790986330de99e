#include "eval/statistics/folds.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/rows_by_class.hpp"
#include "core/stratified.hpp"

namespace maha::eval {
namespace {

using Rows = std::vector<Index>;

std::size_t at(Index row) { return static_cast<std::size_t>(row); }

template <class... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw InputError(message.str());
}

/// The classes of a group's rows, each with its number of rows.
using ClassCounts = std::vector<std::pair<std::size_t, double>>;

ClassCounts class_counts(const Rows& group, const Labels& class_of) {
  Labels classes;
  for (const Index row : group) classes.push_back(class_of[at(row)]);
  std::sort(classes.begin(), classes.end());
  ClassCounts counts;
  for (const int id : classes) {
    const auto c = static_cast<std::size_t>(id);
    if (counts.empty() || counts.back().first != c) counts.emplace_back(c, 0.0);
    counts.back().second += 1;
  }
  return counts;
}

/// The part of each row, if groups stay whole and part p is due the share w[p] of every class (see folds.hpp).
std::vector<int> split_groups(const Labels& y, const Labels& groups, const std::vector<double>& w, std::uint64_t seed) {
  const Labels class_of = numbered(y);
  const std::vector<Rows> classes = rows_by_class(class_of);
  std::vector<Rows> blocks = rows_by_class(numbered(groups));
  Random(seed).shuffle(blocks);
  std::stable_sort(blocks.begin(), blocks.end(), [](const Rows& a, const Rows& b) { return a.size() > b.size(); });

  const std::size_t parts = w.size();
  std::vector<std::vector<double>> load(parts, std::vector<double>(classes.size(), 0.0));
  std::vector<std::size_t> rows_in(parts, 0);
  std::vector<int> part_of(y.size());
  for (const Rows& block : blocks) {
    const ClassCounts counts = class_counts(block, class_of);
    std::pair<double, std::size_t> least{HUGE_VAL, 0};
    std::size_t best = 0;
    for (std::size_t p = 0; p < parts; ++p) {
      double added = 0;  // (L + g)^2 - L^2 = g (2 L + g)
      for (const auto& [c, g] : counts) added += g * (2 * load[p][c] + g) / static_cast<double>(classes[c].size());
      const std::pair<double, std::size_t> key{added / w[p], rows_in[p]};
      if (key < least) least = key, best = p;
    }
    for (const auto& [c, g] : counts) load[best][c] += g;
    rows_in[best] += block.size();
    for (const Index row : block) part_of[at(row)] = static_cast<int>(best);
  }
  return part_of;
}

void check_groups(const Labels& y, const Labels& groups) {
  if (!groups.empty() && groups.size() != y.size()) refuse(groups.size(), " groups given for ", y.size(), " rows");
}

}  // namespace

std::vector<int> stratified_hold_out(const Labels& y, double test_share, std::uint64_t seed, const Labels& groups) {
  if (!(test_share > 0 && test_share < 1)) refuse("a test share of ", test_share, " is not between 0 and 1");
  check_groups(y, groups);
  const std::size_t n = y.size();
  std::vector<int> is_test = groups.empty() ? stratified_share(y, test_share, seed)
                                            : split_groups(y, groups, {1 - test_share, test_share}, seed);
  const auto taken = static_cast<std::size_t>(std::count(is_test.begin(), is_test.end(), 1));
  if (taken == 0 || taken == n) {
    refuse("a test share of ", test_share, " of ", n, " rows", groups.empty() ? "" : " in their groups", " leaves no ",
           taken == 0 ? "test" : "training", " rows");
  }
  return is_test;
}

std::vector<int> stratified_folds(const Labels& y, Index folds, std::uint64_t seed, const Labels& groups) {
  check_groups(y, groups);
  const auto units = static_cast<Index>(groups.empty() ? y.size() : rows_by_class(numbered(groups)).size());
  if (folds < 2 || folds > units) {
    refuse(folds, " folds are not between 2 and the ", units, groups.empty() ? " rows" : " groups");
  }
  if (!groups.empty()) {
    return split_groups(y, groups, std::vector<double>(static_cast<std::size_t>(folds), 1.0), seed);
  }
  std::vector<int> fold_of(y.size());
  Index next = 0;
  for (const Rows& rows : shuffled_classes(y, seed)) {
    for (const Index row : rows) {
      fold_of[at(row)] = static_cast<int>(next);
      next = (next + 1) % folds;
    }
  }
  return fold_of;
}

std::vector<int> fold_as_test(const std::vector<int>& fold_of, Index fold) {
  std::vector<int> is_test;
  for (const int f : fold_of) is_test.push_back(f == fold ? 1 : 0);
  return is_test;
}

}  // namespace maha::eval
