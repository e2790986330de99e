#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "data/csv/dialect.hpp"
#include "plot/figures/figures.hpp"

namespace maha::cli {

/// The files that a picture is drawn from, what is read of them, and what their series are called.
class FigureFiles {
 public:
  /// `dialect`: of CSV files, by the time they are read.
  FigureFiles(App& app, const data::CsvDialect& dialect) : app_(app), dialect_(dialect) {}

  data::NamedColumns columns(const std::string& path);
  experiment::ResultsSummary results(const std::string& path);
  plot::Picture ranks(const std::string& path, double significance);  ///< of results, by Nemenyi's test
  plot::Picture path(const std::string& path, const std::optional<std::string>& option);  ///< of results
  Vector eigenvalues(const std::string& path);                                            ///< of a model
  const std::string& noted(const std::string& path);                                      ///< which is read elsewhere

  /// The same of some files, under the names of their series.
  std::vector<plot::Named<data::NamedColumns>> columns(const std::vector<std::string>& paths);
  std::vector<plot::Named<Vector>> eigenvalues(const std::vector<std::string>& paths);

  /// Those that were read, as messages name them.
  std::string source() const;

 private:
  App& app_;
  const data::CsvDialect& dialect_;
  std::vector<std::string> sources_;
};

}  // namespace maha::cli
