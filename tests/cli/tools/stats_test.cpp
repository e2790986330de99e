/// maha-cov --stats, maha-stats, and --from of the learners that take statistics in place of rows.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

/// Wine in five parts with a header each, part1.csv to part5.csv, in an order that mixes the classes; shuffled.csv has
/// all rows in that order, and partK.stats what was summed up of each part.
void cut_wine(const Sandbox& box) {
  box.run("head -1 datasets/wine.csv > head; tail -n +2 datasets/wine.csv | sort -t, -k5 > body");
  box.run("cat head body > shuffled.csv; split -n l/5 -d body piece");
  for (int k = 0; k < 5; ++k) {
    const std::string part = "part" + std::to_string(k + 1);
    box.run("cat head piece0" + std::to_string(k) + " > " + part + ".csv");
    CHECK(box.run("maha-cov --stats " + part + ".csv -o " + part + ".stats").status == 0);
  }
}

double relative_difference(const Sandbox& box, const std::string& a, const std::string& b) {
  const Outcome outcome = box.run("maha-model compare --json " + a + " " + b);
  return Json::parse(outcome.out)["relative_difference"];
}

}  // namespace

TEST_CASE("maha-stats merge: the same bytes in any order and grouping, and the models of all rows") {
  const Sandbox box;
  cut_wine(box);
  const Outcome at_once = box.run("maha-stats merge part1.stats part2.stats part3.stats part4.stats part5.stats");
  CHECK(at_once.status == 0);
  box.write("all.stats", at_once.out);
  for (const std::string groups :
       {"maha-stats merge part5.stats part3.stats part1.stats part2.stats part4.stats",
        "maha-stats merge part4.stats <(maha-stats merge part2.stats part5.stats) "
        "<(maha-stats merge part1.stats part3.stats)",
        "cat part1.stats | maha-stats merge <(gzip -c part2.stats) - part5.stats part4.stats part3.stats"})
    CHECK(box.run(groups).out == at_once.out);

  for (const auto& [learner, of_rows] :
       std::vector<std::pair<std::string, std::string>>{{"cov", ""},
                                                        {"cov --within --unbiased --ridge 0.1", ""},
                                                        {"cov --shrinkage oas --standardize", ""},
                                                        {"lda --rank 1", ""},
                                                        {"pca --rank 3 --standardize", ""},
                                                        {"rca", "--chunk class"},
                                                        {"xqda --standardize --pca 6", ""}}) {
    const Outcome model = box.run("maha-" + learner + " --from all.stats -o from.json");
    CHECK_MESSAGE(model.status == 0, model);
    CHECK(box.run("maha-" + learner + " " + of_rows + " shuffled.csv -o rows.json").status == 0);
    CHECK(relative_difference(box, "from.json", "rows.json") <= 1e-12);
    const Json from = Json::parse(box.read("from.json")), rows = Json::parse(box.read("rows.json"));
    if (of_rows.empty()) CHECK(from["label"] == rows["label"]);
    for (const std::string key : {"features", "rows", "rank", "parameters", "preprocessing", "algorithm"}) {
      CAPTURE(key);
      CHECK(from.value(key, Json()) == rows.value(key, Json()));
    }
  }
}

TEST_CASE("maha-stats: pairs of each part add up") {
  const Sandbox box;
  cut_wine(box);
  for (const std::string part : {"part1", "part2", "part3"}) {
    box.run("maha-pairs --count 300 " + part + ".csv -o " + part + ".pairs");
    CHECK(box.run("maha-cov --stats --pairs " + part + ".pairs " + part + ".csv -o " + part + ".stats").status == 0);
  }
  CHECK(box.run("maha-stats merge part1.stats part2.stats part3.stats -o all.stats").status == 0);
  const auto shown = Json::parse(box.run("maha-stats show --json all.stats").out);
  CHECK(shown["pairs"] == Json({{"similar", 450}, {"dissimilar", 450}}));

  // The same pairs by their places among the rows of all three parts.
  box.run(
      "(cat head piece00 piece01 piece02) > three.csv; n1=$(wc -l < piece00); n2=$((n1 + $(wc -l < piece01)))\n"
      "(cat part1.pairs; for k in 2 3; do n=n$((k-1)); awk -F, -v OFS=, -v n=${!n} 'NR > 1 {$1 += n; $2 += n; "
      "print}' part$k.pairs; done) > three.pairs");
  for (const std::string learner : {"gmml", "kissme", "xqda"}) {
    CHECK(box.run("maha-" + learner + " --standardize --from all.stats -o from.json").status == 0);
    CHECK(box.run("maha-" + learner + " --standardize --pairs three.pairs three.csv -o rows.json").status == 0);
    CHECK(relative_difference(box, "from.json", "rows.json") <= 1e-11);
  }
}

TEST_CASE("maha-stats subtract: what is left is told, and refused where little is") {
  const Sandbox box;
  cut_wine(box);
  box.run("maha-stats merge part*.stats -o all.stats; maha-stats merge part[1245].stats -o true.stats");
  const Outcome left = box.run("maha-stats subtract all.stats part3.stats -o rest.stats");
  CHECK(left.status == 0);
  CHECK(contains(left.err, " digits are left of the variance of feature "));
  CHECK(box.read("rest.stats") == box.read("true.stats"));  // of a part that was added

  box.run("maha-cov --stats shuffled.csv -o once.stats");
  const Outcome other = box.run("maha-stats subtract once.stats part3.stats -o rest.stats");
  CHECK(contains(other.err,
                 "maha-stats: note: part3.stats was not added to once.stats as a part: nothing tells whether "
                 "its rows are in it\n"));
  CHECK(contains(other.err, "maha-stats: note: 13"));
  const auto model = [&](const std::string& file) { return box.run("maha-lda --from " + file).out; };
  box.write("rest.json", model("rest.stats"));
  box.write("true.json", model("true.stats"));
  CHECK(relative_difference(box, "rest.json", "true.json") <= 1e-12);
  check_refused(
      box.run("maha-stats subtract rest.stats part3.stats"), 1,
      "part3.stats: was taken away from rest.stats before, or a part that has the same sums; equal rows are taken away "
      "together");

  box.write("near.csv", "x,y\n1,2\n2,1\n3,5\n0,1\n");
  box.write("far.csv", "x,y\n1e9,2\n-2e9,3\n");
  box.run("cat near.csv > both.csv; tail -n +2 far.csv >> both.csv");
  box.run("for f in far both; do maha-cov --stats --unlabeled $f.csv -o $f.stats; done");
  const std::string take = "maha-stats subtract both.stats far.stats -o left.stats";
  check_refused(box.run(take), 1,
                "far.stats: 0 digits are left of the variance of feature 1 (x): fit to the rows anew, or accept that "
                "with --digits");
  CHECK_FALSE(box.exists("left.stats"));
  CHECK(box.run(take + " --digits 0").status == 0);
  CHECK(contains(box.run("maha-pca --from left.stats").err,
                 "maha-pca: warning: left.stats: 0 digits are left of the variance of feature 1 (x)\n"));
  CHECK(contains(box.run("maha-stats show left.stats").out, "rows: 4\nfeatures: 2\nparts: 1\ntaken away: 1\n"));
  check_refused(box.run("maha-stats subtract far.stats both.stats"), 1,
                "both.stats: has 6 rows, and far.stats has 2: it is no part of that");
  check_refused(box.run("maha-stats subtract far.stats far.stats"), 1,
                "far.stats: has all rows of far.stats: none is left");
}

TEST_CASE("maha-stats subtract: a feature that no longer varies but for rounding has no weight") {
  const Sandbox box;
  box.write("rows.csv", "x,z\n1,0.1\n2,0.1\n3,0.1\n5,0.1\n7,1\n");
  box.run("head -1 rows.csv > part.csv; tail -1 rows.csv >> part.csv; head -5 rows.csv > rest.csv");
  box.run("for f in rows part; do maha-cov --stats --unlabeled $f.csv -o $f.stats; done");
  check_refused(box.run("maha-stats subtract rows.stats part.stats"), 1,
                "0 digits are left of the variance of feature 2 (z)");
  const Outcome from = box.run("maha-stats subtract -q --digits 0 rows.stats part.stats | maha-cov --from -");
  CHECK(contains(from.err, "without variance: z"));
  const Json M = Json::parse(from.out)["metric"]["M"],
             of_rows = Json::parse(box.run("maha-cov --unlabeled rest.csv").out)["metric"]["M"];
  CHECK(M[0][0].get<double>() == doctest::Approx(of_rows[0][0].get<double>()).epsilon(1e-12));
  CHECK(M[1][1] == 0);
  check_refused(box.run("maha-cov rows.stats"), 1,
                "rows.stats: is statistics of rows and no rows: a learner takes them by --from");
}

TEST_CASE("maha-stats: parts that do not belong together are refused, and one that counts twice is noticed") {
  const Sandbox box;
  cut_wine(box);
  box.run("maha-cov --stats datasets/iris.csv -o iris.stats");
  check_refused(box.run("maha-stats merge part1.stats iris.stats"), 1,
                "iris.stats: has 4 features, and part1.stats has 13");
  box.run("maha-cov --stats -n --label -1 piece00 -o headless.stats");
  check_refused(
      box.run("maha-stats merge part1.stats headless.stats"), 1,
      "headless.stats: has no names of features, and part1.stats has names: either all parts need a header, or "
      "none");
  box.run("maha-cov --stats --unlabeled --drop class part2.csv -o plain.stats");
  check_refused(box.run("maha-stats merge part1.stats plain.stats"), 1,
                "plain.stats: has no classes, and part1.stats has some");
  const Outcome twice = box.run("maha-stats merge part1.stats part2.stats part1.stats -o /dev/null");
  CHECK(twice.status == 0);
  CHECK(contains(twice.err, "maha-stats: warning: part1.stats: 1 part of it came before: its rows count twice"));
  const Outcome torn = box.run("head -c 3000 part1.stats | maha-stats show");
  check_refused(torn, 1,
                "standard input: is no whole statistics of rows: its checksum is wrong, so it was cut off or altered");
}

TEST_CASE("--stats and --from: what makes no sense with them is refused before anything is read") {
  const Sandbox box;
  const std::string absent = " absent.csv";
  check_refused(
      box.run("maha-cov --stats --within" + absent), 2,
      "--stats goes without --within: it sums up the rows as they are, and options of a fit are given to the fit");
  check_refused(box.run("maha-cov --stats --standardize" + absent), 2, "--stats goes without --standardize");
  check_refused(box.run("maha-cov --stats --missing mean" + absent), 2, "--stats goes without --missing mean");
  check_refused(box.run("maha-cov --pairs absent" + absent), 2, "--pairs goes with --stats");
  check_refused(box.run("maha-cov --stats --from absent"), 2, "--from goes without --stats");
  check_refused(box.run("maha-cov --from absent" + absent), 2, "--from stands for rows: no file of rows goes with it");
  check_refused(box.run("maha-lda --from absent --label class"), 2,
                "--from goes without --label: it stands for rows that were read before");
  check_refused(box.run("maha-gmml --from absent --pairs absent"), 2, "--from goes without --pairs");
  check_refused(box.run("maha-rca --from absent --chunks 3"), 2,
                "--chunks: there are no chunks to be drawn with --from");
  check_refused(box.run("maha-cov --from absent --robust"), 2, "--from goes without --robust, which needs the rows");
  check_refused(box.run("maha-cov --from absent --shrinkage ledoit-wolf"), 2,
                "--from goes without --shrinkage ledoit-wolf, which needs the rows");
  check_refused(box.run("maha-pca --from absent --scale minmax"), 2, "--from goes without --scale minmax");
  check_refused(box.run("maha-lda --from absent --kernel rbf"), 2, "--from goes without --kernel");
  check_refused(box.run("maha-stats subtract absent absent --digits 16"), 2, "--digits");
  check_refused(box.run("maha-stats merge"), 2, "files is required");
  check_refused(box.run("maha-gmml absent.csv"), 2, "--pairs is required");
  check_refused(box.run("maha-cov --from absent --ridgee 2"), 2, "--ridgee");

  box.write("few.csv", "x,y\n1,2\n2,1\n3,5\n");
  box.run("maha-cov --stats --unlabeled few.csv -o few.stats");
  check_refused(box.run("maha-cov --within --from few.stats"), 1,
                "few.stats: there are no classes, which --within needs: they come from labels");
  check_refused(box.run("maha-kissme --from few.stats"), 1, "few.stats: there are no pairs");
  check_refused(box.run("maha-pca --rank 3 --from few.stats"), 1, "few.stats: ");
  CHECK(box.run("maha-pca --from - -o pca.json < few.stats").status == 0);
}

TEST_CASE("maha-stats show: classes by their names, whatever these are") {
  const Sandbox box;
  box.write("odd.csv", "x,class\n1,\"a\nb\"\n2,a\\nb\n3,\"c,\"\"d\"\n4,\"a\nb\"\n");
  box.run("maha-cov --stats odd.csv -o odd.stats");
  const Json shown = Json::parse(box.run("maha-stats show --json odd.stats").out);
  CHECK(shown["classes"] == Json({{"a\nb", 2}, {"a\\nb", 1}, {"c,\"d", 1}}));
  CHECK(lines(box.run("maha-stats show odd.stats").out).size() == 8);
}

TEST_CASE("--stats: rows that are skipped, few rows, and as many threads as there are") {
  const Sandbox box;
  box.write("rows.csv", "x,y,class\n1,2,a\n?,1,b\n3,5,b\n2,2.5,a\n");
  const Outcome skipped = box.run("maha-cov --stats --missing skip rows.csv -o rows.stats");
  CHECK(skipped.status == 0);
  CHECK(contains(skipped.err, "rows.csv"));
  CHECK(contains(box.run("maha-stats show rows.stats").out, "rows: 3\n"));
  box.write("one.csv", "x,y,z\n1,2,3\n");
  CHECK(box.run("maha-cov --stats --unlabeled one.csv | maha-cov --from - --pseudo-inverse").status == 0);
  const std::string sum = "maha-cov --stats datasets/digits.csv --threads ";
  CHECK(box.run(sum + "1").out == box.run(sum + "4").out);
}
