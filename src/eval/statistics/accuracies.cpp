#include "eval/statistics/accuracies.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace maha::eval {
namespace {

constexpr int kBits = 40;         // as many digits, of a number of any size
constexpr double kDigits = 1e12;  // means that differ only in the order of summation agree to 12 digits

/// Makes means equal that differ only through the order of summation.
double rounded(double mean) { return std::round(mean * kDigits) / kDigits; }

/// The same of numbers of any size.
double rounded_in_its_size(double mean) {
  if (mean == 0) return 0;
  const double unit = std::scalbn(1.0, std::ilogb(mean) - kBits);
  return std::round(mean / unit) * unit;
}

double share(Index part, Index whole) { return static_cast<double>(part) / static_cast<double>(whole); }

/// Whether runs test as many rows each as parts of one set that are as equal as they can be; no rows count for nothing.
bool are_even(const std::vector<Index>& rows) {
  Index least = std::numeric_limits<Index>::max(), most = 0;
  for (const Index count : rows) {
    if (count > 0) least = std::min(least, count);
    most = std::max(most, count);
  }
  return most - least <= 1;
}

/// `even`: all rows count alike, rather than all runs.
Standing standing_of(const std::vector<Index>& runs, const std::vector<Index>& rows, bool even) {
  std::vector<double> good;
  Index right = 0, tested = 0;
  for (std::size_t run = 0; run < runs.size(); ++run) {
    if (runs[run] == RunErrors::kFailed) continue;
    good.push_back(share(rows[run] - runs[run], rows[run]));
    right += rows[run] - runs[run];
    tested += rows[run];
  }
  Standing standing;
  standing.runs = static_cast<Index>(good.size());
  standing.failed = static_cast<Index>(runs.size() - good.size());
  if (!good.empty()) standing.mean = mean_and_sd(good);
  if (!good.empty() && even) standing.mean->mean = share(right, tested);
  return standing;
}

Standing standing_of(const std::vector<double>& rmse) {
  std::vector<double> good;
  std::copy_if(rmse.begin(), rmse.end(), std::back_inserter(good), [](double value) { return !std::isnan(value); });
  Standing standing;
  standing.runs = std::ssize(good);
  standing.failed = std::ssize(rmse) - standing.runs;
  if (!good.empty()) standing.mean = mean_and_sd(good);
  return standing;
}

void rank(std::vector<Standing>& standings, bool lowest) {
  std::vector<double> means;
  for (const Standing& s : standings) {
    const bool counts = s.mean && s.failed == 0;
    const double mean = !counts ? 0 : lowest ? -rounded_in_its_size(s.mean->mean) : rounded(s.mean->mean);
    means.push_back(counts ? mean : -std::numeric_limits<double>::infinity());
  }
  const std::vector<double> ranks = ranks_from_best(means);
  for (std::size_t a = 0; a < standings.size(); ++a) standings[a].rank = ranks[a];
}

/// Calls visit(a, b) for each pair a < b < k.
template <class Visit>
void for_each_pair_of(std::size_t k, Visit visit) {
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a + 1; b < k; ++b) visit(a, b);
  }
}

PairTest pair_test(std::size_t a, std::size_t b, std::size_t count, const std::optional<TestResult>& result) {
  return {static_cast<Index>(a), static_cast<Index>(b), static_cast<Index>(count), result, result ? result->p : 1};
}

/// How much better the first run of two is; nothing where one failed.
std::optional<double> difference(const RunErrors& set, std::size_t a, std::size_t b, std::size_t run) {
  if (!set.rmse.empty()) {
    const double first = set.rmse[a][run], second = set.rmse[b][run];
    return std::isnan(first) || std::isnan(second) ? std::nullopt : std::optional(second - first);
  }
  const Index first = set.errors[a][run], second = set.errors[b][run];
  if (first == RunErrors::kFailed || second == RunErrors::kFailed) return std::nullopt;
  return share(second - first, set.rows[run]);
}

/// Each difference of accuracies is computed as one quotient of integers, so that equal ones have equal bits.
std::vector<PairTest> t_tests_on(const RunErrors& set) {
  std::vector<PairTest> tests;
  for_each_pair_of(set.algorithms(), [&](std::size_t a, std::size_t b) {
    std::vector<double> differences;
    for (std::size_t run = 0; run < set.rows.size(); ++run) {
      if (const auto found = difference(set, a, b, run)) differences.push_back(*found);
    }
    if (differences.size() < 2) return;
    tests.push_back(pair_test(a, b, differences.size(), corrected_resampled_t_test(differences, set.test_share)));
  });
  return tests;
}

/// How much better the first of two figures is on a data set.
double difference(const Standing& a, const Standing& b, bool regression) {
  const double first = a.mean->mean, second = b.mean->mean;
  if (!regression) return rounded(first - second);
  const double larger = std::max(first, second);
  return larger > 0 ? rounded((second - first) / larger) : 0;
}

std::vector<PairTest> wilcoxon_tests(const std::vector<std::vector<Standing>>& standings, bool regression) {
  std::vector<PairTest> tests;
  std::vector<double> p;
  for_each_pair_of(standings.front().size(), [&](std::size_t a, std::size_t b) {
    std::vector<double> differences;
    for (const auto& set : standings) {
      if (set[a].mean && set[b].mean) differences.push_back(difference(set[a], set[b], regression));
    }
    tests.push_back(pair_test(a, b, differences.size(), wilcoxon_signed_rank_test(differences)));
    p.push_back(tests.back().adjusted);
  });
  const std::vector<double> adjusted = holm_adjusted(p);
  for (std::size_t t = 0; t < tests.size(); ++t) tests[t].adjusted = adjusted[t];
  return tests;
}

}  // namespace

AccuracyComparison compare_accuracies(const std::vector<RunErrors>& sets) {
  AccuracyComparison result;
  const std::size_t k = sets.empty() ? 0 : sets.front().algorithms();
  const bool regression = !sets.empty() && !sets.front().rmse.empty();
  Matrix ranks(static_cast<Index>(sets.size()), static_cast<Index>(k));
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::vector<Standing>& standings = result.standings.emplace_back();
    const bool even = are_even(sets[s].rows);
    for (const auto& runs : sets[s].errors) standings.push_back(standing_of(runs, sets[s].rows, even));
    for (const auto& runs : sets[s].rmse) standings.push_back(standing_of(runs));
    rank(standings, regression);
    for (std::size_t a = 0; a < k; ++a) ranks(static_cast<Index>(s), static_cast<Index>(a)) = standings[a].rank;
    result.t_tests.push_back(t_tests_on(sets[s]));
  }
  for (std::size_t a = 0; a < k; ++a) result.mean_ranks.push_back(ranks.col(static_cast<Index>(a)).mean());
  if (sets.size() < 2 || k < 2) return result;
  result.friedman = friedman_test(ranks);
  result.wilcoxon = wilcoxon_tests(result.standings, regression);
  return result;
}

}  // namespace maha::eval
