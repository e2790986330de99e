/// maha-lmnn --triplets: a user's own triplets in place of labels.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

const std::string kTriplets =
    "awk 'BEGIN { for (r = 1; r < 59; ++r) print r \",\" r + 1 \",\" r + 60 }' > triplets.csv";
const std::string kFitTriplets = "maha-lmnn -q --triplets triplets.csv --standardize ";

}  // namespace

TEST_CASE("maha-lmnn --triplets: a certified model, whatever the order of the triplets and the threads") {
  const Sandbox box;
  REQUIRE(box.run(kTriplets).status == 0);
  const Outcome fit = box.run(kFitTriplets + "--require-converged --trace trace.csv --dual dual.csv datasets/wine.csv");
  CHECK(fit.err == "");
  const Json model = model_of(fit);
  CHECK(model["algorithm"] == "lmnn");
  CHECK(model["parameters"] == Json({{"push_weight", 0.5}, {"tolerance", 1e-3}}));
  CHECK(model["gap"].get<double>() <= 1e-3);
  CHECK(model["triplets"] == 58);
  CHECK(model["rows"] == 117);  // 1 to 59, and 61 to 118
  CHECK(lines(box.read("trace.csv")).size() == model["iterations"].get<std::size_t>() + 2);
  const auto dual = lines(box.read("dual.csv"));
  CHECK(dual[0] == "i,j,l,alpha");
  for (std::size_t r = 1; r < dual.size(); ++r) {
    int i = 0, j = 0, l = 0;
    CHECK(std::sscanf(dual[r].c_str(), "%d,%d,%d,", &i, &j, &l) == 3);
    CHECK((j == i + 1 && l == i + 60));
  }
  CHECK(box.run("tac triplets.csv > back.csv; maha-lmnn -q -j 3 --triplets back.csv --standardize datasets/wine.csv")
            .out == fit.out);
  CHECK(box.run(kFitTriplets + "--unlabeled --drop class < datasets/wine.csv").status == 0);
  CHECK(box.run("maha-lmnn -q --triplets - --standardize datasets/wine.csv < triplets.csv").out == fit.out);
  CHECK(model_of(box.run(kFitTriplets + "--diagonal datasets/wine.csv"))["gap"].get<double>() <= 1e-3);
  CHECK(model_of(box.run(kFitTriplets + "--rank 1 datasets/wine.csv"))["metric"]["L"].size() == 1);
  box.write("m.json", fit.out);
  CHECK(model_of(box.run(kFitTriplets + "--init m.json datasets/wine.csv"))["objective"].get<double>() <=
        model["objective"].get<double>() * (1 + 1e-3));
}

TEST_CASE("maha-lmnn --triplets: rows by id") {
  const Sandbox box;
  box.write("people.csv", "who,a,b\nann,1,2\nbob,2,2\ncid,5,1\ndan,9,9\neve,4,0\n");
  box.write("clicks.csv", "anchor,near,far,why\nann,bob,dan,x\ncid,eve,dan,y\n");
  const Outcome by_id = box.run("maha-lmnn -q --unlabeled --id who --triplets clicks.csv people.csv");
  box.write("numbers.csv", "1,2,4\n3,5,4\n");
  const Outcome by_number = box.run("maha-lmnn -q --unlabeled --drop who --triplets numbers.csv people.csv");
  CHECK(model_of(by_id)["metric"] == model_of(by_number)["metric"]);
  box.write("other.csv", "x,y,z,why\nann,bob,dan,x\ncid,eve,dan,y\n");
  const Outcome unclear = box.run("maha-lmnn -q --unlabeled --id who --triplets other.csv people.csv");
  CHECK(unclear.status == 1);
  CHECK(contains(unclear.err, "other.csv:1: none of these is an id; is this line a header? --triplets-header yes"));
  CHECK(box.run("maha-lmnn -q --unlabeled --id who --triplets-header yes --triplets other.csv people.csv").out ==
        by_id.out);
}

TEST_CASE("maha-lmnn --triplets: what it refuses, in one line, with nothing written") {
  const Sandbox box;
  REQUIRE(box.run(kTriplets).status == 0);
  for (const std::string options : {"-k 3", "--small-classes drop", "--small-classes error", "--targets m.json"}) {
    const Outcome outcome = box.run(kFitTriplets + options + " datasets/wine.csv -o out.json");
    CHECK_MESSAGE(outcome.status == 2, options);
    CHECK(lines(outcome.err).size() == 1);
  }
  CHECK(box.run("maha-lmnn --unlabeled datasets/wine.csv").status == 2);
  CHECK(box.run("maha-lmnn --triplets-header yes datasets/wine.csv").status == 2);
  CHECK(box.run("maha-lmnn --triplets - -", "1,2,3\n").status == 2);
  const std::pair<const char*, const char*> bad[] = {
      {"1,2,3\n1,2,0\n", "bad.csv:2: column 3: row 0: rows count from 1"},
      {"1,2,3\n1,179,3\n", "bad.csv:2: column 2: row 179: datasets/wine.csv has 178"},
      {"1,2,3\n\n1,2,ann\n", "bad.csv:3: column 3: 'ann' is no row number (rows called by id need --id COLUMN)"},
      {"1,1,3\n", "bad.csv:1: column 2: row '1' twice in a triplet"},
      {"1,2,2\n", "bad.csv:1: column 3: row '2' twice in a triplet"},
      {"1,2\n", "bad.csv:1: 2 fields, where anchor,near,far are wanted"},
      {"1,2,3\n1,2,3,4\n", "bad.csv:2: 4 fields, where the first line has 3"},
      {"1,2,3\n1,\"2,3\n", "bad.csv:2: column 2: a quote opened in this record is never closed"},
      {"anchor,near,far\n", "bad.csv: has no triplet behind what looks like a header"},
      {"", "bad.csv: has no triplet"},
  };
  for (const auto& [text, message] : bad) {
    box.write("bad.csv", text);
    const Outcome outcome = box.run("maha-lmnn -q --triplets bad.csv datasets/wine.csv -o out.json");
    CHECK(outcome.status == 1);
    CHECK(outcome.err == std::string("maha-lmnn: ") + message + "\n");
  }
  CHECK(box.run("maha-lmnn --triplets nowhere.csv datasets/wine.csv -o out.json").status == 1);
  CHECK(box.run(kFitTriplets + "datasets/wine.csv > /dev/full").status == 1);
  CHECK(box.run(kFitTriplets + "datasets/wine.csv | head -c 1").status == 0);
  CHECK_FALSE(box.exists("out.json"));
  CHECK(box.run(kFitTriplets + "datasets/wine.csv -o near.json").status == 0);
  const Outcome energy = box.run("maha-knn --rule energy -m near.json --train datasets/wine.csv datasets/wine.csv");
  CHECK(energy.status == 1);
  CHECK(contains(energy.err, "records neighbors"));
}
