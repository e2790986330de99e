#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "metric/importance.hpp"

namespace maha::cli {

/// Rows on which a model is looked at: the file of --data, with the columns that the model has features for.
class ModelRows {
 public:
  /// Declares --data, with this help, and how CSV files are read.
  ModelRows(App& app, Options& options, const std::string& help);

  bool given() const { return path_.has_value(); }

  /// Throws UsageError if there is no file but an option that says how to read it.
  void check() const;

  /// What each feature counts for on the rows, if there are any. Throws InputError naming the file that is wrong.
  std::optional<metric::Importance> importance(const data::Model& model);

  /// The model reduced to `dims` coordinates, the principal components of the rows as it maps them. Throws InputError
  /// naming the file that is wrong.
  data::Model reduce(const data::Model& model, Index dims);

  /// Calls `work` with the rows. Throws InputError naming the file that is wrong.
  void each(const data::Model& model, const std::function<void(const NextRows&)>& work);

 private:
  App& app_;
  Options& options_;
  std::vector<std::string> others_;  // options that say nothing of the file: those declared before
  std::optional<std::string> path_;
  CsvInput input_;
};

}  // namespace maha::cli
