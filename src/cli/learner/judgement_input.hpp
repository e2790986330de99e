#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/learner/fitted.hpp"
#include "data/columns/columns.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// The file of triplets or quadruplets that some learners take in place of labels.
class JudgementInput {
 public:
  /// Declares --triplets or --quadruplets, with the option for its header, if the learner takes them.
  void declare(App& app, learn::From from);

  /// Whether the learner takes such a file, and whether the user gave one.
  bool wanted() const { return !option_.empty(); }
  bool given() const { return file_.has_value(); }
  const std::optional<std::string>& file() const { return file_; }

  /// `--triplets` or `--quadruplets`.
  const std::string& option() const { return option_; }

  /// Throws UsageError if its header is spoken of without it.
  void check() const;

  /// Reads it, if it is given, as of the rows of this table.
  void read(App& app, const data::Table& table, const data::CsvDialect& dialect, Companions& into) const;

 private:
  std::string option_;
  bool of_quadruplets_ = false;
  std::optional<std::string> file_;
  data::Header header_ = data::Header::guess;
};

}  // namespace maha::cli
