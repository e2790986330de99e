/// Models that are networks: what measures distances takes them like any other, what asks for M refuses them.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// |z| of a linear layer is the distance of M = diag(4, 1, 0, 0): the two files have the same distances.
void write_networks(const Sandbox& box) {
  const auto write = [&](const std::string& name, const std::string& metric) {
    box.write(name, R"({"format":"maha-model","version":1,"algorithm":"hand","metric":)" + metric +
                        R"(,"features":["sepal_length","sepal_width","petal_length","petal_width"]})");
  };
  write("network.json", R"({"layers":[{"weights":[[2,0,0,0],[0,1,0,0]],"bias":[0.5,4]}]})");
  write("metric.json", R"({"L":[[2,0,0,0],[0,1,0,0]]})");
  write("relu.json",
        R"({"layers":[{"weights":[[1,0,-1,0],[0,-1,0,2]],"bias":[0,1],"activation":"relu"},{"weights":[[1,1],[0,1]]}],)"
        R"("normalize":true})");
}

}  // namespace

TEST_CASE("networks: the tools that measure take them") {
  const Sandbox box;
  write_networks(box);
  box.run("maha-pairs --count 100 datasets/iris.csv -o pairs.csv");
  for (const std::string command : {"maha-knn --leave-one-out --train datasets/iris.csv --json -m ",
                                    "maha-predict --train datasets/iris.csv datasets/iris.csv -m ",
                                    "maha-neighbors -k 2 --train datasets/iris.csv datasets/iris.csv -m "}) {
    const Outcome network = box.run(command + "network.json"), metric = box.run(command + "metric.json");
    CHECK(network.status == 0);
    CHECK(lines(network.out).size() == lines(metric.out).size());
    CHECK(box.run(command + "relu.json").status == 0);
    CHECK(box.run(command + "relu.json -j 3").out == box.run(command + "relu.json").out);
  }
  CHECK(box.run("maha-transform -m network.json datasets/iris.csv | sed -n 2p").out == "10.7,7.5,setosa\n");
  CHECK(box.run("maha-transform -m relu.json datasets/iris.csv | sed -n 2p").out == "1,0,setosa\n");
  CHECK(box.run("maha-verify --pairs pairs.csv datasets/iris.csv -m relu.json").status == 0);
  CHECK(box.run("maha-verify --calibrate accuracy --pairs pairs.csv datasets/iris.csv -m relu.json -o same.json")
            .status == 0);
  CHECK(contains(box.read("same.json"), "\"threshold\""));
  CHECK(box.run("maha-distance --pairs pairs.csv datasets/iris.csv -m relu.json").status == 0);
  CHECK(contains(box.run("maha-model show relu.json").out, "metric: layers, 4 - 2 - 2, normalized\n"));
  CHECK(box.run("maha-model check relu.json").status == 0);
}

TEST_CASE("networks: what asks for M refuses them in one line") {
  const Sandbox box;
  write_networks(box);
  for (const std::string command :
       {"maha-model spectrum network.json", "maha-model weights network.json", "maha-model export network.json",
        "maha-model export --as L --json network.json", "maha-model compare metric.json network.json",
        "maha-model compare network.json metric.json",
        "maha-model reduce --dims 1 --data datasets/iris.csv network.json",
        "maha-distance --to center -m network.json datasets/iris.csv",
        "maha-lmnn --init network.json datasets/iris.csv"}) {
    const Outcome outcome = box.run(command);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == "");
    CHECK(lines(outcome.err).size() == 1);
    CHECK(contains(outcome.err, "the model is a network, which has no matrix M"));
  }
  CHECK(contains(box.run("maha-knn --rule energy --train datasets/iris.csv -m network.json datasets/iris.csv").err,
                 "the energy rule wants a model of maha-lmnn"));
}
