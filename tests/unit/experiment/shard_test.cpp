#include "experiment/results/shard.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "experiment/experiment_json.hpp"
#include "experiment/results/cell_keys.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::experiment;

/// The figures are those of a program of a dozen lines of Python, by the definitions of FNV-1a, splitmix64 and
/// xoshiro256**. They stand for all time: journals of experiments that are half done are dealt by them.
TEST_CASE("shards: a key is dealt to the same one on every machine and for all time") {
  const std::vector<Index> counts{1, 2, 3, 4, 7, 1000, 1000000};
  const auto dealt = [&](const std::string& key) {
    std::vector<Index> shards;
    for (const Index count : counts) shards.push_back(shard_of(key, count));
    return shards;
  };
  CHECK(dealt("") == std::vector<Index>{1, 1, 3, 1, 5, 705, 481705});
  CHECK(dealt("a1\ncov\n{}") == std::vector<Index>{1, 2, 3, 4, 1, 508, 817508});
  CHECK(dealt("a2\ncov\n{}") == std::vector<Index>{1, 1, 1, 3, 7, 251, 521251});
  CHECK(dealt("a1\nlmnn:k=1|3\n{\"seed\":1}") == std::vector<Index>{1, 2, 3, 2, 2, 206, 56206});
}

TEST_CASE("shards: every key is of one of them, and they have about as many each") {
  constexpr int kKeys = 6000;
  for (const Index count : {1, 2, 3, 4, 8, 60}) {
    std::vector<int> cells(static_cast<std::size_t>(count));
    for (int key = 0; key < kKeys; ++key) {
      const Index shard =
          shard_of("split " + std::to_string(key / 4) + "\nalgorithm " + std::to_string(key % 4), count);
      REQUIRE(shard >= 1);
      REQUIRE(shard <= count);
      ++cells[static_cast<std::size_t>(shard - 1)];
    }
    const double mean = static_cast<double>(kKeys) / static_cast<double>(count);
    for (const int of_shard : cells) CHECK(std::abs(of_shard - mean) <= 4 * std::sqrt(mean));
  }
}

TEST_CASE("shards: algorithms of one split, whose keys differ in a digit, are not dealt alike") {
  int together = 0;
  for (int split = 0; split < 1000; ++split) {
    const std::string of = std::to_string(split) + "\nlmnn:k=";
    together += shard_of(of + "1\n{}", 2) == shard_of(of + "3\n{}", 2);
  }
  CHECK(together > 420);
  CHECK(together < 580);
}

TEST_CASE("shards: I/N, and nothing else") {
  CHECK(shard_from("2/4") == Shard{2, 4});
  CHECK(shard_from("1/1") == Shard{1, 1});
  CHECK(shard_from("1000000/1000000").text() == "1000000/1000000");
  for (const char* text : {"0/4", "5/4", "a/b", "1/0", "0/0", "-1/4", "1/-4", "1", "1/", "/4", "", "/", "1/2/3", " 1/2",
                           "1/2 ", "1.0/2", "1/1000001", "1/99999999999999999999", "99999999999999999999/1"}) {
    CHECK(test::refusal<UsageError>([&] { shard_from(text); }) ==
          "'" + std::string(text) + "' is no shard I/N, with I from 1 to N and N up to 1000000");
  }
}

TEST_CASE("shards: what a cell is known by has nothing of names and places in it, but all that its result depends on") {
  Results results;
  results.experiment =
      parse_experiment(R"({"datasets": [{"file": "a.csv"}], "algorithms": ["cov", {"name": "x", "spec": "lda"}]})");
  results.datasets = {{10, 2, 3, "00ff", {{1, "1", 8, 2, "a1"}, {1, "2", 8, 2, "a2"}}}};
  const auto cell = [](Index set, Index algorithm, Index run) {
    Cell at;
    at.dataset = set;
    at.algorithm = algorithm;
    at.run = run;
    return at;
  };
  const std::string key = CellKeys(results).of(cell(0, 1, 1));
  CHECK(key ==
        "a2\nlda\n"
        R"({"seed":1,"neighbors":3,"votes":"shrink","scale":"none","pca":0})");

  Results other;
  other.experiment = parse_experiment(
      R"({"datasets": [{"file": "b.csv"}, {"file": "c.csv"}], "algorithms": ["lda", "nca"], "protocol": {"folds": 3}})");
  other.datasets = {{9, 2, 3, "1", {{1, "1", 8, 2, "b1"}}}, {10, 2, 3, "00ff", {{4, "7", 8, 2, "a2"}}}};
  CHECK(CellKeys(other).of(cell(1, 0, 0)) == key);
  CHECK(CellKeys(other).of(cell(0, 0, 0)) != key);
  CHECK(CellKeys(other).of(cell(1, 1, 0)) != key);
  other.experiment.protocol.seed = 2;
  CHECK(CellKeys(other).of(cell(1, 0, 0)) != key);
}
