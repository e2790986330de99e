/// The table of bad input: every input of every tool, broken in every way that such a thing can be. Each gets its line,
/// to the letter, and nothing is written anywhere.

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "bad_files.hpp"
#include "faults.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

namespace {

/// How many cells the table has, at least: to be raised when there are more, since a test that tests less tells nobody.
constexpr std::size_t kCells = 3723;

const std::vector<std::string> kSecondOutputs{"--trace", "--dual", "--predictions", "--roc"};

/// The options that write files, of each tool.
std::map<std::string, std::string> outputs_of_tools() {
  std::map<std::string, std::string> all;
  for (const std::string& tool : tools()) {
    const std::string help = Sandbox().run(tool + " --help").out;
    std::string& options = all[tool];
    for (const std::string& option : kSecondOutputs) {
      if (contains(help, option + " FILE")) options += " " + option + " old" + option;
    }
  }
  return all;
}

/// What a file is, beside its content: a file that was replaced by its like is another.
struct Identity {
  std::string content;
  ino_t number;
  timespec changed;
  explicit Identity(const std::filesystem::path& path) : content(read_text(path)) {
    struct stat status {};
    stat(path.c_str(), &status);
    number = status.st_ino;
    changed = status.st_ctim;
  }
  bool operator==(const Identity& other) const {
    return content == other.content && number == other.number && changed.tv_sec == other.changed.tv_sec &&
           changed.tv_nsec == other.changed.tv_nsec;
  }
};

/// A folder of inputs, and of outputs from before.
class BadInputTable {
 public:
  BadInputTable() {
    write_inputs(box);
    box.write("good.csv", "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n");
    box.write("bad.file", "");
    write_bad_files(box);
    reset();
  }

  void reset() {
    for (const std::string& option : kSecondOutputs) box.write("old" + option, "as it was\n");
    for (const std::string name : {"old", "old-test", "old--times", "old--best"}) box.write(name, "as it was\n");
    box.run("chmod 777 . ; chmod 666 old*");
    held_ = identities();
  }

  /// Runs a cell, and says what is wrong with what comes.
  std::string wrong(const BadInput& input, const Bad& bad, Outcome& run) const {
    if (bad.file == "bad.file") box.write(bad.file, bad.content);
    run = box.run((bad.file == "locked.file" ? kAsNobody : "") + line_of(input, bad));
    const std::vector<std::string> said = lines(run.err);
    std::string piped = line_of(input, bad);
    piped.replace(piped.rfind(bad.file), bad.file.size(), "-");
    const auto is_said = [&](std::string message) {
      const auto put = [&](const std::string& word, const std::string& text) {
        if (const std::size_t at = message.find(word); at != std::string::npos) message.replace(at, word.size(), text);
      };
      put("BAD", bad.file);
      put("BAD", bad.file);
      put("COMMAND", piped);
      return said.size() == 1 && said[0] == input.tool() + ": " + message;
    };
    if (run.status != 1) return "status " + std::to_string(run.status);
    if (run.out != "") return "something on standard output";
    if (std::none_of(bad.messages.begin(), bad.messages.end(), is_said)) return "not '" + bad.messages[0] + "'";
    return identities() == held_ ? "" : "something was written";
  }

  Sandbox box;

 private:
  inline static const std::string kAsNobody =
      geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";

  std::string line_of(const BadInput& input, const Bad& bad) const {
    std::string line = input.on(bad.file);
    if (const std::size_t at = line.find(" --label -1"); contains(bad.options, "--label") && at != std::string::npos)
      line.erase(at, 11);
    const std::string output = contains(line, "--train-out") ? "" : " -o old";
    return line + bad.options + output + outputs_.at(input.tool());
  }

  std::map<std::string, Identity> identities() const {
    std::map<std::string, Identity> all;
    for (const std::string& name : box.files()) {
      if (name.find(".file") == std::string::npos) all.emplace(name, Identity(box.path() / name));
    }
    return all;
  }

  std::map<std::string, std::string> outputs_ = outputs_of_tools();
  std::map<std::string, Identity> held_;
};

}  // namespace

TEST_CASE("bad input: each gets its line, and nothing is written") {
  BadInputTable table;
  Tally tally("bad input");
  std::size_t cells = 0;
  const std::vector<BadInput> inputs = bad_inputs();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (const Bad& bad : bad_files(inputs[i].kind)) {
      ++cells;
      if (!at_length() && (i + cells) % 4 != 0) continue;  // in the short test each input meets every fourth
      if (left_to_others(i, cells / 4)) continue;
      Outcome run;
      const std::string wrong = table.wrong(inputs[i], bad, run);
      if (!wrong.empty()) table.reset();
      tally.add(wrong, inputs[i].command + " with '" + bad.content + "'", run);
    }
  }
  std::cout << "bad input: a table of " << cells << " cells\n";
  CHECK(cells >= kCells);
}

TEST_CASE("bad input: k beyond the rows names the file") {
  const Sandbox box;
  write_inputs(box);
  box.write("good.csv", "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n");
  for (const char* command : {"maha-knn -k 9 --train good.csv good.csv", "maha-lmnn -k 2 good.csv",
                              "maha-predict -k 9 --train good.csv good.csv", "maha-cov --pca 3 good.csv",
                              "maha-pairs --similar 9 --dissimilar 1 good.csv", "maha-lmnn --pca 3 -k 1 good.csv",
                              "maha-model reduce --dims 3 model.json --data good.csv"}) {
    check_refused(box.run(command), 1, "good.csv: ");
  }
}

TEST_CASE("bad input: no tool is left out") {
  std::set<std::string> tried;
  for (const BadInput& input : bad_inputs()) tried.insert(input.tool());
  const std::vector<std::string> all = tools();
  CHECK(std::vector<std::string>(tried.begin(), tried.end()) == all);
}
