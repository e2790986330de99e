#include "experiment/experiment_json.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "experiment/results/journal.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

std::string refused_text(const std::string& text) {
  return test::refusal<InputError>([&] { parse_experiment(text); });
}

Results some_results() {
  Results results;
  results.experiment = parse_experiment(R"({"datasets": [{"file": "a/wine.csv"}], "algorithms": ["cov", "lmnn"]})");
  results.datasets = {{10, 2, 3, "00ff", {{1, "1", 8, 2}, {1, "2", 8, 2}}}};
  return results;
}

}  // namespace

TEST_CASE("experiment: what is written reads back, every key") {
  const std::string text =
      R"({"datasets":[{"name":"a, b","file":"x.csv","label":"y","drop":["u","-1"],"header":"no","delimiter":";",)"
      R"("decimal":",","comment":"#","missing":"mean","na":["-","x"],"fold_column":"f"},{"name":"z","parts":[{"train":"1","test":"2"},{"train":"3","test":"4"}]}],)"
      R"("algorithms":[{"name":"cov","spec":"cov"},{"name":"m","spec":"lmnn:k=1|2"}],"protocol":{"test":0.25,)"
      R"("repeats":3,"inner_folds":4,"seed":18446744073709551615,"neighbors":7,"votes":"weighted","scale":"minmax",)"
      R"("pca":5}})";
  CHECK(format_experiment(parse_experiment(text)) == text);
  CHECK(format_experiment(
            parse_experiment(R"({"format": "maha-results", "version": 1, "experiment": )" + text + "}")) == text);
}

TEST_CASE("experiment: what is absent has its default, and a file's name is the set's") {
  const Experiment e = parse_experiment(R"({"datasets": [{"file": "a/b.train.csv.gz"}], "algorithms": ["cov"]})");
  CHECK(e.datasets[0].name == "b");
  CHECK(e.protocol.folds == 10);
  CHECK(e.protocol.k == 3);
  CHECK(e.algorithms[0].name == "cov");
}

TEST_CASE("experiment: a wrong key is named") {
  CHECK(refused_text("[]") == "experiment is no object");
  CHECK(refused_text("{}") == "experiment has no list of datasets");
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "folds": 3})") == "experiment.folds is not known");
  CHECK(refused_text(R"({"datasets": [{"file": 3}], "algorithms": []})").starts_with("datasets[1].file is 3"));
  CHECK(refused_text(R"({"datasets": [{"file": "a", "missing": "no"}], "algorithms": []})") ==
        "datasets[1].missing: 'no' is none of error|mean|skip");
  CHECK(refused_text(R"({"datasets": [{"file": "a", "delimiter": "e"}], "algorithms": []})") ==
        "datasets[1]: the delimiter 'e' may stand in a number");
  CHECK(refused_text(R"({"datasets": [{"file": "a", "decimal": "x"}], "algorithms": []})") ==
        "datasets[1] has a decimal mark that is neither point nor comma");
  CHECK(refused_text(R"({"datasets": [{"file": "a"}], "algorithms": [{}]})") == "algorithms[1] has no spec");
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "protocol": {"folds": 18446744073709551615}})") ==
        "protocol.folds is 18446744073709551615, and not a whole number");
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "protocol": {"seed": 1, "seed": 2}})") ==
        "protocol.seed is there twice");
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "protocol": {"seed": -1}})")
            .starts_with("protocol.seed is -1"));
}

TEST_CASE("journal: cells come back as they went; failed ones are tried again; strangers are refused") {
  const Results results = some_results();
  Cell cell{0, 1, 1, 8, 2, 1, "k=3", true, {"a \"warning\""}, "", .5, .25};
  Cell failed{0, 0, 0, 8, 2, 0, "", {}, {}, "no", 0, 0};
  const std::string text = journal_opening(results) + journal_line(cell) + journal_line(failed);
  const std::vector<Cell> cells = parse_journal(text, results);
  REQUIRE(cells.size() == 1);
  CHECK(journal_line(cells[0]) == journal_line(cell));
  cell.failure = "class caf\xe9 has 1 rows";
  CHECK(parse_journal(journal_opening(results) + journal_line(cell), results).empty());
  cell.failure = "";

  Results other = results;
  other.datasets[0].checksum = "00fe";
  CHECK_THROWS_AS(parse_journal(text, other), InputError);
  other = results;
  other.experiment.protocol.seed = 2;
  CHECK_THROWS_AS(parse_journal(text, other), InputError);
  cell.run = 2;
  CHECK_THROWS_AS(parse_journal(text + journal_line(cell), results), InputError);
}

TEST_CASE("journal: a line that cannot have come out of the experiment is refused, with the line and the key") {
  const Results results = some_results();
  const std::string line = journal_line({0, 1, 1, 8, 2, 1, "", true, {}, "", .5, .25});
  const auto refused = [&](const std::string& lines) {
    try {
      parse_journal(journal_opening(results) + lines, results);
    } catch (const InputError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = line;
    REQUIRE(other.find(from) != std::string::npos);
    return refused(other.replace(other.find(from), from.size(), to));
  };
  CHECK(refused(line) == "");
  CHECK(refused(line + line) == "line 3 is of a run that a line before has the result of");
  CHECK(refused("{}\n") == "line 2 has no dataset");
  CHECK(refused("\n") == "line 2: not JSON: at line 1, column 1, where it ends");
  CHECK(refused(line.substr(0, 40) + "\n" + line).starts_with("line 2: not JSON: at line 1, column "));
  CHECK(changed("\"errors\":1", "\"errors\":3") == "line 2.errors is 3, and not from 0 to 2");
  CHECK(changed("\"errors\":1", "\"errors\":-1") == "line 2.errors is -1, and not from 0 to 2");
  CHECK(changed("\"errors\":1", "\"errors\":1.5") == "line 2.errors is 1.5, and not a whole number");
  CHECK(changed("\"errors\":1,", "") == "line 2 has no errors");
  CHECK(changed("\"errors\":1", "\"errors\":1,\"errors\":1") == "line 2: errors is there twice");
  CHECK(changed("\"test_rows\":2", "\"test_rows\":0") == "line 2.test_rows is 0, and not 2");
  CHECK(changed("\"test_rows\":2", "\"test_rows\":9") == "line 2.test_rows is 9, and not 2");
  CHECK(changed("\"train_rows\":8", "\"train_rows\":7") == "line 2.train_rows is 7, and not 8");
  CHECK(changed("\"dataset\":0", "\"dataset\":1").starts_with("line 2.dataset is 1, and not"));
  CHECK(changed("\"algorithm\":1", "\"algorithm\":-1") == "line 2.algorithm is -1, and not from 0 to 1");
  CHECK(changed("\"run\":1", "\"run\":2") == "line 2.run is 2, and not from 0 to 1");
  CHECK(changed("\"fit_seconds\":0.5", "\"fit_seconds\":-1").starts_with("line 2.fit_seconds is -1, and not from 0"));
  CHECK(changed("\"converged\":true", "\"converged\":1") == "line 2.converged is 1, and not true or false");
  CHECK(changed("\"chosen\":\"\"", "\"chosen\":null") == "line 2 has no chosen");
  CHECK(changed("\"run\":1", "\"run\":1,\"speed\":1") == "line 2.speed is not known");
}
