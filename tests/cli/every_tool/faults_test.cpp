/// A system that fails: whichever call fails at whichever moment, the result is as ever, or it is an error, and the old
/// file stands.

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <nlohmann/json.hpp>

#include "faults.hpp"

using namespace maha::test;

namespace {

/// Whose outputs differ in how they come about, for the short tests.
const std::vector<std::string> kFailingFor{"maha-cov", "maha-lmnn", "maha-transform", "maha-compare"};

/// Whether a process had an n-th moment of the kind.
bool had_moment(const Faulted& run, long n) { return run.calls < 0 || run.calls >= n; }

/// Tries a fault at the first moment, the second, and so on, until the process had no such moment.
template <class Check>
void at_every_moment(const Folder& folder, const FailingCase& of, const std::string& call, const std::string& what,
                     Check&& check) {
  for (long n = 1;; ++n) {
    const std::string fault = call + ":" + std::to_string(n) + ":" + what;
    const Faulted run = run_with(fault, folder.box, of.line);
    check(fault, run, had_moment(run, n));
    folder.reset();
    if (!had_moment(run, n) || n > 100000) return;
  }
}

const std::string kInputOutputError = std::to_string(EIO), kNoSpace = std::to_string(ENOSPC);

/// Whether a result cannot be relied on where such a call has failed.
bool has_to_be_told(const std::string& call) { return call == "write" || call == "fsync" || call == "rename"; }

/// Each of these calls fails once: no harm is done, and where that has to be told it is.
void fail_every(const Folder& folder, const FailingCase& of, const std::string& call, const std::string& error,
                Tally& tally) {
  at_every_moment(folder, of, call, error, [&](const std::string& fault, const Faulted& run, bool came) {
    std::string harm = folder.harm_done(of, run.outcome);
    if (came && run.outcome.status == 0 && has_to_be_told(call)) harm = "nothing is said";
    tally.add(harm, fault, run.outcome);
  });
}

}  // namespace

TEST_CASE("faults: a call that fails is an error in one line, or does no harm, and the old file stands") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("calls that fail");
  for (const FailingCase& of : folder.cases(kFailingFor)) {
    for (const std::string call :
         {"read", "write", "open", "close", "fsync", "rename", "link", "unlink", "sendfile", "stat"}) {
      for (const std::string& error : {kInputOutputError, kNoSpace, kInputOutputError + "+"}) {
        if (error == kNoSpace && (call == "read" || call == "stat")) continue;
        fail_every(folder, of, call, error, tally);
      }
    }
  }
}

TEST_CASE("faults: where no nameless file can be had, or none get a name, calls fail as harmlessly") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("calls that fail on a poorer system");
  const std::vector<FailingCase> cases = folder.cases(kFailingFor);
  for (const std::string poorer : {"tmpfile", "proc"}) {
    for (FailingCase of : cases) {
      of.line = "MAHA_WITHOUT=" + poorer + " " + of.line;
      for (const std::string call : {"write", "open", "close", "fsync", "rename", "unlink", "sendfile"}) {
        fail_every(folder, of, call, kInputOutputError, tally);
      }
    }
  }
}

TEST_CASE("faults: a file that ends in an error at any byte is an error, and one that comes byte by byte is none") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("bytes at which reading fails");
  for (const FailingCase& of : folder.cases(kFailingFor)) {
    for (const std::string call : {"read", "write"}) {
      const Outcome slow = run_with(call + ":1:short", folder.box, of.line).outcome;
      const bool same = slow.status == 0 && folder.box.read("old") == of.expected;
      tally.add(same ? "" : "another result", call + " byte by byte", slow);
      folder.reset();
    }
    at_every_moment(folder, of, "byte", kInputOutputError,
                    [&](const std::string& fault, const Faulted& run, bool came) {
                      std::string harm = folder.harm_done(of, run.outcome);
                      if (came && run.outcome.status != 1) harm = "an error is taken for the end";
                      if (run.outcome.status == 1 && !contains(run.outcome.err, ": Input/output error\n"))
                        harm = "another error";
                      tally.add(harm, fault, run.outcome);
                    });
  }
}

TEST_CASE("faults: killed at any call, the file is the old one or the new one, and the next run is as ever") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("calls at which a tool is killed");
  for (const FailingCase& of : folder.cases(kFailingFor)) {
    at_every_moment(folder, of, "any", "s9", [&](const std::string& fault, const Faulted& run, bool came) {
      const std::string now = folder.box.read("old");
      std::string harm = now == Folder::kOld || now == of.expected ? "" : "neither the old file nor the new one";
      if (came && folder.box.run(of.line).status != 0) harm = "the next run fails";
      if (came && folder.box.read("old") != of.expected) harm = "the next run has another result";
      tally.add(harm, fault, run.outcome);
    });
  }
}

TEST_CASE("faults: two results appear together or not at all, whichever call fails") {
  if (!can_preload()) return;
  const Folder folder;
  folder.box.write("also", Folder::kOld);
  Tally tally("calls that fail with two results");
  const std::size_t step = at_length() ? 1 : 5;
  for (std::size_t i = 0; i < kTwoResults.size(); i += step) {
    const FailingCase of{kTwoResults[i].substr(0, kTwoResults[i].find(' ')), into(kTwoResults[i], "old", "also"), ""};
    for (const std::string call : {"write", "open", "close", "fsync", "rename", "link", "unlink", "stat"}) {
      for (long n = 1;; ++n) {
        const std::string fault = call + ":" + std::to_string(n) + ":" + kInputOutputError;
        const Faulted run = run_with(fault, folder.box, of.line);
        const bool first = folder.box.read("old") != Folder::kOld, second = folder.box.read("also") != Folder::kOld;
        const bool right = run.outcome.status == (first ? 0 : 1) && first == second && run.outcome.out == "";
        tally.add(right ? "" : "one result without the other", fault, run.outcome);
        for (const char* file : {"old", "also"}) folder.box.write(file, Folder::kOld);
        if (!had_moment(run, n)) break;
      }
    }
  }
}

TEST_CASE("faults: a journal holds whole lines whatever fails or kills, and the next run takes it up") {
  if (!can_preload()) return;
  const Folder folder;
  const std::string line = "maha-compare -q -a euclidean -a cov -k 1 --folds 2 good.csv --journal journal -o old";
  CHECK(folder.box.run(line).status == 0);
  const std::string expected = folder.box.read("old");
  Tally tally("journals cut short");
  for (const std::string& what : {kInputOutputError, kNoSpace, std::string("s9"), std::string("short")}) {
    for (long n = 1;; ++n) {
      folder.box.run("rm -f journal");
      const std::string call = what == "short" ? "write" : "any";
      const std::string fault = call + ":" + std::to_string(n) + ":" + what;
      const Faulted run = run_with(fault, folder.box, line);
      const Outcome next = folder.box.run(line);
      const bool right = next.status == 0 && folder.box.read("old") == expected;
      tally.add(right ? "" : "the next run has another result", fault, run.outcome);
      if (!had_moment(run, n) || (what == "short" && n > 3)) break;
    }
  }
}
