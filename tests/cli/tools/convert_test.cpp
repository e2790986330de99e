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
  check_refused(box.run("maha-knn -k 1 --train X.npy --labels y.npy p.idx"), 1,
                "p.idx: has no label column, and --labels names a file for the first rows alone: --labels y.npy,FILE");
  check_refused(box.run("maha-knn --train X.npy --labels y.npy,y.npy,y.npy X.npy"), 2, "--labels takes a file, or two");
  for (const std::string one : {"maha-cov X.npy", "maha-convert X.npy", "maha-explain --train X.npy X.npy",
                                "maha-explain --leave-one-out --train X.npy"})
    check_refused(box.run(one + " --labels y.npy,other.npy"), 2,
                  "--labels takes one file here: 'other.npy' is one too many");
  for (const std::string alone :
       {"maha-knn --leave-one-out --train X.npy", "maha-neighbors --leave-one-out --train X.npy",
        "maha-distance --pairs p.csv X.npy", "maha-verify --pairs p.csv X.npy"})
    check_refused(box.run(alone + " --labels y.npy,other.npy"), 2,
                  "--labels: 'other.npy' is of a second file of rows, and there is none");
  check_refused(box.run("maha-cov X.npy --labels y.npy --label 2"), 2, "--labels and --label contradict");
  check_refused(box.run("maha-cov datasets/iris.csv --drop class --labels <(head -7 datasets/iris.csv | cut -d, -f5)"),
                1, "has 6 rows, and datasets/iris.csv has more");
}

TEST_CASE("maha-convert: classes have the same numbers in every file, in whatever order its rows are") {
  const Sandbox box;
  const std::string rows = "a,class\n1,10\n2,9\n3,b\n", turned = "a,class\n3,b\n2,9\n1,10\n";
  box.write("train.csv", rows), box.write("test.csv", turned), box.write("one.csv", "a,class\n3,b\n");
  CHECK(box.run("maha-convert train.csv --classes c.csv").out == "a,class\n1,0\n2,1\n3,2\n");
  CHECK(box.run("maha-convert test.csv --classes d.csv").out == "a,class\n3,2\n2,1\n1,0\n");
  CHECK(box.run("cat c.csv; cmp c.csv d.csv").out == "number,class\n0,10\n1,9\n2,b\n");
  CHECK(box.run("maha-convert one.csv --classes-from c.csv").out == "a,class\n3,2\n");
  CHECK(box.run("printf 'class;number\nb;-7\n' | maha-convert one.csv --classes-from -").out == "a,class\n3,-7\n");
  box.write("two.csv", "a,class\n1,10\n3,c\n"), box.write("old", "as it was\n");
  check_refused(box.run("maha-convert two.csv --classes-from c.csv -o old"), 1,
                "two.csv: row 2: the class 'c' is none of c.csv, which has 10, 9, b");
  CHECK(box.run("cat old").out == "as it was\n");
  const auto with = [&](const std::string& lines) {
    box.write("bad.csv", "number,class\n" + lines);
    return box.run("maha-convert one.csv --classes-from bad.csv");
  };
  check_refused(with("0,a\n1,a\n"), 1, "bad.csv:3: the class 'a' stands there twice");
  check_refused(with("0,a\n0,b\n"), 1, "bad.csv:3: the number 0 is that of 'a' too");
  check_refused(with("0,a\n0.5,b\n"), 1, "bad.csv:3: '0.5' is no whole number");
  check_refused(box.run("maha-convert one.csv --classes-from train.csv"), 1, "train.csv: no column 'number'");
  check_refused(box.run("maha-convert one.csv --classes-from c.csv --classes d.csv"), 2, "contradict each other");
}

TEST_CASE("maha-convert: labels apart are as their file's ending says, and numbers of any kind") {
  const Sandbox box;
  box.write("whole.csv", "a,class\n1,3\n2,-4\n"), box.write("halves.csv", "a,class\n1,3\n2,0.5\n");
  const auto type = [&](const std::string& options) {
    const Outcome outcome = box.run("maha-convert " + options + " && head -c 24 y.npy | tail -c 3");
    CHECK_MESSAGE(outcome.status == 0, outcome);
    return outcome.out.substr(outcome.out.size() - 3);
  };
  CHECK(type("whole.csv --labels-out y.npy -o x.csv") == "<i8");
  CHECK(box.run("cat x.csv; maha-convert y.npy").out == "a\n1\n2\n3\n-4\n");
  CHECK(type("halves.csv --label class --labels-out y.npy -o x.npy --type float32") == "<f8");
  CHECK(box.run("maha-convert x.npy --labels y.npy").out == "1,3\n2,0.5\n");
  CHECK(type("whole.csv --labels-out y.npy --type int16") == "<i2");
  CHECK(type("halves.csv --target class --labels-out y.npy -o x.idx") == "<f8");
  CHECK(box.run("maha-convert whole.csv --labels-out y.csv -o x.npy; cat y.csv").out == "class\n3\n-4\n");
  CHECK(box.run("maha-convert halves.csv --label class --labels-out y.idx -o x.idx; maha-convert y.idx").out ==
        "3\n0.5\n");
  check_refused(box.run("maha-convert whole.csv --labels-out y.npy.gz"), 2, "nothing is packed here");
  check_refused(box.run("maha-convert whole.csv --labels-out y.idx -o x.npy --type int64"), 2, "IDX has none");
}

TEST_CASE("maha-convert: a label that is missing in a file of labels is as one in a column") {
  const Sandbox box;
  box.write("x.csv", "a\n1\n2\n3\n4\n");
  for (const std::string missing : {"\n", "  \r\n", "\"\"\n"}) {
    box.write("y.txt", "class\nu\n" + missing + "v\nNA\n");
    check_refused(box.run("maha-convert x.csv --labels y.txt"), 1,
                  "y.txt:3: column 1 (class): the label is empty: --missing skip");
    const Outcome skipped = box.run("maha-convert x.csv --labels y.txt --missing skip");
    CHECK(skipped.out == "a,class\n1,u\n3,v\n");
    CHECK(skipped.err == "maha-convert: warning: x.csv: 2 rows skipped for missing values\n");
    CHECK(box.run("maha-convert x.csv --labels y.txt --missing skip --na '?'").out == "a,class\n1,u\n3,v\n4,NA\n");
  }
  box.write("y.txt", "0.5\n1\n-9\n2\n\n\n");
  const std::string targets = "maha-mlkr x.csv --labels y.txt -o m.json --na -9";
  check_refused(box.run(targets), 1,
                "y.txt:3: column 1: '-9' stands for a missing value, in the target: --missing skip");
  CHECK(box.run(targets + " --missing skip && grep '\"rows\"' m.json").out == "  \"rows\": 3,\n");
}

TEST_CASE("maha-convert: a second file without an option is asked about") {
  const Sandbox box;
  CHECK(box.run("maha-convert datasets/iris.csv out.npy").err ==
        "maha-convert: The following argument was not expected: out.npy: is it to be written? -o out.npy (maha-convert "
        "--help lists what there is)\n");
  for (const std::string& other :
       std::vector<std::string>{"datasets/iris.csv datasets/wine.csv", "-o x.csv datasets/iris.csv out.npy",
                                "datasets/iris.csv ''", "datasets/iris.csv " + std::string(5000, 'x')}) {
    const Outcome outcome = box.run("maha-convert " + other);
    CHECK(outcome.status == 2);
    CHECK(!contains(outcome.err, "to be written"));
  }
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
  check_refused(box.run("maha-convert halves.csv --label class -o x.npy"), 1,
                "halves.csv: the label '12345678901234567' has more digits than a number keeps: --classes FILE");
  check_refused(box.run(iris + "csv --type uint8"), 2, "--type is of arrays");
  check_refused(box.run(iris + "csv --unlabeled --drop -1 --labels-out l"), 1, "has no label for --labels-out");
  check_refused(box.run(iris + "npy --drop class --classes c.csv"), 1, "has no label whose classes could be numbered");
  CHECK(!box.exists("c.csv"));
  box.run("maha-cov -q datasets/iris.csv -o m.json");
  const std::string coordinates = "maha-transform -m m.json datasets/iris.csv -o old --format ";
  for (const std::string format : {"npy", "libsvm"})
    check_refused(box.run(coordinates + format), 1,
                  "the label 'setosa' is text, and this format holds numbers: --drop it, or number the classes first: "
                  "maha-convert --classes");
  check_refused(box.run(coordinates + "idx"), 1, "IDX has labels in a file of their own: --drop it");
  CHECK(box.run("maha-transform -m m.json datasets/iris.csv --drop class -o z.idx").status == 0);
  CHECK(box.run("cat old").out == "as it was\n");
  box.run("maha-convert datasets/digits.csv -o d.npy");
  check_refused(box.run("maha-cov -d ';' d.npy"), 1, "d.npy: is a NumPy array, for which there is no --delimiter");
  check_refused(box.run("head -c 5000 d.npy | maha-cov"), 1, "standard input: ends in row 10 of 1797");
  CHECK(box.run("maha-convert d.npy | head -1 | wc -l").out == "1\n");
  check_refused(box.run("maha-convert d.npy -o /dev/full"), 1, "/dev/full: No space left on device");
}

TEST_CASE("endings: of a format that is not written they are refused, unless --format says what is meant") {
  const Sandbox box;
  box.run("maha-cov datasets/iris.csv -o m.json");
  box.write("old.json", "as it was\n");
  const std::string convert = "maha-convert datasets/iris.csv -o ";
  const std::string transform = "maha-transform -m m.json datasets/iris.csv -o ";
  const std::string exports = "maha-model export m.json -o ";
  const std::string rows =
      " ends as no format that is written here: csv, npy, libsvm, idx or arff; if one of these is "
      "meant, say so by --format";
  const std::string models =
      " ends as no format that is written here: csv, npy, onnx or faiss, or with --json JSON; if "
      "one of these is meant, say so by --format";
  for (const std::string file : {"x.parquet", "old.json", "x.TSV", "x.pkl", "m.onnx"}) {
    check_refused(box.run(convert + file), 2, "maha-convert: '" + file + "'" + rows);
    check_refused(box.run(transform + file), 2, "maha-transform: '" + file + "'" + rows);
    if (file != "m.onnx") check_refused(box.run(exports + file), 2, "maha-model: '" + file + "'" + models);
  }
  check_refused(box.run(exports + "x.arff"), 2, "'x.arff'" + models);
  check_refused(box.run(convert + "X.npy --labels-out y.json --classes c.csv"), 2, "'y.json'" + rows);
  check_refused(box.run(convert + "x.csv.gz --format csv"), 2, "nothing is packed here");
  CHECK(box.read("old.json") == "as it was\n");
  for (const std::string file : {"x.txt", "x", "iris.train", "x.dat", "x.parquet --format csv"}) {
    for (const std::string& write : {convert, transform, exports}) {
      const Outcome written = box.run(write + file);
      CHECK_MESSAGE(written.status == 0, written);
      CHECK_MESSAGE(written.err == "", written);
      CHECK(box.run(write + "- | cmp - " + file.substr(0, file.find(' '))).status == 0);
    }
  }
}

TEST_CASE("records: for rows that are no lines of CSV, the command line is told that reads them as such") {
  const Sandbox box;
  box.run("maha-convert datasets/iris.csv -o X.npy --labels-out y.npy --classes c.csv");
  box.run("cp X.npy 'my X.npy'; maha-convert datasets/iris.csv --classes c.csv -o i.svm");
  box.run("maha-cov datasets/iris.csv -o m.json");
  const auto told = [&](const std::string& line, const std::string& file, const std::string& instead) {
    const Outcome refused = box.run(line);
    const std::string start = ": its rows are not CSV, and only lines of CSV can be copied to the output: ";
    CHECK(refused.status == 1);
    CHECK(refused.out == "");
    CHECK(refused.err == line.substr(0, line.find(' ')) + ": " + file + start + instead + "\n");
    const Outcome mended = box.run(instead);
    CHECK_MESSAGE(mended.status == 0, mended);
    return mended.out;
  };
  CHECK(told("maha-split --unlabeled X.npy --test 0.5 --part test", "X.npy",
             "maha-convert X.npy | maha-split --unlabeled - --test 0.5 --part test") ==
        box.run("maha-convert X.npy | maha-split --unlabeled --test 0.5 --part test").out);
  CHECK(lines(told("maha-split 'my X.npy' --label 1 --folds 2 --assign f", "my X.npy",
                   "maha-convert 'my X.npy' | maha-split - --label 1 --folds 2 --assign f"))
            .size() == 150);
  CHECK(lines(told("maha-split --test 0.5 --part test i.svm", "i.svm",
                   "maha-convert i.svm | maha-split --test 0.5 --part test -"))
            .size() == 75);
  CHECK(lines(told("maha-predict --train X.npy --labels y.npy X.npy", "X.npy",
                   "maha-convert X.npy | maha-predict --train X.npy --labels y.npy -"))[0] == "5.1,3.5,1.4,0.2,0,1");
  CHECK(lines(told("maha-distance --to center --append X.npy -m m.json", "X.npy",
                   "maha-convert X.npy | maha-distance --to center --append - -m m.json"))
            .size() == 150);
  check_refused(box.run("maha-split --unlabeled --test 0.5 --part test < X.npy"), 1,
                "can be copied to the output: maha-convert | maha-split --unlabeled --test 0.5 --part test");
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
