/// What the command line says of inputs, numbers and threads, held against the tools that take such.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

namespace {

void write_table(const Sandbox& box) {
  box.write("good.csv", "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n1.5,3,a\n5,2.5,b\n");
  box.write("model.json", R"({"format":"maha-model","version":1,"metric":{"M":[[2,0],[0,1]]}})");
  box.write("pairs.csv", "i,j,similar\n1,3,1\n2,4,1\n1,2,0\n3,4,0\n");
}

/// The command with a word in the place of the first of another.
std::string with(std::string command, const std::string& word, const std::string& value) {
  return command.replace(command.find(word), word.size(), value);
}

}  // namespace

TEST_CASE("inputs: what can be read only once is refused for two of them, before any is read") {
  const Sandbox box;
  write_table(box);
  box.write("features.csv", "x,y,class\n");
  box.run("mkfifo pipe");
  for (const std::string command : {
           "maha-model compare FILE FILE",
           "maha-model import --as M FILE --names FILE",
           "maha-model reduce --dims 1 --data FILE FILE",
           "maha-plot spectrum FILE FILE",
           "maha-plot trace FILE FILE",
           "maha-plot projection -m FILE FILE",
           "maha-transform -m FILE FILE",
           "maha-convert --labels FILE FILE",
           "maha-distance --pairs FILE FILE",
           "maha-distance --pairs pairs.csv --with FILE FILE",
           "maha-distance -m FILE --to center FILE",
           "maha-verify --pairs FILE -m FILE good.csv",
           "maha-knn --train FILE FILE",
           "maha-knn --train FILE -m FILE good.csv",
           "maha-predict --train FILE FILE",
           "maha-neighbors --train FILE FILE",
           "maha-explain --train FILE FILE",
           "maha-lmnn FILE --init FILE",
           "maha-lmnn FILE --targets FILE",
           "maha-lmnn FILE --triplets FILE",
           "maha-lsml FILE --quadruplets FILE",
           "maha-mmc --pairs FILE FILE",
           "maha-itml --pairs FILE good.csv --init FILE",
           "maha-itml --pairs FILE good.csv --prior FILE",
           "maha-siamese --pairs FILE FILE",
           "maha-triplet FILE --init FILE",
           "maha-compare -a euclidean FILE FILE",
           "maha-compare -a euclidean --split FILE,FILE",
           "maha-compare -a euclidean FILE --merge FILE",
           "maha-compare -a euclidean good.csv --merge FILE FILE",
       }) {
    check_refused(box.run(with(with(command, "FILE", "-"), "FILE", "-")), 2, "standard input can be read only once");
    check_refused(box.run(with(with(command, "FILE", "-"), "FILE", "/dev/stdin")), 2,
                  "standard input can be read only once");
    check_refused(box.run(with(with(command, "FILE", "pipe"), "FILE", "./pipe"), "", std::chrono::seconds(20)), 2,
                  "can be read only once");
  }
  for (const char* implied :
       {"maha-knn --train -", "maha-predict --train -", "maha-neighbors --train -", "maha-explain --train -"}) {
    check_refused(box.run(implied), 2, "standard input can be read only once");
  }
  CHECK(box.run("maha-model compare model.json model.json").status == 0);
}

TEST_CASE("options: one that takes one value is not given two; those that gather values are") {
  const Sandbox box;
  write_table(box);
  check_refused(box.run("maha-cov good.csv -o x3 -o x4"), 2, "-o,--output: given twice");
  check_refused(box.run("maha-cov good.csv --output x3 -o x4"), 2, "-o,--output: given twice");
  check_refused(box.run("maha-model show model.json -o x3 -o x4"), 2, "-o,--output: given twice");
  check_refused(box.run("maha-cov --header yes --header no good.csv"), 2, "--header: given twice");
  check_refused(box.run("maha-compare -a euclidean --seed 1 --seed 2 good.csv"), 2, "--seed: given twice");
  CHECK(box.run("maha-knn -q -q -k 1 -k 2 --leave-one-out --train good.csv").status == 0);
  CHECK_FALSE(box.exists("x3"));
}

TEST_CASE("options: a seed is what a model can hold") {
  const Sandbox box;
  write_table(box);
  const std::string tool = "maha-siamese --epochs 1 good.csv --seed ";
  check_refused(box.run(tool + "9223372036854775808"), 2, "--seed: 9223372036854775808 is out of range");
  check_refused(box.run(tool + "-1"), 2, "--seed: -1 must be at least 0");
  CHECK(contains(box.run(tool + "9223372036854775807").out, "\"seed\": 9223372036854775807"));
}

TEST_CASE("options: numbers as large as they go are refused or taken, and overflow nothing") {
  const Sandbox box;
  write_table(box);
  const std::string huge = "9223372036854775807", beyond = "9223372036854775808";
  for (const std::string command : {
           "maha-knn --train good.csv --leave-one-out -k N",
           "maha-knn --train good.csv -k 1,N good.csv",
           "maha-predict --train good.csv -k N good.csv",
           "maha-neighbors --train good.csv -k N good.csv",
           "maha-explain --train good.csv -k N good.csv",
           "maha-neighbors --train good.csv -k N --leave-one-out",
           "maha-lmnn -k N good.csv",
           "maha-pairs --count N good.csv",
           "maha-pairs --similar N good.csv",
           "maha-pairs --nearest N good.csv",
           "maha-split --folds N --assign fold good.csv",
           "maha-cov --pca N good.csv",
           "maha-model reduce --dims N --data good.csv model.json",
           "maha-compare -a euclidean -k N good.csv",
           "maha-compare -a lmnn:k=N --folds 2 -k 1 good.csv",
           "maha-compare -a euclidean --folds N -k 1 good.csv",
           "maha-compare -a euclidean --repeats N --folds 2 -k 1 good.csv",
           "maha-triplet --layers N good.csv",
       }) {
    const Outcome refused = box.run(with(command, "N", huge));
    CHECK(refused.status == 1);
    CHECK_FALSE(contains(refused.err, "-9223372036854775808"));
    CHECK(box.run(with(command, "N", beyond)).status == 2);
  }
  CHECK(box.run("maha-lmnn -k 1 --rank " + huge + " good.csv").status == 0);
  CHECK(box.run("maha-lmnn -k " + huge + " good.csv").err ==
        "maha-lmnn: good.csv: class a has 3 rows: 9223372036854775807 target neighbours need at least "
        "9223372036854775808\n");
  for (const char* option : {"--batch", "--batch-classes", "--patience"}) {
    CHECK(box.run("maha-triplet --layers 2 --epochs 2 " + std::string(option) + " " + huge + " good.csv").status == 0);
  }
  check_refused(box.run("maha-cov -j 2147483648 good.csv"), 2, "is not a number of threads");
}

TEST_CASE("threads: OMP_NUM_THREADS may be a list, of which the outer level is meant") {
  const Sandbox box;
  write_table(box);
  box.run("mkfifo slow");
  const auto threads = [&](const std::string& settings) {  // once the input has been opened, they are there
    return box.run("export " + settings +
                   "; maha-cov slow -o /dev/null & exec 3> slow; ls /proc/$!/task | wc -l; cat good.csv >&3; "
                   "exec 3>&-; wait $!");
  };
  for (const auto& [settings, count] : std::vector<std::pair<std::string, std::string>>{
           {"OMP_NUM_THREADS=1", "1"},
           {"OMP_NUM_THREADS=3", "3"},
           {"OMP_NUM_THREADS=1,4", "1"},
           {"OMP_NUM_THREADS=3,1,1", "3"},
           {"OMP_NUM_THREADS=' 3 , 2'", "3"},
           {"MAHA_THREADS=2 OMP_NUM_THREADS=3,1", "2"},
       }) {
    const Outcome outcome = threads(settings);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == count + "\n");
  }
  for (const char* no_number : {"x", "0", "''", ",4", "-1"}) {
    CHECK(threads(std::string("OMP_NUM_THREADS=") + no_number).out == threads("OMP_NUM_THREADS=").out);
  }
  check_refused(box.run("MAHA_THREADS=1,1 maha-cov good.csv"), 2, "MAHA_THREADS: '1,1' is not a number of threads");
}

TEST_CASE("threads: fewer than asked for, where there is a limit") {
#ifdef MAHA_SANITIZED
  MESSAGE("not tested: sanitizers take more memory than any limit");
#else
  const Sandbox box;
  write_table(box);
  const std::string expected = box.run("maha-cov good.csv").out;
  for (const char* asked : {"maha-cov good.csv -j 200", "MAHA_THREADS=5000 maha-cov good.csv"}) {
    const Outcome limited = box.run(std::string("ulimit -v 300000; ") + asked);
    CHECK(limited.status == 0);
    CHECK(limited.out == expected);
    CHECK(contains(limited.err, "threads could be started"));
  }
  const Outcome many = box.run("maha-cov good.csv -j 2147483647");
  CHECK(many.out == expected);
  CHECK(contains(many.err, "of 2147483647 threads could be started"));
#endif
}
