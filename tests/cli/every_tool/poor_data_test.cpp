/// The rows of the table of bad input that are no errors: data that say little or contradict themselves, through every
/// tool. The result is whole and its numbers are finite, and what was wanting is told by the names of features.

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "faults.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

/// How many cells there are, at least: to be raised when there are more.
constexpr int kPoorCells = 254;

struct Poor {
  std::string what, rows;
  std::string named = "";  ///< the features that a learner of covariances has to name
};

const std::vector<Poor> kPoor{
    {"a constant feature", "x,y,class\n1,2,a\n3,2,b\n2,2,a\n4,2,b\n1.5,2,a\n5,2,b\n", "y"},
    {"a feature twice", "x,y,class\n1,1,a\n3,3,b\n2,2,a\n4,4,b\n1.5,1.5,a\n5,5,b\n", "x, y"},
    {"equal rows", "x,y,class\n1,2,a\n3,5,b\n1,2,a\n3,5,b\n1,2,a\n3,5,b\n"},
    {"equal rows of other labels", "x,y,class\n1,2,a\n1,2,b\n2,1,a\n2,1,b\n1.5,3,a\n1.5,3,b\n"},
    {"all rows equal", "x,y,class\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n1,2,a\n1,2,b\n", "x, y"},
    {"fewer rows than features",
     "x,y,p,q,r,s,t,u,class\n1,2,0,1,5,2,7,1,a\n3,5,1,1,2,2,3,8,b\n2,1,4,0,0,1,1,1,a\n4,4.5,1,2,3,4,5,6,b\n"
     "1.5,3,2,2,1,0,9,4,a\n5,2.5,3,1,4,1,5,9,b\n",
     "x, y, p, q, r, s, t, u"},
    {"one feature", "y,class\n1,a\n3,b\n2,a\n4,b\n1.5,a\n5,b\n"},
};

/// The only ones from which nothing can be learned, and what is said of them.
const std::vector<std::string> kNothingToLearn{
    "maha-mlkr: poor.csv: the target is the same in all 6 rows\n",
    "maha-mlkr: poor.csv: no feature column is left; the columns are y, class\n",
    "maha-gmml: poor.csv: the rows of each similar pair are equal: their scatter is 0\n",
    "maha-gmml: poor.csv: the rows of each dissimilar pair are equal: their scatter is 0\n",
};

/// Whether a command reads only these rows, and no model or rows beside them that have x and y.
bool is_alone(const ToolCommand& command) {
  return !contains(command.command, "model.json") && !contains(command.command, "good.csv");
}

bool has_numbers_only(const std::string& text) {
  for (const char* none : {"nan", "inf", "NaN", "null,", "null]"}) {
    if (contains(text, none)) return false;
  }
  return true;
}

std::string wrong_with(const Poor& poor, const std::string& tool, const Outcome& run, const Sandbox& box) {
  const bool refused = std::find(kNothingToLearn.begin(), kNothingToLearn.end(), run.err) != kNothingToLearn.end();
  if (run.status != 0) return run.status == 1 && refused && run.out == "" ? "" : "status " + std::to_string(run.status);
  if (!has_numbers_only(run.out)) return "what is no number";
  if (contains(run.out, "\"maha-model\"")) {
    box.write("learned", run.out);
    if (box.run("maha-model check learned").status != 0) return "an unsound model";
  }
  const bool of_covariance = tool == "maha-cov" || tool == "maha-lda" || tool == "maha-kissme";
  const bool named = poor.named.empty() || !of_covariance || contains(run.err, ": " + poor.named);
  return named ? "" : "no word of " + poor.named;
}

}  // namespace

TEST_CASE("poor data: every tool takes them, and says what is wanting") {
  const Sandbox box;
  write_inputs(box);
  Tally tally("poor data");
  int cells = 0;
  const std::vector<ToolCommand> commands = tool_commands();
  for (std::size_t c = 0; c < commands.size(); ++c) {
    for (std::size_t p = 0; p < kPoor.size() && !commands[c].of_good_rows; ++p) {
      const bool same_columns = kPoor[p].rows.starts_with("x,y,class");
      if (!same_columns && !is_alone(commands[c])) continue;
      ++cells;
      if (left_to_others(c, p)) continue;
      box.write("poor.csv", kPoor[p].rows);
      const Outcome run = box.run(commands[c].on("poor.csv"));
      tally.add(wrong_with(kPoor[p], commands[c].tool, run, box), kPoor[p].what, run);
    }
  }
  std::cout << "poor data: a table of " << cells << " cells\n";
  CHECK(cells >= kPoorCells);
}
