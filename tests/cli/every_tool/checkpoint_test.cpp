/// --checkpoint, of every tool that iterates: a fit that was stopped or killed goes on from its last state, and ends
/// with the bytes of one that was not.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// A fit of some dozen iterations or more, and a limit that stops it before; "" if only a signal does.
struct LongFit {
  std::string tool, arguments, limit = "--max-iterations 3";

  std::string command() const { return tool + " -j 1 " + arguments; }
};

const std::vector<LongFit> kFits{
    {"maha-lmnn", "--standardize --tolerance 1e-5 datasets/wine.csv"},
    {"maha-lmnn", "--standardize --tolerance 1e-5 --dual dual.csv datasets/iris.csv"},
    {"maha-lmnn", "--standardize --rank 2 --tolerance 1e-4 datasets/wine.csv", "--max-iterations 47"},
    {"maha-lmnn", "--standardize --diagonal --tolerance 1e-6 datasets/wine.csv"},
    {"maha-lmnn", "--standardize --tolerance 1e-5 --triplets triplets.csv datasets/wine.csv"},
    {"maha-mmc", "--standardize --tolerance 1e-9 --pairs pairs.csv datasets/wine.csv"},
    {"maha-mmc", "--diagonal --standardize --spread 0 --tolerance 1e-9 --pairs wide_pairs.csv datasets/wdbc.csv",
     "--max-iterations 68"},
    {"maha-dml-eig", "--standardize --tolerance 1e-9 --pairs pairs.csv datasets/wine.csv"},
    {"maha-itml", "--pairs pairs.csv datasets/wine.csv"},
    {"maha-sdml", "--sparsity 0.01 --tolerance 1e-6 --prior covariance --pairs pairs.csv datasets/wine.csv"},
    {"maha-mcml", "--tolerance 1e-5 datasets/iris.csv"},
    {"maha-scml", "--standardize --tolerance 1e-6 datasets/iris.csv"},
    {"maha-mlkr", "--target progression --standardize --ridge 0.01 datasets/diabetes.csv"},
    {"maha-mlkr", "--target alcohol --drop class --starts 3 --rank 2 --standardize --ridge 0.1 datasets/wine.csv"},
    {"maha-rfm", "--standardize --rounds 6 datasets/wine.csv", ""},
    {"maha-rfm", "--diagonal --standardize --validation 0 --rounds 6 datasets/wine.csv", ""},
    {"maha-lsml", "--tolerance 1e-9 datasets/wine.csv"},
    {"maha-nca", "--standardize datasets/iris.csv"},
    {"maha-nca", "--diagonal --l1 0.001 --standardize datasets/iris.csv"},
    {"maha-nca", "--batch 50 --passes 4 --standardize datasets/iris.csv", ""},
    {"maha-ncmml", "--tolerance 1e-6 datasets/wine.csv"},
    {"maha-ldml", "--tolerance 1e-6 datasets/iris.csv"},
    {"maha-ldml", "--tolerance 1e-6 --pairs pairs.csv datasets/wine.csv"},
    {"maha-siamese", "--layers 8,2 --batch 32 --patience 1 datasets/iris.csv", "--epochs 2"},
    {"maha-siamese", "--layers 4 --batch 32 --patience 1 --pairs pairs.csv --standardize datasets/wine.csv",
     "--epochs 2"},
    {"maha-triplet", "--layers 8,2 --batch 32 --patience 1 datasets/iris.csv", "--epochs 2"},
};

void write_judgements(const Sandbox& box) {
  CHECK(box.run("maha-pairs -q --count 300 datasets/wine.csv -o pairs.csv").status == 0);
  CHECK(box.run("maha-pairs -q --count 300 datasets/wdbc.csv -o wide_pairs.csv").status == 0);
  CHECK(box.run("awk 'BEGIN { for (r = 1; r < 59; ++r) print r \",\" r + 1 \",\" r + 60 }' > triplets.csv").status ==
        0);
}

/// Under sanitizers, where a fit takes ten times as long, every third fit.
bool left_out([[maybe_unused]] std::size_t fit) {
#ifdef MAHA_SANITIZED
  return fit % 3 != 0;
#else
  return false;
#endif
}

std::string without_seconds(const std::string& trace) {
  std::string all;
  for (const std::string& line : lines(trace)) all += line.substr(0, line.rfind(',')) + "\n";
  return all;
}

/// Without printing either.
bool same_bytes(const Sandbox& box, const std::string& a, const std::string& b) { return box.read(a) == box.read(b); }

constexpr const char* kMmc = "maha-mmc --standardize --tolerance 1e-9 --pairs pairs.csv datasets/wine.csv";

}  // namespace

TEST_CASE("checkpoint: every tool that has --trace has it, and is tested here") {
  int count = 0;
  for (const std::string& tool : tools()) {
    const std::string help = Sandbox().run(tool + " --help").out;
    if (!contains(help, "--trace FILE")) continue;
    ++count;
    CHECK_MESSAGE(contains(help, "--checkpoint FILE"), tool);
    CHECK_MESSAGE(contains(help, "--checkpoint-seconds SECONDS"), tool);
    const auto is_its = [&](const LongFit& fit) { return fit.tool == tool; };
    CHECK_MESSAGE(std::any_of(kFits.begin(), kFits.end(), is_its), tool);
  }
  CHECK(count >= 15);
}

TEST_CASE("checkpoint: a fit that its limit ended goes on with a larger one, with its trace, to the same bytes") {
  for (std::size_t f = 0; f < kFits.size(); ++f) {
    const LongFit& fit = kFits[f];
    if (left_out(f) || fit.limit.empty()) continue;
    CAPTURE(fit.command());
    const Sandbox box;
    write_judgements(box);
    const std::string kept = fit.command() + " --checkpoint state --trace trace.csv -o model.json ";
    const Outcome whole = box.run(fit.command() + " --trace whole.csv -o whole.json");
    CHECK_MESSAGE(whole.status == 0, whole);
    const Outcome stopped = box.run(kept + "--checkpoint-seconds 0 " + fit.limit);
    CHECK_MESSAGE(stopped.status == 0, stopped);
    CHECK_MESSAGE(
        contains(stopped.err, "state keeps the state of the fit: the same command, with a larger limit, goes on"),
        stopped);
    CHECK_FALSE(same_bytes(box, "model.json", "whole.json"));
    const Outcome continued = box.run(kept);
    CHECK_MESSAGE(contains(continued.err, "note: goes on from iteration "), continued);
    CHECK(continued.status == 0);
    CHECK(same_bytes(box, "model.json", "whole.json"));
    const bool one_trace = without_seconds(box.read("trace.csv")) == without_seconds(box.read("whole.csv"));
    CHECK(one_trace);
    CHECK_FALSE(box.exists("state"));
  }
}

TEST_CASE("checkpoint: a fit that is killed again and again ends with the same bytes") {
#ifdef MAHA_SANITIZED
  MESSAGE("not tested: nothing can be preloaded before a sanitizer");
#else
  for (const LongFit& fit : kFits) {
    CAPTURE(fit.command());
    const Sandbox box;
    write_judgements(box);
    CHECK(box.run(fit.command() + " -o whole.json").status == 0);
    const std::string kept = fit.command() + " --checkpoint state --checkpoint-seconds 0 -o model.json";
    int killed = 0;
    for (const int states : {1, 2, 9, 30, 40}) {
      const Outcome run =
          box.run("LD_PRELOAD=" MAHA_POORER_SYSTEM " MAHA_SIGNAL=9," + std::to_string(states) + " " + kept);
      if (run.status == 0) break;
      ++killed;
      CHECK_MESSAGE(run.status == 128 + 9, run);
      CHECK(box.exists("state"));
      CHECK_FALSE(box.exists("model.json"));
    }
    CHECK(killed > 1);
    CHECK(box.run(kept).status == 0);
    CHECK(same_bytes(box, "model.json", "whole.json"));
    CHECK_FALSE(box.exists("state"));
  }
#endif
}

TEST_CASE("checkpoint: Ctrl-C and --max-seconds keep the state, and other threads go on from it") {
  const Sandbox box;
  write_judgements(box);
  CHECK(box.run("maha-lmnn -j 1 --standardize datasets/wine.csv -o whole.json").status == 0);
  const std::string kept = "maha-lmnn --standardize datasets/wine.csv --checkpoint state -o model.json ";
#ifndef MAHA_SANITIZED
  const Outcome interrupted =
      box.run("LD_PRELOAD=" MAHA_POORER_SYSTEM " MAHA_SIGNAL=2,7 " + kept + "--checkpoint-seconds 0");
  CHECK_MESSAGE(interrupted.status == 130, interrupted);
  CHECK_MESSAGE(contains(interrupted.err, "state keeps the state of the fit: the same command goes on"), interrupted);
  CHECK(box.exists("state"));
  CHECK_FALSE(same_bytes(box, "model.json", "whole.json"));
#endif
  const Outcome late = box.run(kept + "--max-seconds 1e-9 -j 2");
  CHECK(late.status == 0);
#ifndef MAHA_SANITIZED  // where there is no state yet
  CHECK_MESSAGE(contains(late.err, "state keeps the state of the fit: the same command goes on from there\n"), late);
#endif
  const Outcome continued = box.run(kept + "-j 3 -q");
  CHECK(continued.err.empty());
  CHECK(same_bytes(box, "model.json", "whole.json"));
}

TEST_CASE("checkpoint: one of another fit, or altered, is refused, and stays as it is") {
  const Sandbox box;
  write_judgements(box);
  const std::string fit = kMmc, with = " --checkpoint state -o model.json";
  CHECK(box.run(fit + with + " --max-iterations 5").status == 0);
  const std::string state = box.read("state");
  const auto refused = [&](const std::string& command, const std::string& message) {
    const Outcome outcome = box.run("rm -f model.json; " + command);
    check_refused(outcome, 1, "state: is ");
    CHECK_MESSAGE(contains(outcome.err, message), outcome);
    CHECK_FALSE(box.exists("model.json"));
  };
  refused(fit + " --spread 2" + with,
          "the checkpoint of a fit with other options: --pairs --tolerance 1e-9 --standardize; and not --pairs "
          "--spread 2 ");
  refused("maha-itml --pairs pairs.csv datasets/wine.csv" + with, "a checkpoint of maha-mmc");
  refused("sed '2s/,[01]$/,0/; 3s/,[01]$/,1/; 4s/,[01]$/,1/' pairs.csv > other.csv; " +
              std::string("maha-mmc --standardize --tolerance 1e-9 --pairs other.csv datasets/wine.csv") + with,
          "the checkpoint of a fit to other data");
  refused("sed '2s/[0-9]/7/' datasets/wine.csv > other.csv; " +
              std::string("maha-mmc --standardize --tolerance 1e-9 --pairs pairs.csv other.csv") + with,
          "the checkpoint of a fit to other data");
  CHECK(box.read("state") == state);

  // Every byte counts.
  for (std::size_t at = 0; at < state.size(); at += 1 + state.size() / 40) {
    std::string altered = state;
    altered[at] = static_cast<char>(altered[at] ^ 4);
    box.write("state", altered);
    refused(fit + with, at < 16 ? "no checkpoint" : "checkpoint");
    CHECK(box.read("state") == altered);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{20}, state.size() / 2, state.size() - 1}) {
    box.write("state", state.substr(0, size));
    refused(fit + with, "checkpoint");
  }
  box.write("state", state + "\n");
  refused(fit + with, "is no whole checkpoint");
  box.write("state", state);
  CHECK(
      box.run("cp datasets/wine.csv other.csv; cp pairs.csv again.csv; maha-mmc -v --checkpoint state --tolerance=1e-9 "
              "--standardize other.csv --pairs again.csv -j 2 -o model.json")
          .status == 0);
  CHECK(box.run(fit).out == box.read("model.json"));
}

TEST_CASE("checkpoint: what is wrong with its file is found before the fit") {
  const Sandbox box;
  write_judgements(box);
  const std::string fit = kMmc;
  box.run("mkdir folder; mkfifo pipe");
  check_refused(box.run(fit + " --checkpoint absent/state"), 1, "absent/state: No such file");
  check_refused(box.run(fit + " --checkpoint folder"), 1, "folder: is a folder");
  check_refused(box.run(fit + " --checkpoint - -o model.json"), 2, "--checkpoint: ");
  check_refused(box.run(fit + " --checkpoint pipe"), 2, "--checkpoint: ");
  check_refused(box.run(fit + " --checkpoint /dev/null"), 2, "--checkpoint: ");
  check_refused(box.run(fit + " --checkpoint same -o ./same"), 2, "name the same file");
  check_refused(box.run(fit + " --checkpoint same --trace same"), 2, "name the same file");
  check_refused(box.run(fit + " --checkpoint pairs.csv"), 2, "--checkpoint: 'pairs.csv' is read as well");
  check_refused(box.run(fit + " --checkpoint-seconds 5"), 2, "--checkpoint-seconds: goes with --checkpoint");
  check_refused(box.run(fit + " --checkpoint state --checkpoint-seconds -1"), 2, "--checkpoint-seconds");
  check_refused(box.run("maha-lda --checkpoint state datasets/wine.csv"), 2, "--checkpoint");
  CHECK_FALSE(box.exists("state"));
}

TEST_CASE("checkpoint: stays where the model of a fit that has ended cannot be written") {
  const Sandbox box;
  write_judgements(box);
  const std::string fit = std::string(kMmc) + " --checkpoint state --checkpoint-seconds 0 -o ";
  check_refused(box.run(fit + "/dev/full"), 1, "/dev/full: No space left on device");
  CHECK(box.exists("state"));
  const Outcome again = box.run(fit + "model.json");
  CHECK(again.status == 0);
  CHECK(contains(again.err, "goes on from iteration"));
  CHECK(box.read("model.json") == box.run(kMmc).out);
  CHECK_FALSE(box.exists("state"));
}

TEST_CASE("checkpoint: a disk that is full ends no fit") {
  const Sandbox box;
  write_judgements(box);
  const std::string fit =
      "maha-mmc --diagonal --standardize --spread 0 --tolerance 1e-9 --pairs wide_pairs.csv datasets/wdbc.csv";
  const std::string whole = box.run(fit).out;
  // The states of L-BFGS, which come after sixty iterations, are larger than the model.
  const Outcome full = box.run("ulimit -f 5; " + fit + " --checkpoint state --checkpoint-seconds 0 -o model.json");
  CHECK_MESSAGE(full.status == 0, full);
  CHECK(box.read("model.json") == whole);
  CHECK_MESSAGE(contains(full.err, "warning: state: File too large; the fit goes on without a new checkpoint"), full);
  CHECK(lines(full.err).size() == 1);
}
