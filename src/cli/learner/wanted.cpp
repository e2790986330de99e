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

}  // namespace maha::cli
