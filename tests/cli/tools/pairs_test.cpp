/// maha-pairs: pairs from labels.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "harness.hpp"

using namespace maha::test;

namespace {

const std::string kLine = "x,kind\n0,a\n1,b\n2,a\n3,b\n5,a\n";

int lines_with(const std::string& text, const std::string& ending) {
  const std::vector<std::string> all = lines(text);
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [&](const auto& line) { return line.ends_with(ending); }));
}

}  // namespace

TEST_CASE("maha-pairs --all: every pair, its count told first") {
  const Sandbox box;
  const Outcome outcome = box.run("maha-pairs --all", kLine);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "i,j,similar\n1,2,0\n1,3,1\n1,4,0\n1,5,1\n2,3,0\n2,4,1\n2,5,0\n3,4,0\n3,5,1\n4,5,0\n");
  CHECK(outcome.err == "maha-pairs: note: 4 similar and 6 dissimilar pairs\n");
  CHECK(box.run("maha-pairs --all datasets/digits.csv | head -2").status == 0);
}

TEST_CASE("maha-pairs: so many of each kind, seeded, each once") {
  const Sandbox box;
  const std::string half = box.run("maha-pairs --count 2001 datasets/wine.csv").out;
  CHECK(lines_with(half, ",1") == 1001);
  CHECK(lines_with(half, ",0") == 1000);
  CHECK(box.run("maha-pairs --count 2001 --seed 1 < datasets/wine.csv").out == half);
  CHECK(box.run("maha-pairs --count 2001 --seed 2 datasets/wine.csv").out != half);
  CHECK(box.run("maha-pairs --count 2001 datasets/wine.csv | sort | uniq -d").out == "");
  CHECK(box.run("maha-pairs --similar 4 --dissimilar 6", kLine).out == box.run("maha-pairs --all -q", kLine).out);
  CHECK(lines_with(box.run("maha-pairs --dissimilar 6", kLine).out, ",0") == 6);
  const Outcome many = box.run("maha-pairs --count 10", kLine);
  CHECK(many.status == 1);
  CHECK(many.out == "");
  CHECK(many.err == "maha-pairs: standard input: 5 similar pairs are wanted: there are 4\n");
}

TEST_CASE("maha-pairs --nearest: of each row the nearest of either kind, by row or id") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --nearest 1", kLine).out ==
        "i,j,similar\n1,2,0\n1,3,1\n2,3,0\n2,4,1\n3,4,0\n3,5,1\n4,5,0\n");
  const std::string by_id =
      box.run("maha-pairs --nearest 1 --id who", "who,x,kind\np,0,a\nq,1,b\n\"r,s\",2,a\nt,9,b\n").out;
  CHECK(by_id == "i,j,similar\np,q,0\np,\"r,s\",1\nq,\"r,s\",0\nq,t,1\n\"r,s\",t,0\n");
  CHECK(box.run("maha-pairs --nearest 2", kLine).status == 1);
}

TEST_CASE("maha-pairs --triplets, --quadruplets: what the learners read, by row or id") {
  const Sandbox box;
  const Outcome triplets = box.run("maha-pairs --triplets 18", kLine);
  CHECK(triplets.err == "");
  CHECK(triplets.out.starts_with("anchor,near,far\n1,3,2\n1,3,4\n1,5,2\n"));
  CHECK(lines(triplets.out).size() == 19);
  const Outcome quadruplets = box.run("maha-pairs --quadruplets 24", kLine);
  CHECK(quadruplets.out.starts_with("i,j,k,l\n1,3,1,2\n1,3,1,4\n"));
  CHECK(lines(quadruplets.out).size() == 25);
  CHECK(box.run("maha-pairs --triplets 19", kLine).err ==
        "maha-pairs: standard input: 19 triplets are wanted: there are 18\n");
  CHECK(box.run("maha-pairs --quadruplets 25", kLine).err ==
        "maha-pairs: standard input: 25 quadruplets are wanted: there are 24\n");
  CHECK(box.run("maha-pairs --quadruplets 1", "x,kind\n0,a\n1,a\n").status == 1);
  const std::string by_id = box.run("maha-pairs --triplets 2 --id who", "who,x,kind\np,0,a\nq,1,b\n\"r,s\",2,a\n").out;
  CHECK(by_id == "anchor,near,far\np,\"r,s\",q\n\"r,s\",p,q\n");
  for (const std::string what : {"triplets", "quadruplets"}) {
    const std::string draw = "maha-pairs --" + what + " 300 datasets/wine.csv";
    const std::string drawn = box.run(draw).out;
    CHECK(box.run(draw + " --seed 1").out == drawn);
    CHECK(box.run(draw + " --seed 2").out != drawn);
    CHECK(box.run(draw + " | sort | uniq -d").out == "");
  }
  CHECK(box.run("maha-pairs --triplets 100 datasets/wine.csv | "
                "maha-lmnn -q --standardize --triplets - datasets/wine.csv -o m.json")
            .status == 0);
}

TEST_CASE("maha-pairs --chunks: the records as they came with their chunk, as maha-rca draws and reads them") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --chunks 2", kLine).out == "x,kind,chunk\n0,a,1\n1,b,2\n2,a,\n3,b,2\n5,a,1\n");
  CHECK(box.run("maha-pairs --chunks 1 --chunk-size 3 --assign set", kLine).out ==
        "x,kind,set\n0,a,1\n1,b,\n2,a,1\n3,b,\n5,a,1\n");
  CHECK(box.run("maha-pairs --chunks 1 --chunk-size 3 -n", "0;\"a\" \r\n1;b\r\n2;\"a\" \r\n5;a\r\n").out ==
        "0;\"a\" ;1\r\n1;b;\r\n2;\"a\" ;1\r\n5;a;1\r\n");
  CHECK(box.run("maha-pairs --chunks 3", kLine).err ==
        "maha-pairs: standard input: 3 chunks of 2 rows are wanted: there are 2\n");
  CHECK(box.run("maha-pairs --chunks 1 --assign kind", kLine).err ==
        "maha-pairs: standard input: has a column 'kind' already\n");
  for (const std::string options : {"--seed 4 ", "--chunk-size 3 "}) {
    const std::string drawn =
        "maha-pairs --chunks 20 " + options + "datasets/iris.csv | maha-rca --chunk chunk -o a.json";
    CHECK(box.run(drawn).err == "");
    CHECK(box.run("maha-rca --chunks 20 " + options + "datasets/iris.csv -o b.json").err == "");
    CHECK(box.run("diff <(sed '/parameters\\|seed/d' b.json) a.json").out == "");
  }
}

TEST_CASE("maha-pairs: what the command line shows to be wrong is exit status 2") {
  const Sandbox box;
  for (const char* options :
       {"", "--count 2 --all", "--count 0", "--nearest 0", "--similar 1 --nearest 1", "--count 2 --standardize",
        "--count x", "--triplets 0", "--quadruplets 0", "--chunks 0", "--chunks 1 --chunk-size 0", "--chunk-size 2",
        "--assign z", "--count 2 --chunk-size 2", "--triplets 1 --chunks 1", "--triplets 1 --quadruplets 1",
        "--count 2 --triplets 1", "--triplets 1 --standardize"}) {
    CAPTURE(options);
    const Outcome outcome = box.run(std::string("maha-pairs ") + options, kLine);
    CHECK(outcome.status == 2);
    CHECK(lines(outcome.err).size() == 1);
  }
}
