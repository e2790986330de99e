/// maha-compare --merge: an experiment that was dealt to several runs, put together.

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "shards.hpp"

using namespace maha::test;

namespace {

/// Of two data sets, with what fails, and what is chosen.
const std::string kDealt =
    "maha-compare -q -a euclidean -a cov:ridge=1 -a again=cov:ridge=1 -a lmnn:k=60 -a 'grid=lmnn:k=1|2' --folds 4 "
    "--inner-folds 2 "
    "datasets/iris.csv datasets/wine.csv ";

}  // namespace

TEST_CASE("maha-compare --merge: two shards and three give the bytes of one run, in every format") {
  const Sandbox box;
  std::vector<std::string> expected, said;
  const std::vector<std::string> formats{"json", "csv", "text", "md", "tex"};
  for (const std::string& format : formats) {
    const Outcome whole = box.run(kDealt + "--format " + format);
    CHECK_MESSAGE(whole.status == 0, whole);
    expected.push_back(whole.out);
    said.push_back(whole.err);
  }
  CHECK(contains(said[0], "grid") == false);
  CHECK(contains(said[0], "warning: iris, lmnn:k=60: failed: class setosa has"));
  for (const int count : {2, 3}) {
    box.run("rm -f s?");
    run_shards(box, kDealt, count);
    std::set<std::string> names;
    for (int i = 1; i <= count; ++i) {
      const auto cells = cells_in(box.read("s" + std::to_string(i)));
      CHECK(cells.size() >= 5);
      for (const auto& cell : cells) CHECK(names.insert(name_of(cell)).second);
    }
    CHECK(names.size() == 2 * 5 * 4);
    for (std::size_t f = 0; f < formats.size(); ++f) {
      const Outcome merged = box.run(kDealt + "--format " + formats[f] + " --merge s*");
      CHECK_MESSAGE(merged.status == 0, merged);
      CHECK(merged.out == expected[f]);
      CHECK(merged.err == said[f]);
    }
  }
}

TEST_CASE("maha-compare --merge: no result takes the place of a journal") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean --folds 2 datasets/iris.csv ";
  CHECK(box.run(command + "--shard 1/1 --journal s1").status == 0);
  const std::string journal = box.read("s1");
  for (const std::string result : {"-o s1", "-o ./s1", "--times s1", "--best s1"}) {
    check_refused(box.run(command + result + " --merge s1"), 2, "is read as well: name another file");
    CHECK(box.read("s1") == journal);
  }
}

TEST_CASE("maha-compare --merge: times are those of the journals, and the best model is fitted to all rows") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a cov -a 'lmnn:k=1|2' --folds 3 datasets/wine.csv ";
  const std::string whole = box.run(command + "--best best.json").out;
  run_shards(box, command, 3);
  CHECK(box.run(command + "--times times.csv --best merged.json --merge s1 s2 s3").out == whole);
  CHECK(box.read("merged.json") == box.read("best.json"));
  std::map<std::string, std::pair<double, double>> times, journaled;
  for (const std::string& line : lines(box.read("times.csv"))) {
    const std::size_t test = line.rfind(','), fit = line.rfind(',', test - 1);
    if (line.starts_with("wine,"))
      times[line.substr(0, fit)] = {std::stod(line.substr(fit + 1)), std::stod(line.substr(test + 1))};
  }
  for (const std::string journal : {"s1", "s2", "s3"}) {
    for (const auto& cell : cells_in(box.read(journal))) {
      const std::string key = "wine," + cell["algorithm"].get<std::string>() + ",1," + cell["fold"].get<std::string>();
      journaled[key] = {cell["fit_seconds"].get<double>(), cell["test_seconds"].get<double>()};
    }
  }
  CHECK(times.size() == 9);
  CHECK(times == journaled);
}

TEST_CASE("maha-compare --merge: a regression, files that are cut already, and an experiment in a file") {
  const Sandbox box;
  const std::string regression =
      "maha-compare -q --target progression -a euclidean -a mlkr:rank=1,max-iterations=3 --folds 3 "
      "datasets/diabetes.csv --format json ";
  const std::string expected = box.run(regression + "-o r.json; cat r.json").out;
  run_shards(box, "maha-compare -q --experiment r.json", 2);
  CHECK(box.run("maha-compare -q --experiment r.json --format json --merge s1 s2").out == expected);
  CHECK(box.run(regression + "--merge s1 s2").out == expected);
  box.run(
      "rm s?; for s in 1 2; do maha-split --test 0.3 --seed $s datasets/iris.csv --train-out a$s --test-out b$s; done");
  const std::string parts = "maha-compare -q -a euclidean -a cov --split d=a1,b1 --split d=a2,b2 ";
  run_shards(box, parts, 2);
  CHECK(box.run(parts + "--merge s1 s2").out == box.run(parts).out);
}

TEST_CASE("maha-compare --merge: where cells are missing it says of which shard, and the command that works them out") {
  const Sandbox box;
  const std::string plain =
      "maha-compare -a euclidean -a 'two words=cov' --label=-1 --folds 5 --inner-folds 3 "
      "datasets/iris.csv ";
  const std::string whole = box.run(plain + "--format csv").out;
  run_shards(box, plain, 3);
  box.write("out", "old");
  const std::string merge = plain + "-q -j 2 --format csv -o out --times times --merge ";
  const Outcome missing = box.run(merge + "s1 s3");
  const std::string cells = std::to_string(cells_in(box.read("s2")).size());
  check_refused(missing, 1,
                "maha-compare: " + cells + " of 10 cells are in none of the journals: " + cells +
                    " of shard 2/3; for shard 2/3 run: maha-compare --label=-1 --algorithm euclidean --algorithm "
                    "'two words=cov' --folds 5 --inner-folds 3 --shard 2/3 --journal s2 datasets/iris.csv\n");
  CHECK(box.read("out") == "old");
  CHECK_FALSE(box.exists("times"));
  box.run("rm s2");
  REQUIRE(contains(missing.err, "run: "));
  const std::string line = lines(missing.err)[0];
  CHECK(box.run(line.substr(line.find("run: ") + 5)).status == 0);
  CHECK(box.run(merge + "s1 s2 s3").status == 0);
  CHECK(box.read("out") == whole);

  box.run("rm s1 s3");
  check_refused(box.run(merge + "s2"), 1, " of shard 1/3, ");
  const Outcome begun = box.run("maha-compare -q -a euclidean --folds 5 --inner-folds 3 datasets/iris.csv --journal j");
  CHECK(begun.status == 0);
  check_refused(box.run(plain + "-q --merge j"), 1,
                "5 of 10 cells are in none of the journals; run: maha-compare --label=-1 --algorithm euclidean "
                "--algorithm 'two words=cov' --folds 5 --inner-folds 3 --journal j datasets/iris.csv\n");
}

TEST_CASE("maha-compare --merge: any journals that hold the cells will do, of whole runs and of other shard counts") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a cov --folds 5 datasets/iris.csv ";
  const std::string whole = box.run(command + "--journal all").out;
  CHECK(box.run(command + "--merge all").out == whole);
  for (const std::string shard : {"1/2", "1/3", "2/3", "3/3"})
    box.run(command + "--shard " + shard + " --journal " + shard.substr(0, 1) + "-of-" + shard.substr(2));
  CHECK(box.run(command + "--merge 1-of-2 1-of-3 2-of-3 3-of-3").out == whole);
  CHECK(box.run(command + "--merge 1-of-2 1-of-2 2-of-3 1-of-3 3-of-3 all").out == whole);
  CHECK(box.run(command + "--merge <(cat all)").out == whole);
  CHECK(box.run("gzip -k all; " + command + "--merge all.gz").out == whole);
  CHECK(box.run("cat all | " + command + "--merge -").out == whole);
  CHECK(box.run("maha-compare -q -a euclidean -a cov --folds 5 --merge all -- datasets/iris.csv").out == whole);
  CHECK(box.run("maha-compare -q --merge 1-of-3 2-of-3 --merge 3-of-3 --folds 5 -a euclidean -a cov datasets/iris.csv")
            .out == whole);
  const Outcome two = box.run(command + "--shard 1/2 --journal 1-of-3 && " + command + "--shard 2/2 --journal 1-of-3");
  CHECK_MESSAGE(two.status == 0, two);  // one journal for several shards, one after the other
  CHECK(box.run(command + "--merge 1-of-3").out == whole);
  CHECK(box.run(command + "--journal 2-of-3").out == whole);  // and one that a whole run goes on with
  CHECK(cells_in(box.read("2-of-3")).size() == 10);
}

TEST_CASE("maha-compare --merge: journals of other experiments and data are told, other files refused") {
  const Sandbox box;
  box.run("cp datasets/iris.csv rows.csv");
  const std::string command = "maha-compare -a euclidean -a cov --folds 2 rows.csv ";
  const std::string whole = box.run(command).out;
  run_shards(box, command, 2);
  box.run("maha-compare -q -a lda --folds 2 rows.csv --journal other");
  const Outcome more = box.run(command + "--merge s1 other s2");
  CHECK(more.out == whole);
  CHECK(more.err ==
        "maha-compare: warning: other: all that it holds is of other comparisons\n"
        "maha-compare: note: 4 cells taken from 3 journals; 2 are of other comparisons\n");
  CHECK(contains(box.run(command + "--merge other").err,
                 "maha-compare: 4 of 4 cells are in none of the journals; run: "));

  const auto refused = [&](const std::string& change, const std::string& message) {
    box.run("cp s1 j; " + change);
    check_refused(box.run(command + "-q -o out --merge s2 j"), 1, "maha-compare: j: " + message);
    CHECK_FALSE(box.exists("out"));
  };
  refused("sed -i '1s/2/1/' j", "is a journal of version 1, whose cells can go into no other experiment");
  refused("sed -i '1s/2/3/' j", "is no journal of version 2\n");
  refused("cp rows.csv j", "is no journal; data sets go before --merge JOURNAL...\n");
  refused("rm j", "No such file or directory\n");
  refused("cat s2 >> j", "line 5 is where another journal begins: each is a file of its own\n");
  refused("tail -n 1 s1 >> j", "line 5 is of a run that a line before has the result of\n");
  refused("sed -i 's/\"errors\":[0-9]*/\"errors\":999/' j", "line 3.errors is 999, and not from 0 to 75\n");
  check_refused(box.run("maha-compare -q -a euclidean --folds 2 --merge s1 rows.csv"), 1,
                "maha-compare: rows.csv: is no journal; data sets go before --merge JOURNAL...\n");

  box.run("sed -i '2s/5.1/5.2/' rows.csv");
  const Outcome changed = box.run(command + "-q --merge s1 s2");
  CHECK(changed.status == 1);
  CHECK(contains(changed.err, "warning: s1: the data of rows have changed, or are read otherwise: what it holds"));
  CHECK(contains(changed.err, "maha-compare: 4 of 4 cells are in none of the journals"));
  CHECK(changed.out == "");
}

TEST_CASE("maha-compare --merge: a journal that is cut off lacks its last cell, one that has just begun lacks all") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a cov --folds 4 datasets/iris.csv ";
  const std::string whole = box.run(command).out;
  run_shards(box, command, 2);
  const std::string s2 = box.read("s2");
  REQUIRE(cells_in(s2).size() > 1);
  const std::string cells = std::to_string(cells_in(s2).size());
  const std::string cut_off = "maha-compare: warning: s2: the last line is cut off, and its cell does not count\n";
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{9}, std::size_t{100}}) {
    box.write("s2", s2.substr(0, s2.size() - bytes));
    const std::string torn = box.read("s2");
    const Outcome missing = box.run(command + "--merge s1 s2");
    CHECK(missing.status == 1);
    CHECK_MESSAGE(missing.err.starts_with(
                      cut_off + "maha-compare: 1 of 8 cells is in none of the journals: 1 of shard 2/2; for shard 2/2 "
                                "run: maha-compare "),
                  missing);
    CHECK(box.read("s2") == torn);  // a merge writes no journal
    CHECK(box.run(command + "--shard 2/2 --journal s2").status == 0);
    CHECK(box.run(command + "--merge s1 s2").out == whole);
    CHECK(cells_in(box.read("s2")).size() == cells_in(s2).size());
  }
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{12}, std::size_t{38}, std::size_t{45}}) {
    box.write("s2", s2.substr(0, bytes));
    CHECK(contains(box.run(command + "--merge s1 s2").err, cells + " of 8 cells are in none of the journals: "));
    CHECK(box.run(command + "--shard 2/2 --journal s2").status == 0);
    CHECK(box.run(command + "--merge s1 s2").out == whole);
  }
}

TEST_CASE("maha-compare --merge: one cell with other figures in two journals is refused") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a cov --folds 2 datasets/iris.csv ";
  const std::string whole = box.run(command + "--journal a").out;
  box.run("sed 's/_seconds\":[0-9.e-]*/_seconds\":7/g' a > b");
  CHECK(box.run(command + "--times times --merge b a").out == whole);
  CHECK(contains(box.read("times"), "iris,cov,1,2,7,7\n"));  // of the first one
  box.run("sed '/\"cov\".*\"fold\":\"2\"/s/\"errors\":[0-9]*/\"errors\":70/' a > c");
  const Outcome refused = box.run(command + "-o out --merge a c");
  check_refused(refused, 1, "maha-compare: c: cov on iris, repeat 1, fold 2, has 70 errors, and ");
  CHECK(contains(refused.err, " in a: one of them is of another version, or was changed\n"));
  CHECK_FALSE(box.exists("out"));
}

TEST_CASE("maha-compare --merge: a failure counts where no journal has a result; its run is tried again by a shard") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a lmnn:k=60 --folds 2 datasets/iris.csv --format csv ";
  const std::string whole = box.run(command + "--journal a").out;
  CHECK(contains(whole, "failed") == false);
  CHECK(contains(whole, "60 target neighbours need"));
  CHECK(box.run(command + "--merge a").out == whole);
  const Outcome nothing = box.run("maha-compare -q -a lmnn:k=60 --folds 2 datasets/iris.csv --journal n --shard 1/1");
  CHECK(nothing.status == 0);  // it did what it was dealt
  CHECK(box.run("maha-compare -q -a lmnn:k=60 --folds 2 datasets/iris.csv --merge n").status == 1);
  const auto tried = cells_in(box.read("n")).size();
  CHECK(box.run("maha-compare -q -a lmnn:k=60 --folds 2 datasets/iris.csv --journal n --shard 1/1").status == 0);
  CHECK(cells_in(box.read("n")).size() == 2 * tried);
  CHECK(box.run("maha-compare -q -a lmnn:k=60 --folds 2 datasets/iris.csv --merge n").status == 1);
}
