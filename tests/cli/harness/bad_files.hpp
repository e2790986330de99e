#pragma once
/// The table of bad input: every input of every tool, and every way in which such a thing is broken.

#include <string>
#include <vector>

#include "harness.hpp"

namespace maha::test {

/// What a file is for the tool that reads it, which says how it can be broken.
enum class Kind {
  rows,
  targets,
  new_rows,
  records,
  classes,
  any_model,  // of which only itself can be wrong
  model,
  model_of_rows,
  metric,
  pairs,
  answers,
  triplets,
  quadruplets,
  trace,
  roc,
  sampling,
  results,
  paths,
  explanation,
  folds,
  matrix,
  statistics
};

/// An input of a tool: BAD in the command is the broken file, beside which good.csv has four rows.
struct BadInput {
  Kind kind;
  std::string command;
  std::string tool() const { return command.substr(0, command.find(' ')); }
  std::string on(const std::string& file) const;
};

/// Those that are written down here, and of every tool those that its help tells: its rows, and other files.
std::vector<BadInput> bad_inputs();

/// A broken file, or a good one that the options do not fit, and the only line of error that is right, behind the name
/// of the tool. BAD in it is the name of the file. Where it depends on the command, there are several.
struct Bad {
  std::string content;
  std::vector<std::string> messages;
  std::string file = "bad.file";  ///< written with `content`, unless it is one of those of write_bad_files()
  std::string options = "";
};
std::vector<Bad> bad_files(Kind kind);

/// Files that are bad whatever they are read for: absent.file, a folder.file, cut.file of gzip, cut.zstd.file, and
/// locked.file.
void write_bad_files(const Sandbox& box);

}  // namespace maha::test
