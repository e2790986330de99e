#include "cli/door/tools.hpp"

#include <algorithm>
#include <stdexcept>

#include "learn/table.hpp"

namespace maha::cli {
namespace {

/// A tool that is no learner.
struct OtherTool {
  const char *task, *name, *summary;
};

constexpr const char* kPrepare = "Prepare data";
constexpr const char* kJudge = "Judge a distance";
constexpr const char* kSearch = "Search";
constexpr const char* kApply = "Apply a model to rows";
constexpr const char* kLook = "Look at models and results";

/// One line each; learners are in src/learn/table.cpp.
constexpr OtherTool kOthers[] = {
    // clang-format off
    {kPrepare, "split", "Split a CSV file into training and test rows, or into folds, each class in proportion, or each part of a target."},
    {kPrepare, "convert", "Turn a file of rows into another format: CSV, NumPy, LIBSVM, IDX or ARFF."},
    {kPrepare, "stats", "Add up statistics of parts of the rows, or take parts away: what scatter fits need in place of rows."},
    {kPrepare, "pairs", "Pairs of rows that are similar or not, by their labels: what metrics learn from."},
    {kJudge, "knn", "Evaluate k-nearest-neighbour classification, or regression, under a learned or the Euclidean distance."},
    {kJudge, "verify", "Same or not: how well a distance tells similar pairs from dissimilar ones."},
    {kJudge, "compare", "Compare algorithms on data sets: accuracy or RMSE of k-NN, ranks, and what is chance."},
    {kJudge, "prove", "Check a bound without trusting the learner: prove where the optimum lies."},
    {kSearch, "neighbors", "The nearest rows of a file for each row of another, exactly."},
    {kSearch, "explain", "Why a row is near others and gets its label: what each feature contributes, and how far the label holds."},
    {kApply, "predict", "Label rows by their nearest training rows: the input, and predicted,vote_share; or predict numbers."},
    {kApply, "transform", "Map rows to coordinates in which a model's distance is the Euclidean one."},
    {kApply, "distance", "Distances of pairs of rows, or of each row to the model's center with its p-value."},
    {kLook, "model", "Look at models, compare them, and turn them into other forms."},
    {kLook, "plot", "Draw what the other tools write, with gnuplot: SVG, PNG or PDF."},
    {kLook, "report", "A page of maha-compare's results for a browser: sortable tables, ranks, pictures, every run."},
    // clang-format on
};

const char* task_of(learn::From from) {
  switch (from) {
    case learn::From::nothing:  // no tool
      break;
    case learn::From::rows:
      return "Learn from rows alone";
    case learn::From::labels:
    case learn::From::labels_or_triplets:
    case learn::From::labels_or_quadruplets:
    case learn::From::labels_or_chunks:
    case learn::From::labels_or_target:
      return "Learn from labels";
    case learn::From::pairs:
    case learn::From::labels_or_pairs:
      return "Learn from pairs of rows, similar or not";
    case learn::From::target:
      return "Learn from a number to predict";
  }
  return "";
}

/// Tasks come in the order of their first tools.
void enter(std::vector<Task>& all, const std::string& title, Tool tool) {
  auto task = std::find_if(all.begin(), all.end(), [&](const Task& other) { return other.title == title; });
  if (task == all.end()) task = all.insert(all.end(), {title, {}});
  task->tools.push_back(std::move(tool));
}

}  // namespace

std::vector<Task> tasks() {
  std::vector<Task> all;
  const auto enter_others = [&](bool before_learning) {
    for (const auto& [task, name, summary] : kOthers) {
      if ((task == kPrepare) == before_learning) enter(all, task, {name, summary});
    }
  };
  enter_others(true);
  for (const std::string& name : learn::learner_names()) {
    const std::unique_ptr<learn::Learner> learner = learn::make_learner(name);
    if (learner->from() != learn::From::nothing) enter(all, task_of(learner->from()), {name, learner->summary()});
  }
  enter_others(false);
  return all;
}

std::vector<std::string> tool_names() {
  std::vector<std::string> names;
  for (const Task& task : tasks()) {
    for (const Tool& tool : task.tools) names.push_back(tool.name);
  }
  return names;
}

std::string summary_of(const std::string& tool) {
  for (const OtherTool& other : kOthers) {
    if (tool == std::string("maha-") + other.name) return other.summary;
  }
  throw std::logic_error(tool + " is not in the list of tools");
}

}  // namespace maha::cli
