/// Signals at any moment of a fit or a write: the file is the old one, the new one, or the best model so far; whole.

#include <doctest/doctest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "faults.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

bool is_model(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  return json.is_object() && json.value("format", "") == "maha-model" && json.contains("metric");
}

/// A signal that asks for an end: the file is the old one or a model, and the status says what happened.
std::string harm_of_signal(const Folder& folder, const FailingCase& of, const Outcome& run, int signal) {
  const std::string now = folder.box.read("old");
  if (!folder.is_clean()) return "files are left";
  if (run.out != "") return "something on standard output";
  if (run.status == 0) return now == of.expected ? "" : "another result";
  if (run.status != 128 + signal) return "status " + std::to_string(run.status);
  return now == Folder::kOld || is_model(now) ? "" : "neither the old file nor a model";
}

}  // namespace

TEST_CASE("killed: by Ctrl-C or SIGTERM at any moment, each learner writes the best model so far, or nothing") {
  if (!can_preload()) return;
  const Folder folder;
  Tally tally("signals at moments of a fit");
  long models = 0;
  const int moments = at_length() ? 60 : 12;
  for (const FailingCase& of : folder.cases({"maha-lmnn", "maha-mmc", "maha-triplet"})) {
    if (!is_model(of.expected)) continue;
    const long all = run_with("malloc:0:0", folder.box, of.line).calls;
    folder.reset();
    for (int i = 1; i <= moments; ++i) {
      const int signal = i % 2 == 0 ? SIGINT : SIGTERM;  // the moments at which there are fits are the later ones
      const std::string fault =
          "malloc:" + std::to_string(all / 2 + i * all / 2 / moments) + ":s" + std::to_string(signal);
      const Outcome run = run_with(fault, folder.box, of.line).outcome;
      tally.add(harm_of_signal(folder, of, run, signal), fault, run);
      if (run.status != 0 && is_model(folder.box.read("old"))) ++models;
      folder.reset();
    }
  }
  MESSAGE("best models so far: ", models);
  CHECK(models > 0);
}

TEST_CASE("killed: at any time of a long write, the file is the old one or the new one, and the next run is as ever") {
  const Folder folder;
  std::string rows = "x,y,class\n";
  for (int i = 0; i < 40000; ++i) rows += std::to_string(i * 0.37) + "," + std::to_string(i % 977) + ",a\n";
  folder.box.write("big.csv", rows);
  const std::string line = "maha-transform -m model.json --label -1 big.csv -o old";
  CHECK(folder.box.run(line).status == 0);
  const std::string expected = folder.box.read("old");
  const int moments = at_length() ? 500 : 12;
  int early = 0, late = 0;
  Tally tally("kills at times of a write");
  for (int i = 0; i < moments; ++i) {
    folder.box.write("old", Folder::kOld);
    const std::string delay = std::to_string(0.1 * i / moments);
    const Outcome run = folder.box.run(line + " & sleep " + delay + "; kill -9 $!; wait $!; true 2> /dev/null");
    const std::string now = folder.box.read("old");
    (now == expected ? late : early) += 1;
    tally.add(now == Folder::kOld || now == expected ? "" : "neither the old file nor the new one", delay, run);
  }
  MESSAGE("the old file: ", early, ", the new one: ", late);
  CHECK(folder.box.run(line).status == 0);
  CHECK(folder.box.read("old") == expected);
}
