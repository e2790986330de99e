#include "experiment/experiment_json.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

std::string refused_text(const std::string& text) {
  return test::refusal<InputError>([&] { parse_experiment(text); });
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
  CHECK(e.protocol.ks == std::vector<Index>{3});
  CHECK(e.algorithms[0].name == "cov");
}

TEST_CASE("experiment: one k of the votes is a number, several are a list") {
  const auto ks = [](const std::string& neighbors) {
    const Experiment e = parse_experiment(
        R"({"datasets": [{"file": "a"}], "algorithms": ["cov"], "protocol": {"neighbors": )" + neighbors + "}}");
    const std::string text = format_experiment(e);
    CHECK(text.find("\"neighbors\":" + neighbors + ",") != std::string::npos);
    return e.protocol.ks;
  };
  CHECK(ks("7") == std::vector<Index>{7});
  CHECK(ks("[1,5,3]") == std::vector<Index>{1, 5, 3});
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
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "protocol": {"neighbors": [1, "3"]}})") ==
        "protocol.neighbors has \"3\", and not a whole number");
  CHECK(refused_text(R"({"datasets": [], "algorithms": [], "protocol": {"seed": -1}})")
            .starts_with("protocol.seed is -1"));
}
