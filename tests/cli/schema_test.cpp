/// What the tools write is held to docs/model.schema.json.

#include <doctest/doctest.h>

#include "../unit/data/schema.hpp"
#include "harness.hpp"

using namespace maha::test;

TEST_CASE("schema: every model that is written fits it") {
  const Sandbox box;
  const Schema schema(nlohmann::json::parse(read_text(MAHA_SOURCE_DIR "/docs/model.schema.json")));
  for (const std::string command :
       {"maha-cov datasets/wine.csv", "maha-cov --within --shrinkage oas --pca 3 datasets/wine.csv",
        "maha-cov -n --unlabeled --missing mean --pseudo-inverse <(printf '1,2\\n2,?\\n4,5\\n')",
        "maha-cov datasets/iris.csv | maha-model export | maha-model import --names datasets/iris.csv",
        "maha-cov --within datasets/iris.csv | maha-model reduce --dims 2 --data datasets/iris.csv",
        "maha-siamese --layers 5,3 --epochs 1 --pca 3 datasets/iris.csv",
        "maha-triplet --layers 2 --epochs 1 datasets/iris.csv",
        "maha-triplet --layers 2 --no-normalize --sampler hard --epochs 1 datasets/iris.csv"}) {
    const Outcome outcome = box.run(command);
    CHECK(outcome.status == 0);
    CHECK_MESSAGE(schema.check(nlohmann::json::parse(outcome.out)) == "", outcome);
  }
}
