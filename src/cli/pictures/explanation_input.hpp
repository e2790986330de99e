#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "data/csv/dialect.hpp"
#include "plot/picture.hpp"

namespace maha::cli {

/// The explanation of a row that is drawn, of those in a file of maha-explain.
class ExplanationInput {
 public:
  /// Declares FILE, --query, --top and how CSV files are written.
  ExplanationInput(App& app, Options& options);

  /// Reads the file, and says how many neighbours the picture leaves out.
  plot::Picture figure();

  const std::string& file() const { return file_; }

 private:
  App& app_;
  std::string file_ = "-";
  std::optional<std::string> query_;
  Index top_ = 10;
  data::CsvDialect dialect_;
};

}  // namespace maha::cli
