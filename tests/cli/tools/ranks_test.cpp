/// Tools that share their work among the processes of mpirun: built with MPI, and where mpirun is installed.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "npy.hpp"

using namespace maha::test;

namespace {

bool is_built_with_mpi(const Sandbox& box) { return box.run("ldd $(command -v maha-knn) | grep libmpi").status == 0; }

bool has_mpi(const Sandbox& box) {
  if (is_built_with_mpi(box)) return is_installed(box, "mpirun");
  MESSAGE("built without MPI: left out");
  return false;
}

/// `command` on so many ranks.
std::string on(int ranks, const std::string& command) {
  return "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -n " +
         std::to_string(ranks) + " " + command;
}

/// `command` on two ranks, each in a folder of its own, named by its number.
std::string apart(const std::string& command) {
  return on(2, "bash -c 'cd $OMPI_COMM_WORLD_RANK && exec " + command + "'");
}

/// Those of the lines that are this tool's; others are mpirun's own.
std::vector<std::string> said_by(const std::string& tool, const std::string& text) {
  std::vector<std::string> own = lines(text);
  std::erase_if(own, [&](const std::string& line) { return line.rfind(tool + ": ", 0) != 0; });
  return own;
}

/// The numbers of ranks that the first, second, ... of several commands is tried on: 1 to 4, or one of 2, 3 and 4.
std::vector<int> ranks_for(std::size_t command) {
  if (command == 0) return {1, 2, 3, 4};
  return {2 + static_cast<int>(command % 3)};
}

/// The commands say and write the same on ranks as without mpirun, as far as told() reads it.
void check_same(const Sandbox& box, const std::vector<std::string>& commands,
                const std::function<std::string()>& told) {
  const std::string anew = "rm -f out trace dual proof; ";
  for (std::size_t c = 0; c < commands.size(); ++c) {
    const std::string& command = commands[c];
    CAPTURE(command);
    const Outcome alone = box.run(anew + command);
    REQUIRE(alone.status == 0);
    const std::string expected = told();
    for (const int ranks : ranks_for(c)) {
      const Outcome outcome = box.run(anew + on(ranks, command));
      CHECK(outcome.status == 0);
      CHECK(outcome.out == alone.out);
      CHECK(outcome.err == alone.err);
      CHECK(told() == expected);
    }
  }
}

/// How far the state is that was kept depends on how quick the machine was.
bool went_on(const Outcome& outcome) {
  return outcome.err.find(": note: goes on from iteration ") != std::string::npos;
}

/// `command` ends with this line, this status, and no output.
void check_refused(const Sandbox& box, const std::string& command, int status, const std::string& message) {
  CAPTURE(command);
  const Outcome outcome = box.run(command, "", std::chrono::seconds(60));
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  const std::string named = command.substr(command.find("maha-")), tool = named.substr(0, named.find(' '));
  CHECK(said_by(tool, outcome.err) == std::vector<std::string>{tool + ": " + message});
  CHECK(!box.exists("out"));
}

}  // namespace

TEST_CASE("mpirun: k-NN and neighbours are the same bytes on 1, 2, 3 and 4 ranks as without it") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  REQUIRE(box.run(std::string(kSplitWine) +
                  " && maha-lda -q train.csv -o lda.json && maha-convert datasets/digits.csv --unlabeled --drop class "
                  "-o digits.npy 2>/dev/null; cut -d, -f65 datasets/digits.csv >digits.y; gzip -k test.csv")
              .status == 0);
  check_same(box,
             {"maha-knn -q --leave-one-out -k 1,3,5 --train datasets/digits.csv --json --predictions out",
              "maha-knn -q -k 3 --standardize --train train.csv test.csv -o out",
              "maha-knn -q -k 3 --votes weighted -m lda.json --train train.csv -o out <test.csv",
              "maha-knn -q --regress --leave-one-out -k 5 --train datasets/diabetes.csv --predictions out",
              "maha-knn -q --leave-one-out -k 2 --train digits.npy --labels digits.y --predictions out",
              "maha-neighbors --leave-one-out -k 2 --train datasets/digits.csv -o out",
              "maha-neighbors --leave-one-out --unlabeled -k 2 --train digits.npy -o out",
              "maha-neighbors --radius 1.5 --squared --scale minmax --train train.csv test.csv.gz -o out",
              "maha-neighbors --leave-one-out --radius 0.3 --pca 2 --train datasets/iris.csv -o out",
              "maha-neighbors --exclude-same-id --id class -k 1 --unlabeled --train datasets/iris.csv "
              "datasets/iris.csv -o out"},
             [&] { return box.read("out"); });
}

TEST_CASE(
    "mpirun: NCA learns the same model, to the byte, on any number of ranks, and goes on where another number "
    "stopped") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  check_same(box,
             {"maha-nca -q --standardize --max-iterations 4 datasets/wdbc.csv -o out",
              "maha-nca -q --rank 2 --batch 200 --passes 3 datasets/wdbc.csv -o out",
              "maha-nca -q --diagonal --l1 0.01 --max-iterations 4 -o out <datasets/wine.csv"},
             [&] { return box.read("out"); });
  const std::string command = "maha-nca --standardize datasets/wine.csv -o out --checkpoint state --trace trace";
  REQUIRE(box.run("maha-nca -q --standardize datasets/wine.csv -o out --max-iterations 9").status == 0);
  const std::string expected = box.read("out");
  CHECK(box.run(on(2, command + " --max-iterations 5")).err.find("keeps the state of the fit") != std::string::npos);
  const Outcome outcome = box.run(on(3, command + " --max-iterations 9"));
  CHECK(went_on(outcome));
  CHECK(box.read("out") == expected);
  CHECK(lines(box.read("trace")).size() == 1 + 10);  // from the start on
}

TEST_CASE("mpirun: networks are the same bytes on any number of ranks, and go on where another number stopped") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  REQUIRE(box.run("maha-pairs --count 500 datasets/wine.csv -o pairs").status == 0);
  check_same(box,
             {"maha-triplet -q --layers 150,20,4 --batch 160 --epochs 2 -o out datasets/digits.csv",
              "maha-siamese -q --standardize --epochs 3 --trace trace -o out <datasets/wine.csv",
              "maha-siamese -q --layers 8,2 --standardize --epochs 3 --pairs pairs datasets/wine.csv -o out"},
             [&] { return box.read("out"); });
  const std::string command = "maha-triplet -q --standardize --batch 64 --layers 16,3 datasets/wine.csv -o out";
  REQUIRE(box.run(command + " --epochs 6").status == 0);
  const std::string expected = box.read("out");
  CHECK(box.run(on(2, command + " --epochs 3 --checkpoint state")).status == 0);
  CHECK(box.run(on(3, command + " --epochs 6 --checkpoint state")).status == 0);
  CHECK(box.read("out") == expected);
}

TEST_CASE("mpirun: MMC learns the same model, with the same trace and proof, on any number of ranks, and goes on") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  // Tiles have 2048 pairs.
  REQUIRE(box.run("maha-pairs --count 20000 -o pairs.csv datasets/digits.csv && maha-pairs --all -o all.csv "
                  "datasets/wine.csv && maha-lda -q datasets/wine.csv -o lda.json")
              .status == 0);
  const auto untimed = [&] { return box.run("cut -d, -f1-3 trace").out; };
  check_same(
      box,
      {"maha-mmc --standardize --pairs pairs.csv datasets/digits.csv -o out --trace trace --proof proof",
       "maha-mmc --diagonal --pairs pairs.csv -o out --trace trace --proof proof <datasets/digits.csv",
       "maha-mmc --spread 0 --tolerance 1e-7 --init lda.json --pairs all.csv datasets/wine.csv -o out --trace trace "
       "--proof proof"},
      [&] { return box.read("out") + box.read("proof") + untimed(); });
  const std::string fit = "maha-mmc --spread 0 --tolerance 1e-12 --pairs all.csv datasets/wine.csv -o out";
  REQUIRE(box.run(fit + " -q --max-iterations 80").status == 0);
  const std::string expected = box.read("out");
  CHECK(box.run(on(2, fit + " --checkpoint state --max-iterations 70")).err.find("keeps the state of the fit") !=
        std::string::npos);
  const Outcome outcome = box.run(on(3, fit + " --checkpoint state --max-iterations 80"));
  CHECK(went_on(outcome));
  CHECK(box.read("out") == expected);
}

TEST_CASE(
    "mpirun: LMNN learns the same model, by the same way, to the byte, on any number of ranks, and goes on where "
    "another number stopped") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  box.write("triplets.csv", "1,2,61\n2,3,62\n70,80,1\n9,12,150\n140,150,9\n");
  const auto told = [&] {  // all but the seconds, in the last column
    return box.read("out") + box.run("sed 's/,[^,]*$//' trace; cat dual 2>/dev/null").out;
  };
  check_same(box,
             {"maha-lmnn -q --max-iterations 3 datasets/digits.csv -o out --trace trace",
              "maha-lmnn -q --rank 4 --standardize datasets/wine.csv -o out --trace trace",
              "maha-lmnn -q --standardize --dual dual datasets/iris.csv -o out --trace trace",
              "maha-lmnn -q --diagonal --max-iterations 30 -o out --trace trace <datasets/wine.csv",
              "maha-lmnn -q --triplets triplets.csv --pca 2 datasets/wine.csv -o out --trace trace"},
             told);
  const std::string command = "maha-lmnn --standardize datasets/wdbc.csv -o out --checkpoint state --trace trace";
  REQUIRE(box.run("maha-lmnn -q --standardize datasets/wdbc.csv -o out --max-iterations 60").status == 0);
  const std::string expected = box.read("out");
  CHECK(box.run(on(2, command + " --max-iterations 25")).err.find("keeps the state of the fit") != std::string::npos);
  const Outcome outcome = box.run(on(3, command + " --max-iterations 60"));
  CHECK(went_on(outcome));
  CHECK(box.read("out") == expected);
}

TEST_CASE("mpirun: a fit is stopped by the clock of the first rank, on all") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  REQUIRE(box.run("maha-pairs --count 200000 -o pairs.csv datasets/digits.csv").status == 0);
  for (const std::string fit : {"maha-nca --batch 0", "maha-lmnn --tolerance 1e-9", "maha-lmnn --rank 9",
                                "maha-mmc --tolerance 1e-14 --pairs pairs.csv", "maha-triplet --epochs 100000"}) {
    const Outcome outcome = box.run(on(2, fit + " --max-seconds 0.1 --require-converged datasets/digits.csv -o out"));
    CHECK(outcome.status == 3);
    CHECK(box.run("maha-model show out && rm out").status == 0);
  }
}

TEST_CASE("mpirun: the first rank alone speaks, and says how much was sent") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  CHECK(box.run(on(3, "maha-knn --help")).out == box.run("maha-knn --help").out);
  const Outcome outcome = box.run(on(3, "maha-neighbors -v -k 2 --leave-one-out --train datasets/wine.csv -o out"));
  // To or from two others: 178 rows of 13 features, lists of two neighbours of each, and six comparisons: of the command
  // line, the columns, whether the rows are mapped, and the blocks of rows, with the end of them.
  CHECK(said_by("maha-neighbors", outcome.err).back() ==
        "maha-neighbors: 3 ranks sent " + std::to_string(2 * (178 * 13 * 8 + 178 * 2 * 24 + 179 * 8 + 6 * 16)) +
            " bytes to each other");
}

TEST_CASE("mpirun: an error ends all ranks with its status, and leaves no output") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  const auto refused = [&](const std::string& command, int status, const std::string& message) {
    check_refused(box, on(2, command), status, message);
  };
  refused("maha-mmc --tolerance 0 --pairs pairs.csv datasets/iris.csv -o out", 2, "--tolerance: must be above 0");
  box.write("pairs", "i,j,similar\n1,2,1\n1,151,0\n");
  refused("maha-mmc --pairs pairs datasets/iris.csv -o out", 1,
          "pairs:3: column 2: row 151: datasets/iris.csv has 150");
  refused("maha-knn --train absent.csv --leave-one-out -o out", 1, "absent.csv: No such file or directory");
  refused("maha-knn --leave-one-out -k 0 --train datasets/iris.csv -o out", 2,
          "-k,--neighbors: k = 0 must be at least 1");
  refused("maha-knn --leave-one-out --retrieval --train datasets/iris.csv -o out", 2,
          "--retrieval: goes without mpirun, in one process");
  refused("maha-knn --leave-one-out --train /dev/null -o out", 2,
          "'/dev/null' can be read by one process only, and there are 2: name a file, or give it as standard input, -");
  const Outcome of_fit = box.run(on(3, "maha-lmnn -k 50 datasets/iris.csv -o out"), "", std::chrono::seconds(60));
  CHECK(of_fit.status == 1);
  CHECK(said_by("maha-lmnn", of_fit.err).size() == 1);
  CHECK(!box.exists("out"));
  // What one rank alone comes to.
  std::vector<double> numbers;
  std::string labels;
  for (int i = 1; i <= 130; ++i) {
    numbers.push_back(i == 70 ? std::nan("") : i);
    labels += i % 2 ? "a\n" : "b\n";
  }
  box.write("rows.npy", npy("(130, 1)", numbers));
  box.write("labels", labels);
  refused("maha-knn --leave-one-out --train rows.npy --labels labels -o out", 1,
          "rank 1 of 2: rows.npy: row 70: column 1: nan stands for a missing value: --missing skip or mean");
}

TEST_CASE("mpirun: ranks that were started otherwise, or read something else, than the first are refused") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  REQUIRE(box.run("mkdir 0 1 && cp datasets/iris.csv 0/rows && maha-convert -q 0/rows --unlabeled --drop class -o "
                  "0/rows.npy && sed 's/.*,//;1 d' 0/rows >0/labels && maha-lda -q 0/rows -o 0/model && maha-pairs -q "
                  "--count 9 0/rows -o 0/pairs && cp 0/* 1")
              .status == 0);
  const std::string kOptions =
      "rank 1 of 2 was started with another command line than the first, or is of another version";
  check_refused(box, on(2, "bash -c 'exec maha-lmnn -q -k $((3 - $OMPI_COMM_WORLD_RANK)) datasets/iris.csv -o out'"), 2,
                kOptions);
  check_refused(box,
                on(2,
                   "bash -c 'exec maha-knn -q -k $((3 - $OMPI_COMM_WORLD_RANK)) --leave-one-out --train "
                   "datasets/iris.csv --predictions out'"),
                2, kOptions);
  const auto other = [](const std::string& file) {
    return file + ": rank 1 of 2 has read something else there than the first: all need the same files";
  };
  const std::string by_label = "maha-knn -q --train rows -m model rows -o ../out",
                    dealt = "maha-knn -q --train rows.npy --labels labels --leave-one-out --predictions ../out",
                    mapped = "maha-nca -q rows.npy --labels labels -o ../out",
                    of_pairs = "maha-mmc -q --pairs pairs rows -o ../out";
  const std::string started = "maha-lmnn -q --init model --max-iterations 1 rows -o ../out";
  for (const std::string& command : {by_label, dealt, mapped, of_pairs, started}) {
    CHECK(box.run(apart(command) + " && rm out").status == 0);
  }
  // One digit of one number, one label, one pair; `rows.npy`: the first number.
  struct Change {
    std::string file, how, command, where;
  };
  for (const Change& change : std::vector<Change>{
           {"rows", "sed -i '$ s/^5/4/' 1/rows", by_label, "rows"},
           {"rows", "sed -i '$ s/virginica/versicolor/' 1/rows",
            "maha-neighbors -q --train rows --leave-one-out -o ../out", "rows"},
           {"rows", "sed -i '$ d' 1/rows", "maha-triplet -q rows -o ../out", "rows"},
           {"model", "maha-cov -q 0/rows -o 1/model", by_label, "model"},
           {"model", "maha-cov -q 0/rows -o 1/model", started, "model"},
           {"rows.npy", "printf 7 | dd of=1/rows.npy bs=1 seek=128 conv=notrunc", dealt, "rows.npy with labels"},
           {"rows.npy", "printf 7 | dd of=1/rows.npy bs=1 seek=128 conv=notrunc", mapped, "rows.npy with labels"},
           {"labels", "sed -i '$ s/virginica/versicolor/' 1/labels", dealt, "rows.npy with labels"},
           {"pairs", "maha-pairs --seed 2 --count 9 0/rows -o 1/pairs", of_pairs, "pairs"}}) {
    REQUIRE(box.run(change.how + "; ! cmp -s 0/" + change.file + " 1/" + change.file).status == 0);
    check_refused(box, apart(change.command), 1, other(change.where));
    REQUIRE(box.run("cp 0/" + change.file + " 1").status == 0);
  }
}

TEST_CASE("mpirun: a signal to one rank ends the fit if that is the first, on all") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  REQUIRE(box.run("mkfifo trace").status == 0);
  const auto signalled = [&](const std::string& rank, const std::string& options) {
    return box.run(on(2, "bash -c 'echo $$ >pid.$OMPI_COMM_WORLD_RANK; exec maha-lmnn -q --tolerance 1e-12 " + options +
                             " datasets/wdbc.csv -o out --trace trace'") +
                       " & exec 3< trace; read -r line <&3; kill -INT $(cat pid." + rank +
                       "); cat <&3 > /dev/null; wait $!",
                   "", std::chrono::seconds(60));
  };
  CHECK(signalled("1", "--max-iterations 60").status == 0);
  CHECK(nlohmann::json::parse(box.read("out"))["iterations"] == 60);
  CHECK(signalled("0", "--max-iterations 100000").status == 130);
  CHECK(nlohmann::json::parse(box.read("out"))["converged"] == false);
}

TEST_CASE("mpirun: a lost rank ends the others, and what was there stays") {
  const Sandbox box;
  if (!has_mpi(box)) return;
  box.write("out", "what was there");
  for (const std::string lost : {"0", "1"}) {
    const Outcome outcome = box.run(
        "sleep 4 | " + on(2, "bash -c '[ $OMPI_COMM_WORLD_RANK = " + lost +
                                 " ] && (sleep 1; kill -9 $$) & exec maha-knn -q --leave-one-out --train - -o out'"),
        "", std::chrono::seconds(60));
    CHECK(outcome.status != kTimedOut);
    CHECK(outcome.status != 0);
    CHECK(outcome.err.find("signal 9") != std::string::npos);
    CHECK(box.read("out") == "what was there");
    CHECK(box.files() == std::vector<std::string>{"out"});
  }
}

TEST_CASE("built without MPI, a tool that could share its work says that it does not") {
  const Sandbox box;
  if (is_built_with_mpi(box)) return;
  const std::string command = "maha-knn -q --leave-one-out --train datasets/iris.csv";
  const Outcome outcome = box.run("OMPI_COMM_WORLD_SIZE=4 " + command);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == box.run(command).out);
  CHECK(outcome.err ==
        "maha-knn: warning: is one of 4 processes started together, and built without MPI: each does all\n");
}
