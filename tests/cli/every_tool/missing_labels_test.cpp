/// Labels that are words for missing values: told of by every tool that learns from labels, counts or cuts by them.

#include <doctest/doctest.h>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

TEST_CASE("missing labels: a class that is called NA is warned of, and --missing skip does without its rows") {
  const Sandbox box;
  write_inputs(box);
  const std::string doubt =
      "rows.csv: 2 rows have the label 'NA', which --na takes for a missing value: it counts as a class; "
      "--missing skip leaves it out\n";
  box.write("rows.csv", kGood + "9,9,NA\n8,8,NA\n");
  int warned = 0;
  for (const std::string reader :
       {"maha-cov --within rows.csv", "maha-lda rows.csv", "maha-gmml --unlabeled --pairs pairs.csv rows.csv",
        "maha-knn -k 1 --leave-one-out --train rows.csv", "maha-knn -k 1 --train good.csv rows.csv",
        "maha-predict -k 1 --train rows.csv good.csv", "maha-split --folds 2 --assign fold rows.csv",
        "maha-pairs --chunks 2 rows.csv", "maha-pairs --nearest 1 rows.csv",
        "maha-compare -a euclidean -k 1 --folds 2 rows.csv"}) {
    const Outcome kept = box.run(reader);
    const bool doubted = contains(kept.err, "warning: " + doubt);
    CHECK_MESSAGE(doubted == !contains(reader, "--unlabeled"), kept);
    warned += doubted;
    if (contains(reader, "--unlabeled")) continue;
    const Outcome skipped = box.run(reader + " --missing skip");
    CHECK_MESSAGE(skipped.status == 0, skipped);
    CHECK_MESSAGE(contains(skipped.err, "2 of 8 rows skipped for missing values"), skipped);
    CHECK_FALSE(contains(skipped.err, "'NA'"));
    CHECK_FALSE(contains(box.run(reader + " --na '?'").err, "'NA'"));  // so it is a class
  }
  CHECK(warned == 9);
}

TEST_CASE("missing labels: those of rows to be predicted or explained may be anything") {
  const Sandbox box;
  write_inputs(box);
  box.write("new.csv", "x,y,class\n1,2,\n3,5,NA\n4,4,b\n");
  CHECK(box.run("maha-predict -q -k 1 --train good.csv new.csv").err.empty());
  CHECK(box.run("maha-explain -q -k 1 --train good.csv new.csv").err.empty());
}
