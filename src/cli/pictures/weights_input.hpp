#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/inputs/model_rows.hpp"
#include "plot/picture.hpp"

namespace maha::cli {

/// A model whose features' weights are drawn, and the rows on which they have no units.
class WeightsInput {
 public:
  /// Declares MODEL, --top, --share, --data and how CSV files are read.
  WeightsInput(App& app, Options& options);

  /// Reads the files. Throws UsageError if an option needs --data.
  plot::Picture figure();

  const std::string& file() const { return file_; }

 private:
  App& app_;
  std::string file_ = "-";
  Index top_ = 20;
  bool share_ = false;
  std::optional<ModelRows> rows_;  // declared behind the others
};

}  // namespace maha::cli
