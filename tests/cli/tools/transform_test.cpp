/// maha-transform: rows in the coordinates of a model.

#include <doctest/doctest.h>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {}  // namespace

TEST_CASE("maha-transform: z = L (x - center), with id and label carried through") {
  const Sandbox box;
  box.write("l.json", model_text(R"("metric":{"L":[[1,1],[0,2]]},"features":["a","b"],"center":[1,0])"));
  box.write("rows.csv", "who,b,kind,a\nann,3,\"x,y\",2\nbob,0.5,z,1\n");
  const Outcome outcome = box.run("maha-transform -m l.json --id who --label kind rows.csv");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "who,z1,z2,kind\nann,4,6,\"x,y\"\nbob,0.5,1,z\n");
  CHECK(outcome.err == "");
  box.write("m.json", model_text(R"("metric":{"M":[[4,0],[0,9]]})"));
  CHECK(box.run("maha-transform -m m.json --unlabeled -n", "1,1\n2,-1\n").out == "z1,z2\n2,3\n4,-3\n");
  CHECK(box.run("maha-transform -m m.json -n", "1,1,c\n2,-1,d\n").out == "z1,z2,label\n2,3,c\n4,-3,d\n");
}

TEST_CASE("maha-transform: Euclidean distances of the coordinates are those of the model, on any number of threads") {
  const Sandbox box;
  CHECK(box.run("maha-cov datasets/wine.csv -o cov.json").status == 0);
  const std::string alone = box.run("maha-transform -j 1 -m cov.json datasets/wine.csv").out;
  CHECK(lines(alone).size() == 179);
  CHECK(box.run("cat datasets/wine.csv | maha-transform -j 3 -m cov.json").out == alone);
  // the covariance of whitened rows is the identity, so the metric learned from them is Euclidean
  CHECK(box.run("maha-transform -m cov.json datasets/wine.csv | maha-cov | maha-transform -m - <(printf "
                "'z1,z2,z3,z4,z5,z6,z7,z8,z9,z10,z11,z12,z13,class\\n1,0,0,0,0,0,0,0,0,0,0,0,0,a\\n') | tail -1 | "
                "awk -F, '{ for (s = i = 0; ++i <= 13;) s += $i * $i; printf \"%.9f\\n\", s }'")
            .out == "1.000000000\n");
}

TEST_CASE("maha-transform: features are found by name, a missing one is named") {
  const Sandbox box;
  box.write("l.json", model_text(R"("metric":{"L":[[1,2]]},"features":["a","b"],"fill":[10,20])"));
  const Outcome other = box.run("maha-transform -m l.json", "b,c,a\n1,9,1\n");
  CHECK(other.out == "z1\n3\n");
  CHECK(contains(other.err, "note"));
  CHECK(contains(box.run("maha-transform -m l.json", "a,c\n1,2\n").err, "b"));
  CHECK(box.run("maha-transform -m l.json", "a,b\n?,1\n2,\n").out == "z1\n12\n42\n");
  const Outcome skipped = box.run("maha-transform --missing skip -m l.json", "a,b\n?,1\n2,3\n");
  CHECK(skipped.out == "z1\n8\n");
  CHECK(contains(skipped.err, ": 1 row skipped for missing values"));
}

TEST_CASE("maha-transform: a label that is dropped is not written") {
  const Sandbox box;
  box.write("l.json", model_text(R"("metric":{"L":[[1,2]]},"features":["a","b"],"label":"kind")"));
  const std::string rows = "a,b,kind\n1,2,u\n";
  CHECK(box.run("maha-transform -m l.json", rows).out == "z1,kind\n5,u\n");
  CHECK(box.run("maha-transform -m l.json --drop kind", rows).out == "z1\n5\n");
  check_refused(box.run("maha-transform -m l.json --drop kind --label kind", rows), 1,
                "column 3 (kind) cannot be the label and be dropped");
}

TEST_CASE("maha-transform: M = 0 puts all rows at 0") {
  const Sandbox box;
  for (const std::string metric : {R"({"M":[[0,0],[0,0]]})", R"({"L":[[0,0]]})", R"({"weights":[0,0]})"}) {
    box.write("zero.json", model_text(R"("metric":)" + metric));
    const Outcome outcome = box.run("maha-transform -m zero.json --unlabeled", "a,b\n1,2\n3,4\n");
    CHECK_MESSAGE(outcome.status == 0, outcome);
    CHECK(outcome.out == "z1\n0\n0\n");
  }
}

TEST_CASE("maha-transform: what it refuses") {
  const Sandbox box;
  box.write("rows.csv", "a,b\n1,2\n3,4\n");
  box.write("three.json", model_text(R"("metric":{"L":[[1,2,3]]})"));
  box.write("broken.json", model_text(R"("metric":{"M":[[1,0],[0,null]]})"));
  box.write("l.json", model_text(R"("metric":{"L":[[1,2]]})"));
  struct Case {
    std::string command;
    int status;
    std::string complaint;
  };
  for (const Case& c :
       std::vector<Case>{{"maha-transform rows.csv", 2, "--model is required"},
                         {"maha-transform -m three.json --unlabeled rows.csv", 1, "3"},
                         {"maha-transform -m broken.json rows.csv", 1, "broken.json: metric.M row 2, column 2 is null"},
                         {"maha-transform -m none.json rows.csv", 1, "none.json"},
                         {"maha-transform -m - < rows.csv", 2, "only once"},
                         {"printf 'a,b\\n1,\\n' | maha-transform -m l.json --missing mean --unlabeled", 1,
                          "none to stand for them"}}) {
    const Outcome outcome = box.run(c.command);
    CHECK(outcome.status == c.status);
    CHECK(lines(outcome.err).size() == 1);
    CHECK_MESSAGE(contains(outcome.err, c.complaint), outcome);
  }
}
