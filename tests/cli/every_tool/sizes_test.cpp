/// Values whose squares are no numbers, through every tool that measures: what common sizes give, or one line.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

/// Two classes beside each other, of a size: 1, e200 or e-200 behind the digits.
std::string rows(const std::string& size) {
  std::string text = "a,b,class\n";
  for (const std::string row : {"1 0 x", "4 1 y", "1.1 0.2 x", "4.1 1.3 y", "1.35 0.1 x", "4.4 1.1 y"}) {
    const std::string a = row.substr(0, row.find(' ')), rest = row.substr(row.find(' ') + 1);
    text += a + size + "," + rest.substr(0, rest.find(' ')) + size + "," + rest.substr(rest.find(' ') + 1) + "\n";
  }
  return text;
}

const std::string kSixPairs = "i,j,similar\n1,3,1\n2,4,1\n3,5,1\n1,2,0\n3,4,0\n5,6,0\n";

struct Sizes {
  Sandbox box;
  Sizes() {
    box.write("one.csv", rows(""));
    box.write("large.csv", rows("e200"));
    box.write("small.csv", rows("e-200"));
    box.write("pairs.csv", kSixPairs);
  }
  /// The command with the name of the size in the place of @, or behind it.
  Outcome run(std::string command, const std::string& size) const {
    if (!contains(command, "@")) command += " @.csv";
    for (std::size_t at; (at = command.find('@')) != std::string::npos;) command.replace(at, 1, size);
    return box.run(command);
  }
};

/// A CSV's column, by its number from 1.
std::vector<std::string> column_at(const std::string& csv, int number) {
  std::vector<std::string> fields;
  for (std::string line : lines(csv)) {
    for (int c = 1; c < number; ++c) line = line.substr(line.find(',') + 1);
    fields.push_back(line.substr(0, line.find(',')));
  }
  return fields;
}

}  // namespace

TEST_CASE("sizes: neighbours, votes, retrieval and drawn pairs are those of common sizes") {
  const Sizes sizes;
  for (const std::string command :
       {"maha-knn -k 1,3 --leave-one-out --retrieval --train", "maha-knn -k 3 --votes weighted --leave-one-out --train",
        "maha-knn -k 1 --standardize --leave-one-out --train", "maha-pairs --nearest 2",
        "maha-knn -k 1 --scale minmax --pca 1 --leave-one-out --train",
        "maha-predict -k 3 --train @.csv @.csv | cut -d, -f3-",
        "maha-predict --centroids --standardize --train @.csv @.csv | cut -d, -f3-",
        "maha-compare -a euclidean -a euclidean:scale=zscore --folds 3 --format csv @.csv | cut -d, -f2-"}) {
    const Outcome one = sizes.run(command, "one");
    for (const std::string size : {"one", "large", "small"}) {
      const Outcome outcome = sizes.run(command, size);
      CHECK(outcome.status == 0);
      CHECK(outcome.out == one.out);
    }
  }
}

TEST_CASE("sizes: distances are right, and squares that are no numbers are refused") {
  const Sizes sizes;
  for (const std::string size : {"large", "small"}) {
    const std::string e = size == "large" ? "e+200" : "e-200";
    const Outcome found = sizes.run("maha-neighbors -k 2 --leave-one-out --train", size);
    CHECK(found.status == 0);
    CHECK(column_at(found.out, 3) == column_at(sizes.run("maha-neighbors -k 2 --leave-one-out --train", "one").out, 3));
    CHECK(column_at(found.out, 4)[1].starts_with("2.23606797749979"));
    CHECK(column_at(found.out, 4)[1].ends_with(size == "large" ? "e+199" : "e-201"));
    const Outcome near = sizes.run("maha-neighbors --radius 1" + e + " --leave-one-out --train", size);
    CHECK(column_at(near.out, 3) ==
          column_at(sizes.run("maha-neighbors --radius 1 --leave-one-out --train", "one").out, 3));
    for (const auto& [command, file] :
         {std::pair("maha-neighbors --squared --leave-one-out --train", size + ".csv: row 1"),
          std::pair("maha-distance --squared --pairs pairs.csv", std::string("pairs.csv"))}) {
      const Outcome outcome = sizes.run(command, size);
      check_refused(outcome, 1, "leave out --squared");
      CHECK(contains(outcome.err, ": " + file + ": the square of the distance"));
    }
    const Outcome distances = sizes.run("maha-distance --pairs pairs.csv", size);
    CHECK(distances.status == 0);
    CHECK(contains(distances.out, "\n1,2,3.162277660168"));
    CHECK(contains(distances.out, e + "\n"));
    check_refused(sizes.run("maha-verify --squared --pairs pairs.csv", size), 1, "leave out --squared");
    const Json report = Json::parse(sizes.run("maha-verify --json --pairs pairs.csv", size).out);
    CHECK(report["auc"] == 1);
    CHECK(report["best_error"] == 0);
  }
}

TEST_CASE("sizes: learners find what they find of common sizes, or say what they cannot write") {
  const Sizes sizes;
  const auto objective = [&](const std::string& command, const std::string& size) {
    const Outcome outcome = sizes.run(command, size);
    CHECK(outcome.status == 0);
    return Json::parse(outcome.out)["objective"].get<double>();
  };
  for (const std::string command :
       {"maha-mmc --pairs pairs.csv", "maha-mmc --diagonal --pairs pairs.csv", "maha-lmnn -k 1",
        "maha-lmnn -k 1 --diagonal", "maha-itml --pairs pairs.csv", "maha-mmc --standardize --pairs pairs.csv",
        "maha-lmnn --standardize -k 2 --diagonal"}) {
    CHECK(objective(command, "large") == doctest::Approx(objective(command, "one")).epsilon(1e-6));
  }
  CHECK(objective("maha-itml --pairs pairs.csv", "small") ==
        doctest::Approx(objective("maha-itml --pairs pairs.csv", "one")).epsilon(1e-6));
  for (const std::string size : {"large", "small"}) {
    check_refused(sizes.run("maha-cov", size), 1, ": the values of a ");
    check_refused(sizes.run("maha-cov --standardize --within", size), 1, ": the values of a ");
    CHECK(sizes.run("maha-siamese --epochs 2 --layers 4,2", size).status == 0);
    CHECK(sizes.run("maha-triplet --epochs 2 --layers 2", size).status == 0);
  }
  check_refused(sizes.run("maha-mmc --pairs pairs.csv", "small"), 1, "the values of a differ by too little");
}

TEST_CASE("sizes: what such a model is good for, and what it is not") {
  const Sizes sizes;
  const Sandbox& box = sizes.box;
  CHECK(sizes.run("maha-lmnn -k 1 -o m.json", "large").status == 0);
  CHECK(contains(box.run("maha-model show m.json").out, "rank: 1"));
  CHECK(contains(box.run("maha-model show m.json").out, "only L can be used"));
  for (const std::string command : {"spectrum", "weights", "export --as M"}) {
    check_refused(box.run("maha-model " + command + " m.json"), 1, "only L can be used");
  }
  CHECK(contains(box.run("maha-model compare m.json m.json").out, "angle: 0\n"));
  CHECK(box.run("maha-knn -k 1 -m m.json --train large.csv large.csv | sed -n 2p").out ==
        box.run("maha-knn -k 1 --train one.csv one.csv | sed -n 2p").out);
  box.write("wide.json", R"({"format":"maha-model","version":1,"metric":{"L":[[1e150,0],[0,1]]},"center":[0,0]})");
  check_refused(box.run("maha-transform -m wide.json large.csv"), 1, "too large for numbers");
  check_refused(box.run("maha-distance --to center -m wide.json large.csv"), 1, "too large for a number");
  check_refused(box.run("maha-knn -m wide.json --train large.csv large.csv"), 1,
                "large.csv: row 1: its coordinates are too large for numbers");
  box.write("unit.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1,0],[0,1]]},"center":[0,0]})");
  CHECK(contains(box.run("maha-distance --to center -m unit.json large.csv").out, "\n1,1e+200,0\n"));
  CHECK(contains(box.run("maha-distance --to center -m unit.json small.csv").out, "\n1,1e-200,1\n"));
  check_refused(box.run("maha-distance --squared --to center -m unit.json small.csv"), 1, "leave out --squared");
}

TEST_CASE("sizes: one value that dwarfs the others is refused where they would be lost") {
  const Sizes sizes;
  sizes.box.write("one_large.csv", "a,b,class\n1e300,0,x\n4,1,y\n1.1,0.2,x\n4.1,1.3,y\n1.35,0.1,x\n4.4,1.1,y\n");
  for (const std::string command : {"maha-mmc --pairs pairs.csv", "maha-lmnn -k 1", "maha-itml --pairs pairs.csv"}) {
    check_refused(sizes.run(command, "one_large"), 1, "--standardize makes them alike");
    CHECK(sizes.run(command + " --standardize", "one_large").status == 0);
  }
}

TEST_CASE("sizes: pictures of them") {
  const Sizes sizes;
  for (const std::string size : {"large", "small"}) {
    const Outcome outcome = sizes.run("maha-plot projection --script", size);
    CHECK(outcome.status == 0);
    CHECK_FALSE(contains(outcome.out, "nan"));
    CHECK(contains(outcome.out, "% of variance"));
    CHECK(sizes.run("maha-plot projection -o p.svg", size).status == 0);
  }
  sizes.box.write("m.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1.7976931348623157e308,0],[0,1]]}})");
  const Outcome top = sizes.box.run("maha-plot spectrum m.json -o s.svg");
  CHECK(top.status == 0);
  CHECK(top.err == "");
}
