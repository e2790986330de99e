#include "experiment/results/journal.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "experiment/experiment_json.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

Results some_results() {
  Results results;
  results.experiment =
      parse_experiment(R"({"datasets": [{"file": "a/wine.csv"}], "algorithms": ["cov", "lmnn:k=1|3"]})");
  results.datasets = {{10, 2, 3, "00ff", {{1, "1", 8, 2, "a1"}, {1, "2", 8, 2, "a2"}}}};
  return results;
}

Cell some_cell() { return {0, 1, 1, 8, 2, 1, "k=3", true, {"a \"warning\""}, "", .5, .25}; }

std::string refused_journal(const std::string& text, const Results& results) {
  return test::refusal<InputError>([&] { parse_journal(text, results); });
}

}  // namespace

TEST_CASE("journal: cells come back as they went; failed ones are tried again") {
  const Results results = some_results();
  Cell cell = some_cell();
  const Cell failed{0, 0, 0, 8, 2, 0, "", {}, {}, "no", 0, 0};
  const std::string text = journal_opening() + journal_line(results, cell) + journal_line(results, failed);
  const JournalCells cells = parse_journal(text, results);
  REQUIRE(cells.known.size() == 1);
  CHECK(cells.of_others == 0);
  CHECK(journal_line(results, cells.known[0]) == journal_line(results, cell));
  REQUIRE(cells.failed.size() == 1);
  CHECK(journal_line(results, cells.failed[0]) == journal_line(results, failed));
  cell.failure = "class caf\xe9 has 1 rows";
  CHECK(parse_journal(journal_opening() + journal_line(results, cell), results).known.empty());
}

TEST_CASE("journal: of a cell that failed several times the last one counts, and none once it has a result") {
  const Results results = some_results();
  Cell cell{0, 0, 0, 8, 2, 0, "", {}, {}, "no", 0, 0};
  std::string text = journal_opening() + journal_line(results, cell);
  cell.failure = "no again";
  text += journal_line(results, cell);
  REQUIRE(parse_journal(text, results).failed.size() == 1);
  CHECK(parse_journal(text, results).failed[0].failure == "no again");
  const std::string failure = journal_line(results, cell);
  cell.failure = "";
  text += journal_line(results, cell) + failure;
  CHECK(parse_journal(text, results).known.size() == 1);
  CHECK(parse_journal(text, results).failed.empty());
}

TEST_CASE("journal: the shards that it was written for") {
  const Results results = some_results();
  const std::string text =
      journal_opening() + journal_line(Shard{2, 4}) + journal_line(results, some_cell()) + journal_line(Shard{1, 3});
  const JournalCells cells = parse_journal(text, results);
  CHECK(cells.shards == std::set<Shard>{{1, 3}, {2, 4}});
  CHECK(cells.known.size() == 1);
  const auto refused = [&](const std::string& line) { return refused_journal(journal_opening() + line, results); };
  CHECK(refused("{\"shard\":5,\"of\":4}\n") == "line 2.shard is 5, and not from 1 to 4");
  CHECK(refused("{\"shard\":0,\"of\":4}\n") == "line 2.shard is 0, and not from 1 to 4");
  CHECK(refused("{\"shard\":1}\n") == "line 2 has no of");
  CHECK(refused("{\"shard\":1,\"of\":1000001}\n") == "line 2.of is 1000001, and not from 1 to 1000000");
  CHECK(refused("{\"shard\":1,\"of\":1,\"x\":1}\n") == "line 2.x is not known");
}

TEST_CASE("journal: one that was cut off as it began holds nothing, and two in one file are refused") {
  const Results results = some_results();
  const std::string opening = journal_opening();
  for (std::size_t size = 0; size < opening.size(); ++size)
    CHECK(parse_journal(opening.substr(0, size), results).known.empty());
  CHECK(refused_journal(opening.substr(0, 10) + "x", results) == "is no journal");
  CHECK(refused_journal(opening + opening, results) ==
        "line 2 is where another journal begins: each is a file of its own");
}

TEST_CASE("journal: a cell counts in any comparison of the same rows, spec and settings, in its place there") {
  const Results results = some_results();
  const std::string text = journal_opening() + journal_line(results, some_cell());
  const auto known = [&](const Results& other) { return parse_journal(text, other).known; };

  Results more = results;  // other names, another order, more of everything
  more.experiment.datasets.insert(more.experiment.datasets.begin(), results.experiment.datasets[0]);
  more.datasets.insert(more.datasets.begin(), {20, 2, 2, "0000", {{1, "1", 9, 9, "b1"}}});
  more.experiment.datasets[0].name = "iris";
  more.experiment.datasets[1].name = "red wine";
  more.experiment.algorithms = {{"best", "lmnn:k=1|3"}, {"lda", "lda"}, {"cov", "cov"}};
  more.experiment.protocol.folds = 7;
  more.experiment.protocol.repeats = 2;
  more.datasets[1].runs = {{1, "2", 8, 2, "a2"}, {1, "3", 8, 2, "a3"}};
  REQUIRE(known(more).size() == 1);
  const Cell cell = known(more)[0];
  CHECK(cell.dataset == 1);
  CHECK(cell.algorithm == 0);
  CHECK(cell.run == 0);
  CHECK(cell.errors == 1);

  for (const auto& change : std::vector<std::function<void(Results&)>>{
           [](Results& r) { r.datasets[0].runs[1].checksum = "a3"; },
           [](Results& r) { r.experiment.algorithms[1].spec = "lmnn:k=1|4"; },
           [](Results& r) { r.experiment.protocol.seed = 2; },
           [](Results& r) { r.experiment.protocol.inner_folds = 2; },
           [](Results& r) {
             r.experiment.protocol.ks = {3, 5};
           },
           [](Results& r) { r.experiment.protocol.votes = eval::Votes::lowest; },
           [](Results& r) { r.experiment.protocol.preprocessing.pca = 2; },
           [](Results& r) { r.experiment.protocol.preprocessing.scale = prepare::Scale::zscore; },
       }) {
    Results other = results;
    change(other);
    const JournalCells cells = parse_journal(text, other);
    CHECK(cells.known.empty());
    CHECK(cells.of_others == 1);
    CHECK(cells.other_data.empty());
  }
}

TEST_CASE("journal: what has nothing to choose does not depend on the inner folds") {
  Results results = some_results();
  const std::string text = journal_opening() + journal_line(results, {0, 0, 1, 8, 2, 1, "", {}, {}, "", 0, 0});
  results.experiment.protocol.inner_folds = 2;
  CHECK(parse_journal(text, results).known.size() == 1);
}

TEST_CASE("journal: cells of a data set whose data have changed are told apart") {
  Results results = some_results();
  const std::string text = journal_opening() + journal_line(results, some_cell());
  results.datasets[0].checksum = "00fe";
  results.datasets[0].runs[1].checksum = "c2";
  const JournalCells cells = parse_journal(text, results);
  CHECK(cells.known.empty());
  CHECK(cells.of_others == 0);
  CHECK(cells.other_data.at("wine") == 1);
}

TEST_CASE("journal: one cell fills all places that are the same, but the one of their names goes before") {
  Results results = some_results();
  results.experiment.algorithms = {{"a", "cov"}, {"b", "cov"}};
  const Cell a{0, 0, 0, 8, 2, 1, "", {}, {}, "", 1, 1}, b{0, 1, 0, 8, 2, 1, "", {}, {}, "", 2, 2};
  const std::string only_a = journal_opening() + journal_line(results, a);
  CHECK(parse_journal(only_a, results).known.size() == 2);
  for (const std::string& text :
       {only_a + journal_line(results, b), journal_opening() + journal_line(results, b) + journal_line(results, a)}) {
    const JournalCells both = parse_journal(text, results);
    REQUIRE(both.known.size() == 2);
    CHECK(both.known[0].fit_seconds == 1);
    CHECK(both.known[1].fit_seconds == 2);
  }
}

TEST_CASE("journal: what is none is refused, and that of an earlier version is called so") {
  const Results results = some_results();
  CHECK(refused_journal("a line\n", results) == "is no journal");
  CHECK(refused_journal("[1]\n", results) == "is no journal");
  CHECK(refused_journal(R"({"format":"maha-results","version":2})"
                        "\n",
                        results) == "is no journal");
  CHECK(refused_journal(R"({"format":"maha-journal","version":3})"
                        "\n",
                        results) == "is no journal of version 2");
  CHECK(refused_journal(R"({"format":"maha-journal","version":1,"experiment":{}})"
                        "\n",
                        results) ==
        "is a journal of version 1, whose cells can go into no other experiment: name a new file");
}

TEST_CASE("journal: a line that cannot have come out of a comparison is refused, with the line and the key") {
  const Results results = some_results();
  const std::string line = journal_line(results, {0, 1, 1, 8, 2, 1, "", true, {}, "", .5, .25});
  const auto refused = [&](const std::string& lines) { return refused_journal(journal_opening() + lines, results); };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = line;
    REQUIRE(other.find(from) != std::string::npos);
    return refused(other.replace(other.find(from), from.size(), to));
  };
  CHECK(refused(line) == "");
  CHECK(refused(line + line) == "line 3 is of a run that a line before has the result of");
  CHECK(refused("{}\n") == "line 2 has no dataset");
  CHECK(refused("\n") == "line 2 is empty");
  CHECK(refused(line + " \r\n") == "line 3 is empty");
  CHECK(refused("{\"dataset\"\n") == "line 2: not JSON: at column 11, where it ends");
  CHECK(refused(line.substr(0, 40) + "\n" + line).starts_with("line 2: not JSON: at column "));
  CHECK(changed("\"errors\":1", "\"errors\":3") == "line 2.errors is 3, and not from 0 to 2");
  CHECK(changed("\"errors\":1", "\"errors\":-1") == "line 2.errors is -1, and not from 0 to 2");
  CHECK(changed("\"errors\":1", "\"errors\":1.5") == "line 2.errors is 1.5, and not a whole number");
  CHECK(changed("\"errors\":1,", "") == "line 2 has no errors");
  CHECK(changed("\"errors\":1", "\"errors\":1,\"errors\":1") == "line 2: errors is there twice");
  CHECK(changed("\"test_rows\":2", "\"test_rows\":0") == "line 2.test_rows is 0, and not 2");
  CHECK(changed("\"test_rows\":2", "\"test_rows\":9") == "line 2.test_rows is 9, and not 2");
  CHECK(changed("\"train_rows\":8", "\"train_rows\":7") == "line 2.train_rows is 7, and not 8");
  CHECK(changed("\"dataset\":\"wine\"", "\"dataset\":1") == "line 2.dataset is 1, and not text");
  CHECK(changed("\"spec\":", "\"specs\":") == "line 2 has no spec");
  CHECK(changed("\"settings\":{", "\"settings\":3,\"x\":{") == "line 2 has no settings");
  CHECK(changed("\"repeat\":1", "\"repeat\":0") == "line 2.repeat is 0, and not from 1 on");
  CHECK(changed("\"fit_seconds\":0.5", "\"fit_seconds\":-1").starts_with("line 2.fit_seconds is -1, and not from 0"));
  CHECK(changed("\"converged\":true", "\"converged\":1") == "line 2.converged is 1, and not true or false");
  CHECK(changed("\"chosen\":\"\"", "\"chosen\":null") == "line 2 has no chosen");
  CHECK(changed("\"fold\":\"2\"", "\"fold\":\"2\",\"speed\":1") == "line 2.speed is not known");
  CHECK(changed("\"split\":\"a2\"", "\"split\":\"x\"") == "");  // of another comparison
}
