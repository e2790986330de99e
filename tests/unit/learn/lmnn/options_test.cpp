#include "learn/lmnn/options.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::learn::lmnn;

TEST_CASE("lmnn: the options of a fit are read back from the parameters that a model records") {
  const auto recorded = [] { return Report().set("neighbors", 2).set("push_weight", 0.3).set("preprocessed", 1); };
  const auto plain = lmnn_options(recorded());
  REQUIRE(plain);
  CHECK(plain->k == 2);
  CHECK(plain->push_weight == 0.3);
  CHECK_FALSE(plain->drop_small_classes);
  CHECK(plain->ridge == LmnnOptions().ridge);
  CHECK(lmnn_options(recorded().set("small_classes", "drop"))->drop_small_classes);
  CHECK(lmnn_options(recorded().set("diagonal", true))->diagonal);
  CHECK_FALSE(lmnn_options(Report().set("neighbors", 2)));
  CHECK_FALSE(lmnn_options(Report().set("push_weight", 0.3)));
}

TEST_CASE("lmnn: parameters that no fit has are refused by name") {
  const auto read = [](int k, double mu) { lmnn_options(Report().set("neighbors", k).set("push_weight", mu)); };
  CHECK_THROWS_WITH_AS(read(0, 0.3), "parameters.neighbors must be at least 1", InputError);
  CHECK_THROWS_WITH_AS(read(2, 1.5), "parameters.push_weight must lie in (0, 1)", InputError);
  CHECK_THROWS_WITH_AS(lmnn_options(Report().set("neighbors", "many")),
                       "parameters.neighbors 'many' is not a whole number", InputError);
  CHECK_THROWS_WITH_AS(lmnn_options(Report().set("small_classes", "keep")),
                       "parameters.small_classes 'keep' is none of error|drop", InputError);
}
