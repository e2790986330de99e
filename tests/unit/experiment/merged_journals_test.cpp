#include "experiment/results/merged_journals.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "experiment/experiment_json.hpp"
#include "experiment/results/cell_keys.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

/// Two algorithms in six runs.
Results twelve_cells() {
  Results results;
  results.experiment = parse_experiment(R"({"datasets": [{"file": "a/wine.csv"}], "algorithms": ["cov", "lda"]})");
  results.datasets = {{10, 2, 3, "00ff", {}}};
  for (int fold = 1; fold <= 6; ++fold)
    results.datasets[0].runs.push_back({1, std::to_string(fold), 8, 2, "a" + std::to_string(fold)});
  for (Index algorithm = 0; algorithm < 2; ++algorithm) {
    for (Index run = 0; run < 6; ++run)
      results.cells.push_back({0, algorithm, run, 8, 2, run % 3, "", {}, {}, "", 1, 1});
  }
  return results;
}

/// What a journal of a shard holds.
JournalCells dealt_to(const Results& results, const Shard& shard) {
  JournalCells cells;
  cells.shards = {shard};
  const CellKeys keys(results);
  for (const Cell& cell : results.cells) {
    if (shard_of(keys.of(cell), shard.of) == shard.number) cells.known.push_back(cell);
  }
  return cells;
}

/// What is said where cells are missing, the first shard of them, and the journal for it.
std::string missing_in(const MergedJournals& merged) {
  try {
    merged.cells();
  } catch (const CellsMissing& e) {
    return std::string(e.what()) + "; " + (e.shard ? e.shard->text() : "none") + ", " + e.journal;
  }
  return "";
}

}  // namespace

TEST_CASE("merged journals: the cells of all shards are those of the whole, in its order, whichever comes first") {
  const Results results = twelve_cells();
  for (const Index count : {1, 2, 3, 5}) {
    MergedJournals merged(results);
    for (Index number = count; number >= 1; --number)
      merged.add("s" + std::to_string(number), dealt_to(results, {number, count}));
    CHECK(merged.size() == 12);
    const std::vector<Cell> cells = merged.cells();
    REQUIRE(cells.size() == 12);
    for (std::size_t i = 0; i < cells.size(); ++i)
      CHECK(journal_line(results, cells[i]) == journal_line(results, results.cells[i]));
  }
}

TEST_CASE("merged journals: of a cell that is there twice the first is taken, a result before a failure") {
  const Results results = twelve_cells();
  JournalCells first = dealt_to(results, {1, 1}), second = first, third = first;
  first.known.erase(first.known.begin());
  first.failed = {results.cells[0]};
  first.failed[0].failure = "no";
  second.known[0].fit_seconds = 5;
  second.known[1].fit_seconds = 6;
  third.known[0].fit_seconds = 7;
  MergedJournals merged(results);
  merged.add("a", first);
  CHECK(merged.cells()[0].failure == "no");
  merged.add("b", second);
  merged.add("c", third);
  merged.add("a", first);
  CHECK(merged.cells()[0].failure == "");
  CHECK(merged.cells()[0].fit_seconds == 5);
  CHECK(merged.cells()[1].fit_seconds == 1);
}

TEST_CASE("merged journals: other figures of one cell are refused, by the names of both journals") {
  Results results = twelve_cells();
  const auto refused = [&](const std::function<void(Cell&)>& change) {
    const JournalCells first = dealt_to(results, {1, 1});
    JournalCells second = first;
    change(second.known[4]);
    return test::refusal<InputError>([&] {
      MergedJournals merged(results);
      merged.add("a", first);
      merged.add("b", second);
    });
  };
  const std::string of = "b: cov on wine, repeat 1, fold 5, has ",
                    why = " in a: one of them is of another version, or was changed";
  CHECK(refused([](Cell&) {}) == "");
  CHECK(refused([](Cell& cell) { cell.test_seconds = 9; }) == "");
  CHECK(refused([](Cell& cell) { cell.errors = 2; }) == of + "2 errors, and 1 error" + why);
  const std::string other = of + "another result than" + why;
  CHECK(refused([](Cell& cell) { cell.chosen = "k=1"; }) == other);
  CHECK(refused([](Cell& cell) { cell.converged = false; }) == other);
  CHECK(refused([](Cell& cell) { cell.warnings = {"a warning"}; }) == other);
  results.experiment.datasets[0].target = "y";
  CHECK(refused([](Cell& cell) { cell.rmse = 0.25; }) == of + "RMSE 0.25, and RMSE 0" + why);
}

TEST_CASE("merged journals: what is missing is counted by shards, with the journal that it goes to") {
  const Results results = twelve_cells();
  const auto added = [&](const std::vector<std::pair<std::string, Shard>>& journals) {
    MergedJournals merged(results);
    for (const auto& [name, shard] : journals) merged.add(name, dealt_to(results, shard));
    return missing_in(merged);
  };
  const auto size = [&](const Shard& shard) { return std::to_string(dealt_to(results, shard).known.size()); };
  const auto one = [&](const Shard& shard, const std::string& journal) {
    return size(shard) + " of 12 cells are in none of the journals: " + size(shard) + " of shard " + shard.text() +
           "; " + shard.text() + ", " + journal;
  };
  CHECK(added({{"s1", {1, 3}}, {"s2", {2, 3}}, {"s3", {3, 3}}}) == "");
  CHECK(added({{"s1", {1, 3}}, {"s3", {3, 3}}}) == one({2, 3}, "s2"));
  CHECK(added({{"s2", {2, 2}}, {"a1", {1, 3}}, {"a2", {2, 3}}}).ends_with(" of shard 3/3; 3/3, a3"));  // as most are
  CHECK(added({{"s1", {1, 2}}, {"a1", {1, 3}}}).ends_with("; 2/2, s2"));
  CHECK(added({{"j", {1, 3}}, {"k", {3, 3}}}) == one({2, 3}, "shard-2-of-3"));      // no number in the names
  CHECK(added({{"1-of-3", {1, 3}}, {"3-of-3", {3, 3}}}) == one({2, 3}, "2-of-3"));  // where one says which it is
  CHECK(added({{"d1/s-01", {1, 2}}}) == one({2, 2}, "d1/s-02"));
  CHECK(added({{"s1", {2, 2}}}) == one({1, 2}, "shard-1-of-2"));
  CHECK(added({{"s2", {2, 3}}}) == std::to_string(12 - dealt_to(results, {2, 3}).known.size()) +
                                       " of 12 cells are in none of the journals: " + size({1, 3}) + " of shard 1/3, " +
                                       size({3, 3}) + " of shard 3/3; 1/3, s1");

  MergedJournals half(results);  // killed in the middle: its journal is there
  JournalCells cells = dealt_to(results, {2, 2});
  cells.known.pop_back();
  half.add("a", dealt_to(results, {1, 2}));
  half.add("b", cells);
  CHECK(missing_in(half) == "1 of 12 cells is in none of the journals: 1 of shard 2/2; 2/2, b");

  MergedJournals plain(results);  // of no shard
  cells.shards.clear();
  plain.add("a", cells);
  CHECK(missing_in(plain).ends_with(" of 12 cells are in none of the journals; none, a"));
}

TEST_CASE("merged journals: of many shards the first ones are listed") {
  const Results results = twelve_cells();
  MergedJournals merged(results);
  JournalCells none;
  none.shards = {{5, 900}};
  merged.add("s", none);
  const std::string said = missing_in(merged);
  CHECK_MESSAGE(said.find(" and 4 more shards; ") != std::string::npos, said);
}
