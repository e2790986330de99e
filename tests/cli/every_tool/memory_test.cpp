/// Memory that is refused, at any moment, once or from then on: the result is as ever, or it is an error in one line
/// and the old file stands. No tool aborts.

#include <doctest/doctest.h>

#include <cerrno>

#include "faults.hpp"

using namespace maha::test;

namespace {

const std::string kRefused = std::to_string(ENOMEM);

/// The first moments, at which not even main has begun; then some that are spread evenly over the rest. At length, each of
/// a fit that iterates.
std::vector<long> moments(const std::string& tool, long all) {
  const long first = at_length() ? 20 : 3, spread = !at_length() ? 12 : tool == "maha-lmnn" ? all : 200;
  std::vector<long> some;
  for (long n = 1; n <= std::min(first, all); ++n) some.push_back(n);
  for (long i = 1; i <= spread; ++i) {
    const long n = first + i * (all - first) / spread;
    if (n > some.back()) some.push_back(n);
  }
  return some;
}

/// maha-compare goes on with the other runs, and its table has that one as failed.
bool a_run_is_told_to_have_failed(const Outcome& outcome) {
  return outcome.status == 0 && contains(outcome.err, "maha-compare: warning: ") &&
         contains(outcome.err, "failed: not enough memory\n");
}

}  // namespace

TEST_CASE("memory: refused once or from then on, it is an error in one line, and the old file stands") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("moments at which memory is refused");
  for (const FailingCase& of : folder.cases({"maha-cov", "maha-knn", "maha-lmnn", "maha-itml", "maha-siamese"})) {
    const long all = run_with("malloc:0:" + kRefused, folder.box, of.line).calls;
    folder.reset();
    for (const long n : moments(of.tool, all)) {
      for (const std::string& errors : {kRefused, kRefused + "+"}) {
        const std::string fault = "malloc:" + std::to_string(n) + ":" + errors;
        const Faulted run = run_with(fault, folder.box, of.line);
        std::string harm = folder.harm_done(of, run.outcome);
        if (a_run_is_told_to_have_failed(run.outcome)) harm.clear();
        if (run.outcome.status == 1 && !contains(run.outcome.err, "not enough memory\n")) harm = "another error";
        tally.add(harm, fault, run.outcome);
        folder.reset();
      }
    }
  }
}
