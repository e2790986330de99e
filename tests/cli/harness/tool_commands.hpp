#pragma once
/// A command of every tool that was built, small, for the tests that hold all tools to the same: none can be left out.

#include <string>
#include <vector>

#include "harness.hpp"

namespace maha::test {

/// A command that reads labelled rows from FILE and writes one result to standard output, or to -o, which is appended.
struct ToolCommand {
  std::string tool, command;
  bool reads_features = true;  ///< and not the labels alone
  bool names_file = false;     ///< in its result, which is another where the same rows come from another file
  bool takes_files = false;    ///< as many as there are
  bool reads_labels = true;    ///< and not a target in their place
  bool of_good_rows = false;   ///< beside a model and a proof of good.csv: other rows are refused

  std::string on(const std::string& file) const;
};

/// For each tool those of the table; for one that is not in it, as a learner whose defaults do for six rows need not
/// be, what its help asks for. All have what they need beside FILE from write_inputs().
std::vector<ToolCommand> tool_commands();

/// Commands with a second result, in SECOND, beside the one in FIRST; and such a command with names for them.
extern const std::vector<std::string> kTwoResults;
std::string into(std::string command, const std::string& first, const std::string& second);

/// good.csv (six rows of two features, classes a and b), model.json over them, pairs.csv, triplets.csv,
/// learned.json with its proof.json, good.stats, results.json, and `old`.
void write_inputs(const Sandbox& box);
extern const std::string kGood, kModel;

/// Whether this meeting of a tool and a case is left to the others: under sanitizers, where a command takes eight times
/// as long, each tool meets every fourth case, and each case every fourth tool.
bool left_to_others(std::size_t tool, std::size_t which);

}  // namespace maha::test
