#include "experiment/algorithm.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/table.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;
using experiment::Algorithm;
using experiment::Variant;

namespace {

Algorithm algorithm(const std::string& spec) { return Algorithm({spec, spec}, {}); }

std::string text(const Variant& variant) {
  std::string all;
  for (const auto& [name, value] : variant.settings()) all += name + "=" + value + ";";
  return all + variant.choice();
}

std::string refused_spec(const std::string& spec) {
  return test::refusal<UsageError>([&] { algorithm(spec); });
}

/// Two classes that overlap.
data::Table overlapping() {
  Random random(5);
  data::Table table;
  Matrix X(40, 3);
  for (double& x : X.reshaped()) x = random.uniform();
  for (int i = 0; i < 40; ++i) table.y.push_back(i % 2);
  for (Index i = 0; i < 40; i += 2) X(i, 1) += 0.3;
  table.classes = {"a", "b"};
  table.target = X.col(0) + X.col(2).cwiseAbs2();
  table.X = std::move(X);
  table.columns.features = {0, 1, 2};
  return table;
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

TEST_CASE("algorithm: a name stands before the spec, whose options have = too") {
  const auto choice = [](const std::string& given) {
    const AlgorithmChoice made = algorithm_choice(given);
    return made.name + " is " + made.spec;
  };
  CHECK(choice("cov") == "cov is cov");
  CHECK(choice("lmnn:k=5") == "lmnn:k=5 is lmnn:k=5");
  CHECK(choice("tuned=lmnn:k=1|5,diagonal=true") == "tuned is lmnn:k=1|5,diagonal=true");
  CHECK(choice("a b=cov=x") == "a b is cov=x");
  CHECK(choice("=cov") == " is cov");
}

TEST_CASE("algorithm: where nobody says which, there is every learner once, and each makes sense") {
  std::vector<std::string> names;
  for (const AlgorithmChoice& usual : usual_algorithms()) {
    names.push_back(usual.name);
    CHECK_NOTHROW(Algorithm(usual, {}));
  }
  std::vector<std::string> from_labels = learn::learner_names();
  std::erase_if(from_labels,
                [](const std::string& name) { return learn::make_learner(name)->from() == learn::From::target; });
  CHECK(names == from_labels);
}

TEST_CASE("algorithm: every combination of values, the last option's changing fastest") {
  const Algorithm made = algorithm("lmnn:k=1|3,tolerance=0.01,push-weight=0.1|0.9");
  const std::vector<Variant>& variants = made.variants();
  REQUIRE(variants.size() == 4);
  CHECK(text(variants[0]) == "k=1;tolerance=0.01;push-weight=0.1;k=1,push-weight=0.1");
  CHECK(text(variants[1]) == "k=1;tolerance=0.01;push-weight=0.9;k=1,push-weight=0.9");
  CHECK(text(variants[2]) == "k=3;tolerance=0.01;push-weight=0.1;k=3,push-weight=0.1");
}

TEST_CASE("algorithm: of several kernels each has the options that it has a use for, and no combination comes twice") {
  const auto texts = [](const std::string& spec) {
    const Algorithm made = algorithm(spec);
    std::vector<std::string> all;
    for (const Variant& variant : made.variants()) all.push_back(text(variant));
    return all;
  };
  CHECK(texts("lda:kernel=none|rbf,landmarks=20|40,ridge=0.1") ==
        std::vector<std::string>{"kernel=none;ridge=0.1;kernel=none",
                                 "kernel=rbf;landmarks=20;ridge=0.1;kernel=rbf,landmarks=20",
                                 "kernel=rbf;landmarks=40;ridge=0.1;kernel=rbf,landmarks=40"});
  CHECK(texts("lda:degree=2|3,kernel=laplace|polynomial") ==
        std::vector<std::string>{"kernel=laplace;kernel=laplace",
                                 "degree=2;kernel=polynomial;degree=2,kernel=polynomial",
                                 "degree=3;kernel=polynomial;degree=3,kernel=polynomial"});
  CHECK(refused_spec("lda:kernel=none|rbf,degree=2").find("--degree goes with --kernel polynomial") !=
        std::string::npos);
  CHECK(refused_spec("lda:kernel=none|cosine,landmarks=9").find("'cosine' is none of") != std::string::npos);
  CHECK(refused_spec("lda:kernel=rbf,degree=2") != "");
  CHECK(refused_spec("lda:kernel=none|rbf,landmarks=1") != "");
}

TEST_CASE("algorithm: the number of voters is an option of each, the protocol's unless it says otherwise") {
  Protocol protocol;
  protocol.ks = {1, 5};
  const auto setups = [&](const std::string& spec) {
    const Algorithm made({spec, spec}, protocol);
    std::string all;
    for (const Setup& setup : made.setups()) all += std::to_string(setup.k) + " " + setup.choice + ";";
    return all;
  };
  CHECK(setups("cov") == "1 vote-k=1;5 vote-k=5;");
  CHECK(setups("cov:vote-k=7") == "7 ;");
  CHECK(setups("lmnn:k=2,vote_k=3|1,push-weight=0.1|0.2") ==
        "3 push-weight=0.1,vote-k=3;1 push-weight=0.1,vote-k=1;3 push-weight=0.2,vote-k=3;1 push-weight=0.2,vote-k=1;");
  CHECK(text(algorithm("lmnn:k=2,vote-k=3").variants().at(0)) == "k=2;");
  CHECK(refused_spec("cov:vote-k=0") == "algorithm 'cov:vote-k=0': vote-k: 0 must be at least 1");
  CHECK(refused_spec("cov:vote-k=1|x") == "algorithm 'cov:vote-k=1|x': vote-k: 'x' is not a whole number");
  CHECK(refused_spec("cov:vote-k=1,vote-k=2") == "algorithm 'cov:vote-k=1,vote-k=2': 'vote-k' is given twice");
}

TEST_CASE("algorithm: every learner that draws has the experiment's seed, unless it names another") {
  const data::Table table = overlapping();
  const auto map = [&](const Variant& variant, std::uint64_t seed) {
    return variant.fit(table, seed, Run()).map(table.X, Threads());
  };
  const auto equal = [](const Matrix& A, const Matrix& B) { return A.cols() == B.cols() && A == B; };  // of any rank
  int drawing = 0;
  for (const std::string& name : learn::learner_names()) {
    CAPTURE(name);
    const std::unique_ptr<learn::Learner> learner = learn::make_learner(name);
    const auto& options = learner->options().options();
    const auto has = [&](const char* option) {
      return std::any_of(options.begin(), options.end(), [&](const Option& o) { return o.is_called(option); });
    };
    std::string spec = name + ":scale=zscore";
    if (learner->wants_pairs()) spec += ",count=40";
    if (name == "mlkr") spec += ",starts=4,max-iterations=20";
    if (name == "nca") spec += ",batch=8";
    if (name == "rfm") spec += ",validation=0,rounds=1,centers=20";  // with no round that may not be chosen
    if (has("epochs")) spec += ",epochs=1,layers=3";
    const bool draws = learner->wants_pairs() || has("seed");
    drawing += draws;

    const Algorithm made = algorithm(spec);
    const Variant& variant = made.variants()[0];
    CHECK(equal(map(variant, 1), map(variant, 1)));
    CHECK(equal(map(variant, 1), map(variant, 2)) == !draws);
    if (!has("seed")) continue;
    CHECK(variant.fit(table, 7, Run()).fit.seed == 7);
    const Algorithm named = algorithm(spec + ",seed=3");
    CHECK(named.variants()[0].fit(table, 7, Run()).fit.seed == 3);
    if (!learner->wants_pairs()) CHECK(equal(map(named.variants()[0], 1), map(variant, 3)));
  }
  CHECK(drawing >= 4);
}

TEST_CASE("algorithm: threads that fit with one variant at once learn what one alone does") {
  const data::Table table = overlapping();
  for (const std::string spec : {"lmnn", "itml:count=40", "triplet:epochs=1,layers=3"}) {
    const Algorithm made = algorithm(spec);
    const auto map = [&](Index seed) {
      return made.variants()[0].fit(table, static_cast<std::uint64_t>(seed), Run()).map(table.X, Threads());
    };
    std::vector<Matrix> together(8);
    Threads(4).for_tiles(8, [&](Index seed) { together[static_cast<std::size_t>(seed)] = map(seed); });
    for (Index seed = 0; seed < 8; ++seed) CHECK(together[static_cast<std::size_t>(seed)] == map(seed));
  }
}

TEST_CASE("algorithm: what makes no sense is refused at once, naming the spec") {
  CHECK(refused_spec("tree").starts_with("algorithm 'tree': 'tree' is no algorithm; there are euclidean, "));
  CHECK(refused_spec("lmnn:speed=1") == "algorithm 'lmnn:speed=1': there is no option 'speed'");
  CHECK(refused_spec("lmnn:k=1,k=2") == "algorithm 'lmnn:k=1,k=2': 'k' is given twice");
  CHECK(refused_spec("lmnn:k=1,neighbors=2") == "algorithm 'lmnn:k=1,neighbors=2': 'k' and 'neighbors' are one option");
  CHECK(refused_spec("cov:within=").find("'' is neither true nor false") != std::string::npos);
  CHECK(refused_spec("lmnn:k=1|two").find("'two' is not a whole number") != std::string::npos);
  CHECK(refused_spec("mmc:tolerance=-1") == "algorithm 'mmc:tolerance=-1': --tolerance: must be above 0");
  CHECK(refused_spec("lmnn:push-weight=2") == "algorithm 'lmnn:push-weight=2': --push-weight: must lie in (0, 1)");
  CHECK(refused_spec("lmnn:k=3|0").find("must be at least 1") != std::string::npos);
  CHECK(refused_spec("mmc:count=5,all=true").find("give one of --count") != std::string::npos);
  CHECK(refused_spec("itml:prior=some.json").find("some.json") != std::string::npos);
  std::string spec = "lmnn:push-weight=.5";  // of ten options with two values each it would be 1024 learners
  for (const char name : std::string("abcdefghij")) spec += std::string(",") + name + "=1|2";
  CHECK(refused_spec(spec).ends_with(": the values to choose from make more than 1000 combinations"));
}
