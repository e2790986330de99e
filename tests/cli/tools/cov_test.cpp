/// maha-cov: what it writes, what it refuses, and that it streams.

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {

const std::string kSmall = "a,b,class\n1,2,x\n2,1,y\n4,5,x\n3,3,y\n5,9,x\n";

}  // namespace

TEST_CASE("maha-cov: the inverse covariance of a small file, with what it was made from") {
  const Sandbox box;
  box.write("small.csv", kSmall);
  const auto model = model_of(box.run("maha-cov small.csv"));
  // S = [[2, 3.6], [3.6, 8]] with divisor 5, by hand
  CHECK(model["metric"]["M"][0][0].get<double>() == doctest::Approx(8 / 3.04).epsilon(1e-14));
  CHECK(model["metric"]["M"][1][0].get<double>() == doctest::Approx(-3.6 / 3.04).epsilon(1e-14));
  CHECK(model["metric"]["M"][1][1].get<double>() == doctest::Approx(2 / 3.04).epsilon(1e-14));
  CHECK(model["center"] == nlohmann::json({3, 4}));
  CHECK(model["features"] == nlohmann::json({"a", "b"}));
  CHECK(model["label"] == "class");
  CHECK(model["algorithm"] == "cov");
  CHECK(model["rows"] == 5);
  CHECK(model["rank"] == 2);
  const auto unbiased = model_of(box.run("maha-cov --unbiased < small.csv"));
  CHECK(unbiased["metric"]["M"][0][0].get<double>() == doctest::Approx(8 / 3.04 * 0.8).epsilon(1e-14));
  CHECK(unbiased["parameters"] == nlohmann::json({{"unbiased", true}}));
}

TEST_CASE("maha-cov: options are recorded, and shrinkage is what the formulas give") {
  const Sandbox box;
  const auto oas = model_of(box.run("maha-cov --shrinkage oas --standardize datasets/iris.csv"));
  CHECK(oas["shrinkage"].get<double>() == doctest::Approx(0.0255734708998795).epsilon(1e-12));
  CHECK(oas["parameters"]["shrinkage"] == "oas");
  CHECK(oas["preprocessing"]["scale"] == "zscore");
  const auto pca = model_of(box.run("maha-cov --within --shrinkage 0.25 --ridge 1e-3 --pca 2 datasets/iris.csv"));
  CHECK(pca["metric"]["L"].size() == 2);
  CHECK(pca["preprocessing"]["pca"] == 2);
  CHECK(pca["parameters"] == nlohmann::json({{"within", true}, {"ridge", 1e-3}, {"shrinkage", 0.25}}));
}

TEST_CASE("maha-cov: the same bytes from a file, a pipe, gzip, and on any number of threads") {
  const Sandbox box;
  for (const std::string options :
       {"", "--within --shrinkage ledoit-wolf --standardize", "--pca 5 --shrinkage ledoit-wolf"}) {
    const std::string expected = box.run("maha-cov -j 1 " + options + " datasets/digits.csv").out;
    CHECK(!expected.empty());
    CHECK(box.run("cat datasets/digits.csv | maha-cov -j 3 " + options).out == expected);
    CHECK(box.run("gzip -c datasets/digits.csv | maha-cov -j 2 " + options + " -").out == expected);
    CHECK(box.run("maha-cov " + options + " <(cat datasets/digits.csv) -o model.json && cat model.json").out ==
          expected);
  }
}

TEST_CASE("maha-cov: fewer rows than features make L, of a file or a pipe, and every command takes it") {
  const Sandbox box;
  std::string header = "class", rows;
  for (int j = 1; j <= 40; ++j) header += ",f" + std::to_string(j);
  for (int i = 0; i < 12; ++i) {
    rows += i % 2 == 0 ? "a" : "b";
    for (int j = 1; j <= 40; ++j) rows += "," + std::to_string((i * 7 + j * 11 + i * j * j) % 97);
    rows += "\n";
  }
  box.write("wide.csv", header + "\n" + rows);
  const Outcome file = box.run("maha-cov --pseudo-inverse --label class wide.csv");
  CHECK(file.status == 0);
  CHECK(file.err == "");
  CHECK(model_of(file)["metric"]["L"].size() == 11);
  CHECK(model_of(file)["rank"] == 11);
  CHECK(model_of(file)["center"].size() == 40);
  CHECK(box.run("cat wide.csv | maha-cov --pseudo-inverse -j 3 --label class").out == file.out);
  CHECK(model_of(box.run("maha-cov --within --label class wide.csv"))["metric"]["L"].size() == 10);
  CHECK(model_of(box.run("maha-cov --ridge 0.1 --label class wide.csv"))["metric"]["M"].size() == 40);
  box.write("m.json", file.out);
  for (const std::string command :
       {"maha-model show m.json", "maha-model check m.json", "maha-model spectrum m.json", "maha-model weights m.json",
        "maha-model compare m.json m.json", "maha-model reduce m.json --dims 3 --data wide.csv",
        "maha-transform -m m.json wide.csv", "maha-distance --to center -m m.json wide.csv",
        "maha-neighbors -m m.json --leave-one-out --train wide.csv", "maha-pca --label class wide.csv",
        "maha-knn -k 1 -m m.json --train wide.csv wide.csv",
        "maha-knn -k 1 --pca 3 --train wide.csv wide.csv --label class",
        "maha-lmnn -k 2 --pca 20 --label class wide.csv", "maha-plot projection --label class wide.csv -o p.svg"}) {
    CAPTURE(command);
    const Outcome outcome = box.run(command);
    CHECK(outcome.status == 0);
    CHECK_FALSE(contains(outcome.out, "nan"));
  }
}

TEST_CASE("maha-cov: a full M over more features than can be written is refused, with what to do") {
  const Sandbox box;
  std::string wide;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 8000; ++j) wide += std::to_string((i * 31 + j * (i + 1)) % 101) + (j < 7999 ? "," : "\n");
  }
  box.write("wide.csv", wide);
  for (const std::string option : {"--ridge 0.1", "--shrinkage oas", "--shrinkage 0.5 --standardize"}) {
    const Outcome outcome = box.run("maha-cov --unlabeled " + option + " wide.csv");
    check_refused(outcome, 1, "--pca R");
    CHECK(contains(outcome.err,
                   "maha-cov: wide.csv: with shrinkage or a ridge M is a full matrix of 8000 x 8000, a model "
                   "of 1.3 GB"));
  }
  CHECK(box.run("maha-cov --unlabeled --ridge 0.1 --pca 2 wide.csv").status == 0);
}

TEST_CASE(
    "maha-cov --robust: what the model says, and the same bytes in any order, from a pipe, on any number of threads") {
  const Sandbox box;
  const Outcome file = box.run("maha-cov --robust -j 1 datasets/wine.csv");
  CHECK(file.err == "");
  const auto model = model_of(file);
  CHECK(model["parameters"] == nlohmann::json({{"robust", true}}));
  CHECK(model["support_rows"] == 96);
  CHECK(model["rank"] == 13);
  CHECK(model["rows"] == 178);
  CHECK(model["outliers"].get<int>() > 10);
  CHECK(model["log_determinant"].get<double>() < -7.47);  // scikit-learn's, see docs/maha-cov.md
  CHECK(box.run("cat datasets/wine.csv | maha-cov --robust -j 3").out == file.out);
  CHECK(box.run("(head -1 datasets/wine.csv; tail -n +2 datasets/wine.csv | sort -R) | maha-cov --robust").out ==
        file.out);
  const auto other = model_of(box.run("maha-cov --robust --support 0.75 --starts 0 --standardize datasets/wine.csv"));
  CHECK(other["parameters"] == nlohmann::json({{"robust", true}, {"support", 0.75}, {"starts", 0}}));
  CHECK(other["support_rows"] == 134);
  CHECK(other["preprocessing"]["scale"] == "zscore");
}

TEST_CASE("maha-cov --robust: an exact fit, too few rows and contradictory options are told in one line") {
  const Sandbox box;
  std::string rows = "width,height,area,class\n";
  for (int i = 0; i < 30; ++i) {
    const int a = 1 + i * i % 17, b = 3 + i * 5 % 11;
    const int area = i < 20 ? 2 * a + b + 4 : (7 * i) % 23;
    rows += std::to_string(a) + "," + std::to_string(b) + "," + std::to_string(area) + ",x\n";
  }
  box.write("flat.csv", rows);
  for (const std::string command : {"maha-cov --robust flat.csv", "maha-cov --robust --missing mean flat.csv"}) {
    const Outcome outcome = box.run(command);
    check_refused(outcome, 1, "maha-cov: flat.csv: 20 of 30 rows have ");
    CHECK_MESSAGE(contains(outcome.err, "area"), outcome);
    CHECK_MESSAGE(contains(outcome.err, "width"), outcome);
    CHECK_MESSAGE(contains(outcome.err, "; --drop one of these, or --support 0.7 takes rows beyond these"), outcome);
  }
  CHECK(box.run("maha-cov --robust --support 0.7 flat.csv").status == 0);
  CHECK(box.run("maha-cov --robust --drop area flat.csv").status == 0);
  check_refused(box.run("head -4 flat.csv | maha-cov --robust"), 1,
                "--robust takes more rows than features, best five times as many; these are 3 rows of 3 features");
  check_refused(box.run("maha-cov --robust datasets/digits.csv"), 1, "of 1797 rows have ");
  check_refused(box.run("cat flat.csv flat.csv | sed 32d | maha-cov --robust --kernel rbf"), 1,
                "infinitely far out; --pca R or fewer --landmarks leave fewer components");
  check_refused(box.run("sed 's/,1[0-9],/,1e200,/' flat.csv | maha-cov"), 1,
                "standard input: the values of height are too large: their squares overflow");
  for (const std::string options : {"--robust --within", "--robust --unbiased", "--robust --ridge 0.1",
                                    "--robust --shrinkage oas", "--support 0.7", "--starts 3"}) {
    const Outcome outcome = box.run("maha-cov absent.csv " + options);
    check_refused(outcome, 2, "--robust");
    CHECK_FALSE(contains(outcome.err, "absent"));
  }
}

TEST_CASE("maha-cov: a singular covariance is fitted, with a warning that names the features") {
  const Sandbox box;
  box.write("twice.csv", "a,b,c,d,class\n1,2,1,7,x\n2,1,2,7,y\n4,5,4,7,x\n3,3,3,7,y\n5,9,5,7,x\n");
  const Outcome loud = box.run("maha-cov twice.csv");
  CHECK(model_of(loud)["rank"] == 2);
  CHECK(loud.err ==
        "maha-cov: warning: the covariance is singular (rank 2 of 4); without variance: d; linearly dependent: a, c; M "
        "is "
        "its pseudo-inverse\n");
  const Outcome silent = box.run("maha-cov --pseudo-inverse twice.csv");
  CHECK(silent.err == "");
  CHECK(model_of(silent)["metric"] == model_of(loud)["metric"]);
  CHECK(box.run("maha-cov --ridge 0.1 twice.csv").err == "");
  CHECK(model_of(box.run("maha-cov", "a,b,class\n3,4,x\n3,4,y\n"))["metric"]["M"] == nlohmann::json({{0, 0}, {0, 0}}));
}

TEST_CASE("maha-cov: missing values are an error, skipped, or filled with means that the model keeps") {
  const Sandbox box;
  box.write("holes.csv", "a,b,class\n1,2,x\n2,,y\n4,5,x\n3,3,y\n");
  const Outcome refused = box.run("maha-cov holes.csv");
  CHECK(refused.status == 1);
  CHECK(contains(refused.err, "holes.csv:3: column 2 (b)"));
  const Outcome skipped = box.run("maha-cov --missing skip holes.csv");
  CHECK(model_of(skipped)["rows"] == 3);
  CHECK(contains(skipped.err, "1 of 4 rows skipped"));
  const auto filled = model_of(box.run("maha-cov --missing mean holes.csv"));
  CHECK(filled["rows"] == 4);
  CHECK(filled["fill"][1].get<double>() == doctest::Approx(10.0 / 3));
}

TEST_CASE("maha-cov: what cannot be fitted is one line, and the exit status says whose fault it is") {
  const Sandbox box;
  box.write("small.csv", kSmall);
  box.write("header.csv", "a,b,class\n");
  struct Case {
    std::string command;
    int status;
    std::string complaint;
  };
  for (const Case& c : std::vector<Case>{{"maha-cov none.csv", 1, "none.csv"},
                                         {"maha-cov header.csv", 1, "header.csv"},
                                         {"maha-cov . ", 1, "."},
                                         {"maha-cov --within --unlabeled small.csv --drop class", 2, "--within"},
                                         {"maha-cov --shrinkage 1.5 small.csv", 2, "--shrinkage: '1.5'"},
                                         {"maha-cov --shrinkage best small.csv", 2, "--shrinkage: 'best'"},
                                         {"maha-cov --ridge -1 small.csv", 2, "--ridge"},
                                         {"maha-cov --pca 0 small.csv", 2, "--pca: '0'"},
                                         {"maha-cov --pca 3 small.csv", 1, "PCA to 3 dimensions"},
                                         {"head -2 small.csv | maha-cov --unbiased", 1, "unbiased"},
                                         {"maha-cov small.csv -o no/such/folder.json", 1, "no/such/folder.json"}}) {
    const Outcome outcome = box.run(c.command);
    CHECK(outcome.status == c.status);
    CHECK(outcome.out == "");
    CHECK(lines(outcome.err).size() == 1);
    CHECK(outcome.err.starts_with("maha-cov: "));
    CHECK_MESSAGE(contains(outcome.err, c.complaint), outcome);
  }
  CHECK(box.files() == std::vector<std::string>{"header.csv", "small.csv"});
}

#if !defined(MAHA_SANITIZED)  // sanitizers reserve more address space than any limit, and take minutes
TEST_CASE("maha-cov: a long pipe takes no more memory than a short one") {
  const Sandbox box;
  const std::string rows = "awk 'BEGIN { for (i = 0; i < 300000; ++i) print i % 97, i % 89, i % 83 }'";
  const Outcome outcome =
      box.run("ulimit -v 400000; " + rows + " | maha-cov -d ' ' -n --unlabeled -j 1 | grep '\"rows\"'");
  CHECK(outcome.out == "  \"rows\": 300000,\n");
}

TEST_CASE("learners: a fit over thousands of features is announced, unless few rows or --pca make it short") {
  const Sandbox box;
  const std::string row = repeated("0,", 3000);
  box.write("square.csv", repeated(row + "a\n" + row + "b\n", 1500));
  box.write("few.csv", repeated(row + "a\n" + row + "b\n", 2));
  const std::string note =
      "note: 3000 features: the time grows with the cube of their number; --pca R makes it short\n";
  const auto announced = [&](const std::string& command) { return contains(box.run(command).err, note); };
  CHECK(announced("maha-lda --rank 5 square.csv"));  // of two classes, and so refused when the fit begins
  CHECK_FALSE(announced("maha-lda --rank 5 --pca 9 square.csv"));
  CHECK_FALSE(announced("maha-lda --rank 5 few.csv"));
  CHECK_FALSE(announced("maha-cov few.csv"));
}

#endif
