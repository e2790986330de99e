/// The files that a tool reads and writes: which go together, and when they are opened.

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/app.hpp"
#include "cli/inputs/shared_input.hpp"
#include "core/text/text.hpp"
#include "io/mapped_file.hpp"

namespace maha::cli {
namespace {

const std::string kOnlyOnce = "standard input can be read only once: give one file by name";

/// Whether both are the same pipe or both standard input, so that what one reads is lost to the other.
bool share_bytes(const std::string& a, const std::string& b) {
  if (a == "-" && b == "-") return true;
  const auto status_of = [](const std::string& path, struct stat& status) {
    return (path == "-" ? ::fstat(STDIN_FILENO, &status) : ::stat(path.c_str(), &status)) == 0;
  };
  struct stat one {};
  struct stat other {};
  if (!status_of(a, one) || !status_of(b, other)) return false;
  const bool pipes = S_ISFIFO(one.st_mode) || S_ISSOCK(one.st_mode);
  return pipes && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

std::vector<Options::OutputPath> App::all_outputs() const {
  std::vector<OutputPath> all = outputs();
  if (const Command* const command = chosen()) {
    for (OutputPath& output : command->outputs()) all.push_back(std::move(output));
  }
  return all;
}

void App::check_outputs() const {
  const std::vector<OutputPath> all = all_outputs();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!io::same_target(all[i].path, all[j].path)) continue;
      const bool standard = all[i].path == "-" && all[j].path == "-";
      throw UsageError(all[j].option + " and " + all[i].option +
                       (standard ? " both go to standard output: name a file" : " name the same file"));
    }
  }
}

void App::open_outputs() {
  if (outputs_open_) return;
  outputs_open_ = true;
  std::set<std::string> paths;
  for (const OutputPath& output : all_outputs()) {
    if (output.opened) paths.insert(output.path);
  }
  const auto company = paths.size() > 1 ? io::Output::Company::others : io::Output::Company::none;
  for (const std::string& path : paths) {
    outputs_.try_emplace(path, ranks().is_first() ? path : "/dev/null", company);
  }
}

io::Output& App::out(const std::string& path) {
  open_outputs();
  return outputs_.at(path);
}

void App::commit() {
  if (std::exchange(committed_, true)) return;  // nothing may fail once the files are there
  std::vector<io::Output*> all;
  for (auto& [path, output] : outputs_) all.push_back(&output);
  io::require_whole_files();
  io::Output::commit(all);
}

void App::check_inputs(const std::vector<std::string>& paths) const {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    check_stays(paths[i]);
    check_for_ranks(paths[i]);
    for (std::size_t j = 0; j < i; ++j) {
      if (!share_bytes(paths[i], paths[j])) continue;
      throw UsageError(paths[i] == "-" || paths[j] == "-" ? kOnlyOnce : in_quotes(paths[i]) + " can be read only once");
    }
  }
}

/// Of a pipe, each of several processes would get a share of the bytes. Standard input is passed on.
void App::check_for_ranks(const std::string& input) const {
  struct stat status {};
  if (ranks().is_alone() || input == "-" || ::stat(input.c_str(), &status) != 0) return;
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) return;
  throw UsageError(in_quotes(input) + " can be read by one process only, and there are " +
                   std::to_string(ranks().count()) + ": name a file, or give it as standard input, -");
}

/// A slip of the hand must not cost a user the data.
void App::check_stays(const std::string& input) const {
  std::vector<std::string> stay = staying();
  if (const Command* const command = chosen()) {
    for (std::string& path : command->staying()) stay.push_back(std::move(path));
  }
  for (const OutputPath& output : all_outputs()) {
    const bool may_go = output.replaces_input && std::find(stay.begin(), stay.end(), input) == stay.end();
    if (may_go || !io::overwrites(output.path, input)) continue;
    throw UsageError(output.option + ": " + in_quotes(output.path) + " is read as well: name another file");
  }
}

void App::about_to_read(const std::string& path) {
  check_stays(path);
  check_for_ranks(path);
  if (path == "-") {
    if (stdin_taken_) throw UsageError(kOnlyOnce);
    if (::isatty(STDIN_FILENO) && ranks().is_first())
      throw NoInput("standard input is a terminal: name a file, or pipe data in" + without_file_);
    stdin_taken_ = true;
    if (!ranks().is_alone()) share_standard_input(ranks());
  }
  open_outputs();
}

}  // namespace maha::cli
