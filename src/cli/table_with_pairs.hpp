#pragma once

#include <string>

#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/pairs.hpp"

namespace maha::cli {

/// A table and pairs of its rows that are known to be similar or not: what the learners from pairs read.
class TableWithPairs {
 public:
  /// Declares FILE and --pairs.
  TableWithPairs(App& app, CsvInput& input);

  /// Reads both; with a model, the table's features are those of the model.
  void read(const Model* model = nullptr);

  /// Throws InputError naming the pairs file unless it has similar and dissimilar pairs. After read().
  void require_both_kinds() const;

  const std::string& file() const { return file_; }
  const std::string& pairs_file() const { return pairs_file_; }

  Table table;
  Pairs pairs;

 private:
  App& app_;
  CsvInput& input_;
  std::string file_ = "-", pairs_file_;
};

}  // namespace maha::cli
