#include "cli/learner/wanted.hpp"

namespace maha::cli {

std::string rows_wanted(learn::From from) {
  if (from == learn::From::labels) return "CSV file with labels";
  if (from == learn::From::labels_or_triplets) return "CSV file with labels, or of the rows of triplets";
  if (from == learn::From::labels_or_quadruplets) return "CSV file with labels, or of the rows of quadruplets";
  if (from == learn::From::labels_or_chunks) return "CSV file with labels, or with a column of chunks";
  if (from == learn::From::target) return "CSV file with a column of numbers to predict";
  if (from == learn::From::labels_or_target) return "CSV file with labels, or with a column of numbers to predict";
  return from == learn::From::rows ? "CSV file" : "CSV file of the rows";
}

data::LabelUse label_use(learn::From from) {
  const bool required = from == learn::From::labels || from == learn::From::labels_or_target;
  return required ? data::LabelUse::required : data::LabelUse::optional;
}

Asked column_asked(learn::From from) {
  if (from == learn::From::target) return Asked::target;
  return from == learn::From::labels_or_target ? Asked::label_or_target : Asked::label;
}

std::vector<std::string> examples_of(const learn::Learner& learner) {
  if (!learner.hooks().examples.empty()) return learner.hooks().examples;
  std::vector<std::string> lines;
  if (learner.wants_pairs()) lines.emplace_back("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
  const std::string rows = learner.wants_pairs() ? " --pairs pairs.csv datasets/wine.csv" : " datasets/wine.csv";
  const std::string tool = "maha-" + learner.name();
  lines.push_back(tool + rows + " -o " + learner.name() + ".json");
  lines.push_back(tool + " --standardize" + rows + " | maha-transform -m - datasets/wine.csv | head -3");
  return lines;
}

}  // namespace maha::cli
