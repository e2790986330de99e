#pragma once

#include <string>
#include <vector>

#include "cli/app.hpp"
#include "data/scatters/rounding.hpp"
#include "data/scatters/scatter_file.hpp"

namespace maha::cli {

/// The commands of maha-stats.
class ScatterTool {
 public:
  /// Declares them.
  explicit ScatterTool(App& app);

 private:
  data::ScatterFile read(const std::string& path);
  void show();
  void merge();
  void subtract();

  App& app_;
  std::vector<std::string> files_;
  std::string file_ = "-", all_, part_, output_ = "-";
  double digits_ = data::kEnoughDigits;
  bool json_ = false;
};

}  // namespace maha::cli
