/// maha-compare --shard: the runs of an experiment that are dealt to one of several.

#include <doctest/doctest.h>

#include <set>

#include "shards.hpp"

using namespace maha::test;

/// These are the shards for all time: see the unit test of shard_of. They do not depend on paths, names or order.
TEST_CASE("maha-compare --shard: which runs it works out is known") {
  const Sandbox box;
  box.run("cp datasets/iris.csv flowers.csv");
  for (const std::string command :
       {"maha-compare -q -j 1 -a euclidean -a cov --folds 5 datasets/iris.csv",
        "maha-compare -q -j 3 -a lda -a cov -a flat=euclidean --folds 5 datasets/wine.csv flowers.csv"}) {
    box.run("rm -f s?");
    run_shards(box, command, 3);
    std::string dealt;
    for (const std::string spec : {"euclidean", "cov"}) {
      for (int fold = 1; fold <= 5; ++fold) {
        for (int shard = 1; shard <= 3; ++shard) {
          for (const auto& cell : cells_in(box.read("s" + std::to_string(shard)))) {
            const bool iris = cell["dataset"] == "iris" || cell["dataset"] == "flowers";
            if (iris && cell["spec"] == spec && cell["fold"] == std::to_string(fold)) dealt += std::to_string(shard);
          }
        }
      }
      dealt += " ";
    }
    CHECK(dealt == "22213 12132 ");
  }
}

TEST_CASE("maha-compare --shard: killed in the middle and run again, it works out nothing that its journal holds") {
  const Sandbox box;
  const std::string command =
      "maha-compare -q -j 1 -a euclidean -a nca:tolerance=1e-9 --folds 10 datasets/wdbc.csv datasets/iris.csv ";
  const std::string whole = box.run(command + "--format json").out;
  box.run(command + "--shard 1/2 --journal s1");
  const Outcome killed = stopped(box, command + "--shard 2/2 --journal s2", "s2", 6, "KILL");
  CHECK(killed.status == 137);
  const std::string held = box.read("s2"), whole_lines = held.substr(0, held.rfind('\n') + 1);
  const auto before = cells_in(whole_lines);
  CHECK(before.size() >= 4);
  const Outcome missing = box.run(command + "--merge s1 s2");
  CHECK(missing.status == 1);
  CHECK(contains(missing.err, "of shard 2/2; for shard 2/2 run: maha-compare "));

  const Outcome again = box.run(command + "-v --shard 2/2 --journal s2");
  CHECK_MESSAGE(again.status == 0, again);
  CHECK(box.read("s2").starts_with(whole_lines));
  const auto after = cells_in(box.read("s2"));
  std::set<std::string> names;
  for (const auto& cell : after) CHECK(names.insert(name_of(cell)).second);
  CHECK(before.size() < after.size());
  CHECK(cells_in(box.read("s1")).size() + after.size() == 40);
  CHECK(box.run(command + "--format json --merge s1 s2").out == whole);

  const std::string done = box.read("s2");  // and once more: nothing is left
  CHECK(box.run(command + "--shard 2/2 --journal s2").status == 0);
  CHECK(box.read("s2") == done);
}

TEST_CASE("maha-compare --shard: of more shards than cells most have none, and all of them end well") {
  const Sandbox box;
  const std::string command = "maha-compare -a euclidean --folds 2 datasets/iris.csv ";
  run_shards(box, command + "-q", 7);
  const Outcome none = box.run(command + "--journal x --shard 999999/1000000");
  CHECK(none.status == 0);
  CHECK(none.out == "");
  CHECK(none.err == "maha-compare: note: shard 999999/1000000 has 0 of 2 cells\n");
  CHECK(box.read("x") == "{\"format\":\"maha-journal\",\"version\":2}\n{\"shard\":999999,\"of\":1000000}\n");
  CHECK(box.run(command + "-q --merge s* x").out == box.run(command).out);
}

TEST_CASE("maha-compare --shard: a signal ends it, and the same command goes on") {
  const Sandbox box;
  const std::string command =
      "maha-compare -j 1 -a euclidean -a nca:tolerance=1e-9 --folds 10 datasets/wdbc.csv --shard 1/2 --journal s1";
  const Outcome ended = stopped(box, command, "s1", 3, "TERM");
  CHECK(ended.status == 143);
  CHECK(ended.out == "");
  CHECK(contains(ended.err, "note: s1 keeps the finished runs: the same command goes on from there\n"));
  const auto held = cells_in(box.read("s1")).size();
  const Outcome again = box.run(command);
  CHECK(again.status == 0);
  CHECK(contains(again.err, "note: " + std::to_string(held) + (held == 1 ? " cell" : " cells") + " taken from the "));
}

TEST_CASE(
    "maha-compare --shard, --merge: what the command line shows to be wrong is refused before any file is opened") {
  const Sandbox box;
  const std::string command = "maha-compare -a cov absent.csv --journal x --shard ";
  for (const std::string shard :
       {"0/4", "5/4", "a/b", "1/0", "1/1000001", "1/99999999999999999999", "1", "''", "-1/2"}) {
    const std::string text = shard == "''" ? "" : shard;
    check_refused(box.run(command + shard), 2,
                  "maha-compare: --shard: '" + text + "' is no shard I/N, with I from 1 to N and N up to 1000000\n");
  }
  const auto refused = [&](const std::string& arguments, const std::string& message) {
    check_refused(box.run("maha-compare -a cov absent.csv " + arguments), 2, "maha-compare: " + message + "\n");
  };
  refused("--shard 1/2", "--shard: add --journal FILE, all that a shard writes");
  for (const std::string option : {"--output", "--format", "--times", "--best"}) {
    refused("--shard 1/2 --journal x " + option + (option == "--format" ? " csv" : " y"),
            option + " does not go with --shard: results are of all shards, by --merge");
  }
  refused("--shard 1/2 --shard 2/2 --journal x", "--shard: given twice");
  refused("--shard 1/2 --merge absent", "--shard does not go with --merge, which works nothing out");
  refused("--journal x --merge absent", "--journal does not go with --merge, which works nothing out");
  refused("--merge ''", "--merge: the name of the file is empty");
  check_refused(box.run("maha-compare --from absent.json --merge absent"), 2, "--merge does not go with --from");
  check_refused(box.run("maha-compare --from absent.json --journal x --shard 1/2"), 2, "--journal does not go with");
  CHECK(box.run("maha-compare -a cov absent.csv --merge").status == 2);
  CHECK(box.files().empty());
}
