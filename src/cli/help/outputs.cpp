#include "cli/help/outputs.hpp"

#include <algorithm>

#include "core/text/names.hpp"
#include "core/text/text.hpp"

namespace maha::cli {

std::string output_text(const std::vector<Written>& output) {
  constexpr std::size_t kColumn = 34, kWidth = 120;  // help of options begins in that column too
  std::string text;
  for (const auto& [names, help] : output) {
    std::string line = "  " + join(names, ",");
    const auto next_line = [&] {
      text += line + "\n";
      line.clear();
    };
    if (line.size() >= kColumn) next_line();
    for (const std::string& word : split(help, ' ')) {
      if (line.size() > kColumn && line.size() + 1 + word.size() > kWidth) next_line();
      line.resize(std::max(kColumn, line.size() + 1), ' ');
      line += word;
    }
    next_line();
  }
  return text.empty() ? "" : "Output:\n" + text;
}

void tell_explanations(Options& options) {
  options.writes("query,predicted", "the row that is explained, and the class that its neighbours vote for");
  options.writes("query_label", "the row's own label, where its file has labels");
  options.writes("vote_share", "json: share of the votes for that class; text has it in percent");
  options.writes("radius",
                 "a row less than this distance away, in any direction, gets the same label, proven: the largest such "
                 "radius with -k 1, else a lower bound (exact in json says which); 0 where a tie decides or none is "
                 "proven, empty or null "
                 "if nothing changes the label");
  options.writes(
      "rank,neighbor,label,distance",
      "the neighbours, the nearest first; then, its rank \"other\", the nearest row of another class than the "
      "predicted one");
  options.writes("feature,query_value,neighbor_value", "a feature, and its value in both rows");
  options.writes("contribution",
                 "what the feature adds to the squared distance (text: squared), which those of a row add up to; a "
                 "share under a diagonal metric, else it may be negative, with what else differs");
  options.writes(
      "contrast",
      "of \"other\": its contribution less that of the nearest row of the predicted class, so large where the "
      "feature tells the classes apart");
  options.writes(
      "border",
      "json and text, with -k 1: the values of the row moved the least way, by the learned distance, to where "
      "its label changes");
}

void tell_distances(Options& options) {
  options.writes("i,j", "the rows of a pair, as the file of pairs has them");
  options.writes("row", "with --to center: the number of the row, counted from 1; with --id, that column in its place");
  options.writes(
      "distance",
      "sqrt((x-y)'M(x-y)) of a pair, and of a row x with y the model's center; inf where a row leaves what a "
      "singular covariance spans; with --squared without the root");
  options.writes("same",
                 "of pairs, if the model has a threshold (maha-verify): 1 if the distance is at most that, else 0");
  options.writes(
      "p_value",
      "probability that a Gaussian row is at least as far out: of chi-squared with d degrees of freedom beyond "
      "the squared distance, d the rank of M; it holds if M is the inverse covariance, as of maha-cov");
  options.writes(
      "p_adjusted",
      "with --append: p_value adjusted for the number of rows by Benjamini and Hochberg; of the rows with at "
      "most 0.05, 5% or fewer are expected to be no outliers");
}

}  // namespace maha::cli
