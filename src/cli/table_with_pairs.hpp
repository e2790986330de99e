#pragma once

#include <optional>
#include <string>

#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/pairs.hpp"

namespace maha::cli {

/// A table and pairs of its rows that are known to be similar or not: what the learners from pairs read.
class TableWithPairs {
 public:
  /// Declares FILE and --pairs, which must be given unless `without` says, for help, what is done without.
  TableWithPairs(App& app, CsvInput& input, const std::string& without = "");

  /// Whether pairs are given.
  bool has_pairs() const { return pairs_file_.has_value(); }

  /// Reads the table and the pairs, if they are given; with a model, the table's features are those of the model.
  void read(const Model* model = nullptr);

  /// Throws InputError naming the pairs file unless it has similar and dissimilar pairs. After read().
  void require_both_kinds() const;

  const std::string& file() const { return file_; }
  std::string pairs_file() const { return pairs_file_.value_or(""); }

  Table table;
  Pairs pairs;

 private:
  App& app_;
  CsvInput& input_;
  std::string file_ = "-";
  std::optional<std::string> pairs_file_;
};

}  // namespace maha::cli
