/// maha-plot explain, weights and path: the numbers drawn, worked out here by another way.

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// The rows of the data blocks in a script, in their order.
std::vector<std::vector<std::vector<double>>> drawn_blocks(const std::string& script) {
  std::vector<std::vector<std::vector<double>>> blocks;
  bool inside = false;
  for (const std::string& line : lines(script)) {
    if (line.starts_with("$panel") && line.ends_with("<< EOD")) {
      inside = true;
      blocks.emplace_back();
    } else if (line == "EOD") {
      inside = false;
    } else if (inside) {
      auto& row = blocks.back().emplace_back();
      std::istringstream words(line);
      for (double value = 0; words >> value;) row.push_back(value);
    }
  }
  return blocks;
}

/// How long the bars of a block are: each goes from 0 to the right or to the left.
std::vector<double> bar_lengths(const std::vector<std::vector<double>>& block) {
  std::vector<double> all;
  for (const auto& row : block) all.push_back(row.at(0) + row.at(1));
  return all;
}

const std::string kTrain = "a,b,c,class\n0,0,0,u\n1,0,0,u\n0,3,1,v\n-2,0,4,v\n0,0,9,v\n";
const std::string kQuery = "a,b,c,class\n9,9,9,u\n0.5,1,0,u\n";

}  // namespace

TEST_CASE("maha-plot explain: bars are squared differences of the rows, from CSV and from JSON, by a pipe") {
  const Sandbox box;
  box.write("train.csv", kTrain);
  box.write("query.csv", kQuery);
  const std::string explain = "maha-explain -k 2 --train train.csv query.csv",
                    plot = " | maha-plot explain --script --query 2 ";
  const Outcome csv = box.run(explain + plot);
  CHECK_MESSAGE(csv.status == 0, csv);
  CHECK(csv.err == "");
  CHECK(box.run(explain + " --format json" + plot).out == csv.out);
  CHECK(box.run(explain + " --rows 2" + plot).out == csv.out);
  const auto blocks = drawn_blocks(csv.out);
  REQUIRE(blocks.size() == 3);
  // Of (0.5, 1, 0) to rows 1 and 2, and to row 3, of which b differs most, and then c and a. By contrast with row 1
  // b is 4 - 1, c is 1 - 0, a is 0.25 - 0.25.
  CHECK(contains(csv.out, "set ytics (\"b\" 1, \"c\" 2, \"a\" 3)"));
  CHECK(bar_lengths(blocks[0]) == std::vector<double>{1, 0, 0.25});
  CHECK(bar_lengths(blocks[1]) == std::vector<double>{1, 0, 0.25});
  CHECK(bar_lengths(blocks[2]) == std::vector<double>{4, 1, 0.25});
  CHECK(contains(csv.out, "near 1: row 1, u"));
  CHECK(contains(csv.out, "other: row 3, v"));
  CHECK(contains(csv.out, "(sum 5.25)"));
  CHECK(contains(csv.out, "row 2 is taken for u, radius "));
  CHECK(contains(box.run(explain + " | maha-plot explain --script").out, "row 1 is taken for "));  // the first
  const std::string top = box.run(explain + plot + "--top 1").out;
  CHECK(bar_lengths(drawn_blocks(top).at(2)) == std::vector<double>{4, 1.25});
  CHECK(contains(top, "\"2 others\" 2"));
  for (const std::string format : {"", " --format json"}) {  // what is not told is in the bar of the others
    const std::string untold = box.run(explain + " --top 1" + format + plot).out;
    const auto others = bar_lengths(drawn_blocks(untold).at(2));
    CHECK(others.at(0) == 4);
    CHECK(others.at(1) == doctest::Approx(1.25));
    CHECK(contains(untold, "\"all others\" 2"));
  }
  const std::string data = "--leave-one-out --train datasets/iris.csv --id 1 --label -1";
  CHECK(
      contains(box.run("maha-explain " + data + " | maha-plot explain --script --query 6.4").out, "row 6.4 is taken"));
  check_refused(box.run(explain + " | maha-plot explain --query 3"), 1,
                "standard input: no row '3' is explained; explained are 1, 2");
  const Outcome many =
      box.run("maha-explain -k 9 --leave-one-out --train datasets/iris.csv | maha-plot explain --script");
  CHECK(many.err == "maha-plot: note: standard input: of 9 neighbours the nearest 6 are drawn\n");
  CHECK(drawn_blocks(many.out).size() == 7);
}

TEST_CASE("maha-plot weights: the diagonal of M, by the variances, and shares of the mean squared distance") {
  const Sandbox box;
  box.write("model.json", R"({"format":"maha-model","version":1,"features":["x","y"],"metric":{"M":[[2,-1],[-1,5]]}})");
  box.write("rows.csv", "x,y,kind\n0,1,a\n4,1,b\n8,4,a\n");  // variances 32/3 and 2, covariance 4
  const auto bars = [&](const std::string& options) {
    return bar_lengths(drawn_blocks(box.run("maha-plot weights --script model.json " + options).out).back());
  };
  CHECK(bars("") == std::vector<double>{5, 2});
  CHECK(contains(box.run("maha-plot weights --script model.json").out, "set ytics (\"y\" 1, \"x\" 2)"));
  const std::vector<double> scaled = bars("--data rows.csv --label kind"),
                            shares = bars("--data rows.csv --label kind --share");
  CHECK(scaled[0] == doctest::Approx(2 * 32 / 3.0));
  CHECK(scaled[1] == doctest::Approx(5 * 2.0));
  const double x = 2 * 32 / 3.0 - 4, y = 5 * 2.0 - 4;  // (M S)_ii
  CHECK(shares[0] == doctest::Approx(100 * x / (x + y)));
  CHECK(shares[1] == doctest::Approx(100 * y / (x + y)));
  CHECK(bars("--top 1") == std::vector<double>{5});
  CHECK(contains(box.run("maha-plot weights --script --top 1 model.json").out, "the largest 1 of 2, 71% of the sum"));
  // Of shares that cancel each other there is no such part.
  CHECK(box.run("maha-lmnn -q --standardize datasets/wdbc.csv -o wdbc.json").status == 0);
  const std::string cancelling =
      box.run("maha-plot weights --script --share --top 2 --data datasets/wdbc.csv wdbc.json").out;
  CHECK(contains(cancelling, "the largest 2 of 30"));
  CHECK_FALSE(contains(cancelling, "of the sum"));
  check_refused(box.run("maha-plot weights absent.json --share"), 2, "--share: goes with --data FILE");
  check_refused(box.run("maha-plot weights absent.json --label 3"), 2, "--label: goes with --data FILE");
  check_refused(box.run("maha-plot weights absent.json --top 0"), 2, "--top: must be at least 1");
  box.run("maha-siamese -q --epochs 1 --layers 3,2 rows.csv -o net.json");
  check_refused(box.run("maha-plot weights net.json"), 1, "net.json: the model is a network, which has no matrix M");
}

TEST_CASE("maha-plot path: the errors that splits, fits and k-NN by hand come to") {
  const Sandbox box;
  CHECK(box.run("maha-compare -q -k 1 --folds 2 -a euclidean -a lda:rank=2 -a one=lda:rank=1 datasets/iris.csv "
                "--format json "
                "-o r.json")
            .status == 0);
  const Outcome path = box.run("maha-plot path --script r.json");
  CHECK_MESSAGE(path.status == 0, path);
  const auto blocks = drawn_blocks(path.out);
  REQUIRE(blocks.size() == 3);  // the level of euclidean, the band, the line
  CHECK(contains(path.out, "set label \"rank\""));
  std::map<int, std::vector<double>> errors;  // % by rank; 0 is the Euclidean distance
  for (const std::string fold : {"1", "2"}) {
    box.run("maha-split --folds 2 --fold " + fold + " datasets/iris.csv --train-out train.csv --test-out test.csv");
    for (const int rank : {0, 1, 2}) {
      const std::string model = rank > 0 ? " -m m.json" : "";
      if (rank > 0) box.run("maha-lda -q --rank " + std::to_string(rank) + " train.csv -o m.json");
      const Outcome report = box.run("maha-knn --json -k 1 --train train.csv test.csv" + model);
      errors[rank].push_back(100 * nlohmann::json::parse(report.out)["error"].get<double>());
    }
  }
  const auto mean = [&](int rank) { return (errors[rank][0] + errors[rank][1]) / 2; };
  const auto sd = [&](int rank) { return std::abs(errors[rank][0] - errors[rank][1]) / std::sqrt(2.0); };
  CHECK(blocks[0].size() == 2);
  for (const auto& row : blocks[0]) CHECK(row.at(1) == doctest::Approx(mean(0)));
  for (const int rank : {1, 2}) {
    const auto &band = blocks[1].at(static_cast<std::size_t>(rank) - 1),
               &point = blocks[2].at(static_cast<std::size_t>(rank) - 1);
    CHECK(point.at(0) == rank);
    CHECK(point.at(1) == doctest::Approx(mean(rank)));
    CHECK(band.at(1) == doctest::Approx(std::max(0.0, mean(rank) - sd(rank))));
    CHECK(band.at(2) == doctest::Approx(mean(rank) + sd(rank)));
  }
  check_refused(box.run("maha-plot path --option k r.json"), 1, "r.json: no algorithm has a number for its option 'k'");
}
