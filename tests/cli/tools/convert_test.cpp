#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;
using namespace std::string_literals;

TEST_CASE("maha-convert: there and back through each format, packed or not, the same bytes and the same model") {
  const Sandbox box;
  box.run("maha-convert datasets/wine.csv --classes c.csv -o wine.csv; maha-cov --within wine.csv -o cov.json");
  for (const std::string format : {"npy", "libsvm", "arff"}) {
    CAPTURE(format);
    const std::string file = "wine." + format;
    CHECK(box.run("maha-convert wine.csv -o " + file).status == 0);
    CHECK(box.run("maha-convert wine.csv --format " + format + " | cmp - " + file).status == 0);
    for (const std::string packer : {"gzip", "zstd -q", "xz", "bzip2"}) {
      CHECK(box.run(packer + " -c " + file +
                    " | maha-convert --label -1 - | tail -n +2 | tail -177 > got;"
                    "tail -177 wine.csv | cmp - got")
                .status == 0);
    }
    const std::string M = box.run("maha-cov --within " + file + " | maha-model export | tail -13").out;
    CHECK(!M.empty());
    CHECK(M == box.run("maha-model export cov.json | tail -13").out);
  }
}

TEST_CASE("maha-convert: labels apart, and classes by number") {
  const Sandbox box;
  CHECK(box.run("maha-convert datasets/iris.csv -o X.npy --labels-out y.npy --classes c.csv").status == 0);
  CHECK(box.run("cat c.csv").out == "number,class\n0,setosa\n1,versicolor\n2,virginica\n");
  CHECK(box.run("od -An -c -N6 y.npy").out == " 223   N   U   M   P   Y\n");
  const std::string y = box.run("maha-convert y.npy").out;
  CHECK(y == box.run("tail -n +2 datasets/iris.csv | sed 's/.*setosa/0/; s/.*versicolor/1/; s/.*virginica/2/'").out);
  CHECK(box.run("maha-convert X.npy --labels y.npy | tail -1").out == "5.9,3,5.1,1.8,2\n");
  CHECK(box.run("maha-knn --leave-one-out -k 3 --train X.npy --labels y.npy | head -2").out ==
        box.run("maha-knn --leave-one-out -k 3 --train datasets/iris.csv | head -2").out);
  CHECK(box.run("maha-convert X.npy --labels y.npy --labels-out l.idx -o p.idx --format idx").status == 0);
  CHECK(box.run("maha-convert p.idx --labels l.idx | cmp - <(maha-convert X.npy --labels y.npy)").status == 0);
  CHECK(box.run("maha-knn -k 1 --train X.npy --labels y.npy,l.idx p.idx").out ==
        box.run("maha-knn -k 1 --train p.idx --labels l.idx,y.npy X.npy").out);
  check_refused(box.run("maha-knn -k 1 --train X.npy --labels y.npy p.idx"), 1, "p.idx: has no label column");
  check_refused(box.run("maha-cov X.npy --labels y.npy,y.npy,y.npy"), 2, "--labels takes a file, or two");
  check_refused(box.run("maha-cov X.npy --labels y.npy --label 2"), 2, "--labels and --label contradict");
  check_refused(box.run("maha-cov datasets/iris.csv --drop class --labels <(head -7 datasets/iris.csv | cut -d, -f5)"),
                1, "has 6 rows, and datasets/iris.csv has more");
}

TEST_CASE("maha-convert: what a format cannot hold is refused, with what to do") {
  const Sandbox box;
  box.write("old", "as it was\n");
  const std::string iris = "maha-convert datasets/iris.csv -o old --format ";
  check_refused(box.run(iris + "npy"), 1,
                "datasets/iris.csv: the label 'setosa' is text, and this format holds numbers: --classes");
  check_refused(box.run(iris + "libsvm"), 1, "--classes FILE");
  check_refused(box.run(iris + "idx"), 1, "--labels-out FILE");
  check_refused(box.run(iris + "npy --drop -1 --type uint8"), 1, "row 1: 5.1 does not fit the type of the array");
  check_refused(box.run(iris + "npy --id 1"), 1, "an array has no place for ids: --drop them");
  box.write("halves.csv", "a,class\n1,0.5\n2,12345678901234567\n");
  check_refused(box.run("maha-convert halves.csv --label class --labels-out y.npy -o x.npy"), 1,
                "halves.csv: row 1: 0.5 does not fit the type of the array: --target COLUMN");
  check_refused(box.run("maha-convert halves.csv --label class -o x.npy"), 1,
                "halves.csv: the label '12345678901234567' has more digits than a number keeps: --classes FILE");
  check_refused(box.run(iris + "csv --type uint8"), 2, "--type is of arrays");
  check_refused(box.run(iris + "csv --unlabeled --drop -1 --labels-out l"), 1, "has no label for --labels-out");
  CHECK(box.run("cat old").out == "as it was\n");
  box.run("maha-convert datasets/digits.csv -o d.npy");
  check_refused(
      box.run("maha-split --test 0.5 --part test d.npy"), 1,
      "d.npy: its rows are no lines of CSV, which could be handed on as they are: maha-convert makes such of it");
  check_refused(box.run("maha-cov -d ';' d.npy"), 1, "d.npy: is a NumPy array, for which there is no --delimiter");
  check_refused(box.run("head -c 5000 d.npy | maha-cov"), 1, "standard input: ends in row 10 of 1797");
  CHECK(box.run("maha-convert d.npy | head -1 | wc -l").out == "1\n");
  check_refused(box.run("maha-convert d.npy -o /dev/full"), 1, "/dev/full: No space left on device");
}

TEST_CASE("maha-transform: coordinates as an array are the same numbers") {
  const Sandbox box;
  box.run(
      "maha-lda datasets/wine.csv -o m.json; maha-transform -m m.json datasets/wine.csv --drop class --unlabeled -o "
      "z.npy;"
      "maha-transform -m m.json datasets/wine.csv --drop class --unlabeled | tail -n +2 > z.csv");
  CHECK(box.run("maha-convert z.npy | cmp - z.csv").status == 0);
  CHECK(box.run("wc -l < z.csv").out == "178\n");
}

TEST_CASE("maha-convert: missing values are skipped or get means, which need all rows first") {
  const Sandbox box;
  box.write("holes.csv", "a,b,class\n1,2,u\nNA,4,v\n3,6,u\n");
  check_refused(box.run("maha-convert holes.csv"), 1, "holes.csv:3: column 1 (a): 'NA' stands for a missing value");
  CHECK(box.run("maha-convert --missing skip holes.csv").out == "a,b,class\n1,2,u\n3,6,u\n");
  CHECK(box.run("maha-convert --missing mean holes.csv").out == "a,b,class\n1,2,u\n2,4,v\n3,6,u\n");
}

TEST_CASE("maha-convert: what counts may stand behind many comments, and zstd behind a frame that is passed over") {
  const Sandbox box;
  REQUIRE(box.run("maha-convert -q datasets/iris.csv -o iris.arff").status == 0);
  REQUIRE(box.run("(for i in $(seq 60); do echo \"% a line of the header of a set as there are many, number $i\"; "
                  "done; cat iris.arff) "
                  "> long.arff")
              .status == 0);
  CHECK(box.run("maha-convert long.arff | cmp - datasets/iris.csv").status == 0);
  const Outcome zstd = box.run(
      "zstd -q datasets/iris.csv -o i.zst && (printf '\\x50\\x2a\\x4d\\x18\\x04\\0\\0\\0abcd'; cat i.zst) > p.zst && "
      "maha-convert p.zst | cmp - datasets/iris.csv");
  CHECK_MESSAGE(zstd.status == 0, zstd.err);
}

TEST_CASE("maha-convert: names and options that cannot be meant are refused before anything is written") {
  const Sandbox box;
  for (const std::string name : {"x.npy.gz", "x.npz", "x.csv.ZST"}) {
    const Outcome outcome = box.run("maha-convert datasets/iris.csv -o " + name);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "maha-convert: '" + name + "': nothing is packed here: pipe it into a program that does\n");
  }
  CHECK(box.run("maha-convert datasets/iris.csv -o X.NPY --labels-out y.NPY --classes c.csv && head -c 6 X.NPY | grep "
                "-c NUMPY")
            .out == "1\n");
  CHECK(box.run("maha-convert --unlabeled --drop class --classes d.csv datasets/iris.csv").err ==
        "maha-convert: --classes numbers labels: it goes without --unlabeled and --target\n");
  CHECK(!box.exists("d.csv"));
  CHECK(box.run("maha-lda X.NPY --labels y.NPY,").err == "maha-lda: --labels: a file without a name\n");
}
