#include "faults.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace maha::test {

bool at_length() { return std::getenv("MAHA_LONG") != nullptr; }

bool can_preload() {
#ifdef MAHA_SANITIZED
  return false;
#else
  return true;
#endif
}

Faulted run_with(const std::string& fault, const Sandbox& box, const std::string& command) {
  const Sandbox beside;
  const std::string count = (beside.path() / "count").string();
  const std::string setting =
      "MAHA_FAULT=" + fault + " MAHA_FAULT_COUNT=" + count + " LD_PRELOAD=" MAHA_POORER_SYSTEM " ";
  Faulted run{box.run(setting + command, "", std::chrono::minutes(1))};
  if (beside.exists("count")) run.calls = std::stol(beside.read("count"));
  return run;
}

const std::string Folder::kOld = "as it was\n";

Folder::Folder() {
  write_inputs(box);
  box.run("gzip -k good.csv");
  held_ = box.files();
}

std::vector<FailingCase> Folder::cases(std::vector<std::string> some) const {
#ifdef MAHA_SANITIZED
  some.resize(1);
#endif
  std::vector<FailingCase> all;
  const auto add = [&](const std::string& tool, const std::string& command) {
    const Outcome run = box.run(command + " -o old");
    CHECK_MESSAGE(run.status == 0, run);
    all.push_back({tool, command + " -o old", box.read("old")});
    reset();
  };
  for (const ToolCommand& command : tool_commands()) {
    if (!at_length() && std::find(some.begin(), some.end(), command.tool) == some.end()) continue;
    add(command.tool, command.on("good.csv"));
    if (command.tool == "maha-cov") add(command.tool, command.on("good.csv.gz"));
  }
  return all;
}

std::string Folder::harm_done(const FailingCase& of, const Outcome& outcome) const {
  const bool done = outcome.status == 0;
  if (!done && outcome.status != 1) return "status " + std::to_string(outcome.status);
  if (outcome.out != "") return "something on standard output";
  if (box.read("old") != (done ? of.expected : kOld)) return "the file is neither the old one nor the new one";
  if (!is_clean()) return "files are left";
  const std::vector<std::string> said = lines(outcome.err);
  const auto is_aside = [&](const std::string& line) {
    return line.starts_with(of.tool + ": warning: ") || line.starts_with(of.tool + ": note: ");
  };
  const auto errors = std::count_if(said.begin(), said.end(), [&](const std::string& line) { return !is_aside(line); });
  if (errors != (done ? 0 : 1)) return "not one line of error";
  if (!done && !said.back().starts_with(of.tool + ": ")) return "an error that does not begin with the tool's name";
  return "";
}

void Folder::reset() const {
  if (!is_clean()) box.run("rm -f .maha-*.tmp");
  if (box.read("old") != kOld) box.write("old", kOld);
}

Tally::~Tally() {
  std::cout << name_ << ": " << tried_ << " tried, " << failed_ << " failed" << std::endl;
  CHECK(tried_ > 0);
}

void Tally::add(const std::string& harm, const std::string& about, const Outcome& outcome) {
  ++tried_;
  if (!harm.empty()) ++failed_;
  CHECK_MESSAGE(harm.empty(), about, ": ", harm, "\n", outcome);
}

}  // namespace maha::test
