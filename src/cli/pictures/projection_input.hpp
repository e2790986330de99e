#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "plot/picture.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::cli {

/// Rows to draw in two dimensions, and the model under which to see them.
class ProjectionInput {
 public:
  /// Declares FILE, -m,--model, the options of preprocessing and how CSV files are read.
  ProjectionInput(App& app, Options& options);

  /// Reads the files. The first panel shows the rows with their features as they are or scaled; the second one, if
  /// there is a model, shows them in the space of its distance.
  plot::Picture figure();

  const std::string& file() const { return file_; }

 private:
  App& app_;
  std::string file_ = "-";
  std::optional<std::string> model_file_;
  prepare::PreprocessingOptions scaling_;
  CsvInput input_;
};

}  // namespace maha::cli
