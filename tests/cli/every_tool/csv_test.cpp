/// CSV files as people have them, where it takes a tool of its own to show it.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

TEST_CASE("csv: a column is called by name whatever is in the name") {
  const Sandbox box;
  box.write("x.csv", "\"Height (cm, shod)\",b,\"cl,ass\",\"say \"\"b\"\"\"\n1,2,u,3\n2,3,v,4\n5,5,u,4\n3,2,v,9\n");
  const std::string expected = box.run("maha-cov --within --label 3 --drop 1,4 x.csv").out;
  CHECK(contains(expected, "\"label\": \"cl,ass\""));
  for (const char* same : {"'\"Height (cm, shod)\",\"say \"\"b\"\"\"'", "'\"Height (cm, shod)\"' --drop -1",
                           "'say \"b\",\"Height (cm, shod)\"'", "'say \"b\",Height (cm, shod)'"}) {
    CHECK(box.run("maha-cov --within --label 'cl,ass' x.csv --drop " + std::string(same)).out == expected);
  }
  check_refused(box.run("maha-cov --label 'cl,ass' --drop Height x.csv"), 1,
                "no column 'Height'; the columns are \"Height (cm, shod)\", b, \"cl,ass\"");
  check_refused(box.run("maha-cov --drop '\"b' x.csv"), 2, "maha-cov: --drop: a quote in '\"b' is never closed");
}

TEST_CASE("csv: what goes with the data may have comments too, and be written in another way") {
  const Sandbox box;
  box.write("x.csv", "# lengths\na;b;art\n1,5;2;u\n2,5;1;v\n3;4,5;u\n2;1,5;v\n");
  box.write("pairs.csv", "# i j\n1,3,1\n2,4,1\n# \"others\n1,2,0\n3,4,0\n");
  box.write("triplets.csv", "# by hand\n1,3,2\n2,4,1\n");
  box.write("folds.txt", "# published\n1\n1\n2\n2\n");
  const std::string how = " --decimal , --comment '#' x.csv ";
  CHECK(box.run("maha-mmc -q --label art --pairs pairs.csv" + how).status == 0);
  CHECK(box.run("maha-lmnn -q --label art --triplets triplets.csv" + how).status == 0);
  CHECK(box.run("maha-compare -q --label art -k 1 -a euclidean --folds-file folds.txt" + how).status == 0);
  check_refused(box.run("maha-lmnn --label art --triplets triplets.csv --decimal , <(sed 1d x.csv)"), 1,
                "triplets.csv:1: one field, where anchor,near,far are wanted (a comment? --comment '#')");
  const Outcome predicted = box.run("maha-predict -k 3 --label art --train x.csv --decimal , --comment '#' x.csv");
  CHECK(lines(predicted.out)[0] == "a;b;art;predicted;vote_share");
  CHECK(lines(predicted.out).size() == 5);
  CHECK(contains(predicted.out, ";\"0,6666"));
  CHECK_FALSE(contains(predicted.out, "."));
}

TEST_CASE("csv: matrices, traces and experiments are written in as many ways as data") {
  const Sandbox box;
  box.write("M.csv", "% by R\na;b\n2;0,5\n0,5;1\n");
  const Outcome model = box.run("maha-model import --decimal , --comment % M.csv");
  CHECK(contains(model.out, "[2, 0.5],\n      [0.5, 1]"));
  CHECK(box.run("maha-model import --decimal , --comment % --names M.csv <(sed 1,2d M.csv)").out == model.out);
  box.write("trace.csv", "# a fit\niteration;objective;gap\n1;2,5;0,5\n2;1,5;0,1\n");
  const std::string drawn = box.run("maha-plot trace --script --decimal , --comment '#' trace.csv").out;
  CHECK(contains(drawn, "2.5"));
  box.write("x.csv", "a;class\n1,5;u\n-9;u\n2,5;v\n3;u\n3,5;v\n");
  const std::string options = " --decimal , --comment % --na -9 --missing skip --folds 2 -k 1 -a euclidean x.csv ";
  const Outcome results = box.run("maha-compare -q --format json -o results.json" + options);
  CHECK(results.status == 0);
  const std::string json = box.read("results.json");
  CHECK(contains(json, R"("decimal":",","comment":"%","missing":"skip","na":["-9"])"));
  CHECK(box.run("maha-compare -q --format json --experiment results.json").out == json);
  box.write("e.json", R"({"datasets":[{"file":"x.csv","delimiter":"e"}],"algorithms":["euclidean"]})");
  check_refused(box.run("maha-compare --experiment e.json"), 1,
                "e.json: datasets[1]: the delimiter 'e' may stand in a number");
}

TEST_CASE("maha-split --missing skip leaves out rows without a label, and says so") {
  const Sandbox box;
  box.write("x.csv", "a,class\n1,u\n,\n2,v\n3,u\n4,v\n5,\n");
  check_refused(box.run("maha-split --folds 2 --fold 1 --part test x.csv"), 1,
                "x.csv:3: column 2 (class): the label is empty: --missing skip");
  const Outcome all = box.run("maha-split --folds 2 --assign fold --missing skip x.csv | cut -d, -f1");
  CHECK(all.out == "a\n1\n2\n3\n4\n");
  CHECK(contains(all.err, "warning: x.csv: 2 of 6 rows skipped for missing values"));
}

TEST_CASE(
    "csv: y is a coordinate or a target: that it is taken for the label is said, and doubted where it cannot be") {
  const Sandbox box;
  const std::string points = "x,y\n0,0\n3,4\n";
  CHECK(box.run("maha-distance --pairs <(echo 1,2) -", points).err ==
        "maha-distance: note: standard input: column 2 (y) is taken for the label, by its name; --unlabeled if it is a "
        "feature\n");
  CHECK(contains(box.run("maha-distance --unlabeled --pairs <(echo 1,2) -", points).out, "1,2,5\n"));
  CHECK(box.run("maha-distance --pairs <(echo 1,2) -", "x,y\n0,a\n3,b\n").err == "");
  std::string targets = "x,y\n";
  for (int row = 0; row < 30; ++row) targets += std::to_string(row % 7) + "," + std::to_string(row * row) + "\n";
  CHECK(contains(box.run("maha-knn -k 1 --leave-one-out --train -", targets).err,
                 "is column 2 (y) the label? It has 30 classes in 30 rows"));
}
