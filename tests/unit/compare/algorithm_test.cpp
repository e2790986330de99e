#include "compare/algorithm.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using compare::Algorithm;
using compare::Variant;

namespace {

Algorithm algorithm(const std::string& spec) { return Algorithm({spec, spec}, {}); }

std::string text(const Variant& variant) {
  std::string all;
  for (const auto& [name, value] : variant.settings) all += name + "=" + value + ";";
  return all + variant.choice;
}

std::string refusal(const std::string& spec) {
  try {
    algorithm(spec);
  } catch (const UsageError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("algorithm: options by long or short name, flags, and values with commas") {
  CHECK(text(algorithm("lmnn").variants().at(0)) == "");
  CHECK(text(algorithm("lmnn:k=5,push_weight=0.3").variants().at(0)) == "k=5;push-weight=0.3;");
  CHECK(text(algorithm("lmnn:diagonal,k=2").variants().at(0)) == "diagonal=true;k=2;");
  CHECK(text(algorithm("triplet:layers=16,4,epochs=2").variants().at(0)) == "layers=16,4;epochs=2;");
  CHECK(text(algorithm("siamese:layers=,epochs=2").variants().at(0)) == "layers=;epochs=2;");
  CHECK(text(algorithm("mmc:count=300,ridge=1e-3").variants().at(0)) == "count=300;ridge=1e-3;");
}

TEST_CASE("algorithm: every combination of values, the last option's changing fastest") {
  const std::vector<Variant> variants = algorithm("lmnn:k=1|3,tolerance=0.01,push-weight=0.1|0.9").variants();
  REQUIRE(variants.size() == 4);
  CHECK(text(variants[0]) == "k=1;tolerance=0.01;push-weight=0.1;k=1,push-weight=0.1");
  CHECK(text(variants[1]) == "k=1;tolerance=0.01;push-weight=0.9;k=1,push-weight=0.9");
  CHECK(text(variants[2]) == "k=3;tolerance=0.01;push-weight=0.1;k=3,push-weight=0.1");
}

TEST_CASE("algorithm: the experiment's seed is that of every learner that draws, unless it names another") {
  Table table;
  table.X = Matrix(12, 2);
  for (Index i = 0; i < 12; ++i) {
    table.X.row(i) << static_cast<double>(i % 2), static_cast<double>(i * i % 7);
    table.y.push_back(static_cast<int>(i % 2));
  }
  table.classes = {"a", "b"};
  table.columns.features = {0, 1};
  for (const std::string name : {"itml", "siamese", "triplet"}) {
    const std::string epochs = name == "itml" ? "" : ",epochs=1";
    for (const auto& [options, seed] : {std::pair("pca=2", 7), std::pair("pca=2,seed=3", 3)}) {
      const Algorithm made = algorithm(name + ":" + options + epochs);
      const cli::Fitted fit = made.fit(made.variants()[0], table, 7, Run());
      CHECK_MESSAGE(fit.model.seed == seed, name);
    }
  }
}

TEST_CASE("algorithm: what makes no sense is refused at once, naming the spec") {
  CHECK(refusal("tree").starts_with("algorithm 'tree': 'tree' is no algorithm; there are euclidean, "));
  CHECK(refusal("lmnn:speed=1") == "algorithm 'lmnn:speed=1': there is no option 'speed'");
  CHECK(refusal("lmnn:k=1,k=2") == "algorithm 'lmnn:k=1,k=2': 'k' is given twice");
  CHECK(refusal("lmnn:k=1,neighbors=2") == "algorithm 'lmnn:k=1,neighbors=2': 'k' and 'neighbors' are one option");
  CHECK(refusal("cov:within=").find("'' is neither true nor false") != std::string::npos);
  CHECK(refusal("lmnn:k=1|two").find("'two' is not a whole number") != std::string::npos);
  CHECK(refusal("mmc:tolerance=-1") == "algorithm 'mmc:tolerance=-1': --tolerance: must be above 0");
  CHECK(refusal("lmnn:push-weight=2") == "algorithm 'lmnn:push-weight=2': --push-weight: must lie in (0, 1)");
  CHECK(refusal("lmnn:k=3|0").find("must be at least 1") != std::string::npos);
  CHECK(refusal("mmc:count=5,all=true").find("give one of --count") != std::string::npos);
  CHECK(refusal("itml:prior=some.json").find("some.json") != std::string::npos);
}
