#pragma once

#include <functional>
#include <string>

#include "data/table/table.hpp"
#include "experiment/experiment.hpp"

namespace maha::experiment {

/// A cell of an experiment has been worked out.
struct CellDone {
  const DataSet& dataset;
  const AlgorithmChoice& algorithm;
  std::size_t done, to_do;  ///< so many of so many, this one included
};

/// Whom the work on an experiment tells of it, and who may end it. What is not set is told to nobody.
struct Reporter {
  using Say = std::function<void(const std::string& text)>;

  std::function<void(const std::string& path)> about_to_read = [](const std::string&) {};  ///< may throw, to refuse it
  /// A table as it was read, for what is doubtful in it.
  std::function<void(const data::Table&)> was_read = [](const data::Table&) {};
  Say warn = [](const std::string&) {}, note = [](const std::string&) {};
  std::function<void()> begin = [] {};                                 ///< all is read; the first cell is next
  std::function<void(const CellDone&)> done = [](const CellDone&) {};  ///< from any thread, from one at a time
  std::function<void()> end = [] {};                                   ///< no cell is being worked on any more
  std::function<bool()> stop_asked = [] { return false; };             ///< whether to stop; from many threads at once
};

}  // namespace maha::experiment
