#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/learner/fitted.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// Statistics of rows that a learner takes in their place, by --from, or that it writes in place of a model, by
/// --stats.
class ScatterMode {
 public:
  ScatterMode(App& app, learn::Learner& learner) : app_(app), learner_(learner) {}

  /// Declares the options that the learner has. `file`: of the rows.
  void declare(std::string& file);

  bool from() const { return from_.has_value(); }
  bool stats() const { return stats_; }

  /// With --from: reads the file, and fits. Throws UsageError if options need rows.
  Fitted fit() const;

  /// With --stats: throws UsageError if options have no sense with it.
  void check(const CsvInput& input) const;

  /// Sums up the rows of a file.
  void sum_up(CsvInput& input, const std::string& path, const std::string& output) const;

  /// The same for a table and pairs of its rows.
  void sum_up(data::Table table, const Pairs& pairs, const std::string& output) const;

 private:
  App& app_;
  learn::Learner& learner_;
  const std::string* file_ = nullptr;
  std::optional<std::string> from_;
  bool stats_ = false;
};

}  // namespace maha::cli
