/// maha-nca, and what holds for options of any learner that a fit has no use for.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

TEST_CASE("maha-nca: who asks for passes where there are no mini-batches is told that they do nothing") {
  const Sandbox box;
  const std::string iris = " datasets/iris.csv -o nca.json";
  CHECK(box.run("maha-nca --passes 3" + iris).err == "maha-nca: note: --passes has no effect on this fit\n");
  CHECK(box.run("maha-nca --quiet --passes 3" + iris).err == "");
  CHECK(box.run("maha-nca" + iris).err == "");
  CHECK(!contains(box.run("maha-nca --batch 50 --passes 3" + iris).err, "--passes"));
}
