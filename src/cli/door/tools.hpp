#pragma once
/// The list of all tools, by what they are for.

#include <string>
#include <vector>

namespace maha::cli {

/// A tool by the word that follows `maha`, and what it does: the first line of its help.
struct Tool {
  std::string name, summary;
};

/// Tools for one task, in the order of the work.
struct Task {
  std::string title;
  std::vector<Tool> tools;
};

/// All tools. A learner is in the task of what it learns from.
std::vector<Task> tasks();

/// The words that follow `maha`, of all tools.
std::vector<std::string> tool_names();

/// What the tool of this name, `maha-knn`, does: of those that are no learners.
std::string summary_of(const std::string& tool);

}  // namespace maha::cli
