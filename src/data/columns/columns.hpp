#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

enum class Header { guess, yes, no };

/// What a tool does with labels: it requires them, uses them if they are certain to be labels, only tells those of a
/// second file, where it has the label column of the first, or does not use them (a named label column is then only
/// kept out of the features).
enum class LabelUse { required, optional, told, unused };

/// Whether features are read at all. If not, fields that are neither labels nor ids may contain anything.
enum class FeatureUse { read, none };

/// The role of each column of a file. Indices count from 0.
struct Columns {
  std::size_t count = 0;              ///< columns of the file
  bool header = false;                ///< the first record has names
  std::vector<std::string> names;     ///< of all columns; empty without a header
  std::vector<std::size_t> features;  ///< in the order of X's columns
  std::optional<std::size_t> label, id;
  bool label_is_sure = false;         ///< named by the user or the model, or stated not to exist
  bool label_is_text = false;         ///< in the first data row
  bool label_is_target = false;       ///< the label is a target: numbers to predict in place of classes
  bool label_may_be_missing = false;  ///< it is only told: an empty one, or one that is a missing value, is a label too
  bool id_is_guessed = false;         ///< a first column without a name, not named as the id by an option
  bool is_open = false;               ///< options may change it: neither a model nor a first file gives the columns
  bool by_count = false;              ///< a model gives the number of features but not their names
  bool has_options = true;            ///< as in the request
  std::optional<std::size_t> rival;   ///< another column that looks like the label, if no option names the label
  std::vector<std::string> notes, warnings;  ///< about these choices, naming the file
  std::vector<std::string> ignored;          ///< names of other columns, if features were requested by name
  Index dims() const { return static_cast<Index>(features.size()); }
  /// Names of the features; empty without a header.
  std::vector<std::string> feature_names() const;
  /// What the label is called in messages: label or target.
  const char* label_word() const { return label_is_target ? "target" : "label"; }
  /// The label's name; empty without a header or a label.
  std::string label_name() const;
  /// The name of the id column in outputs: `id` if it has none.
  std::string id_name() const;
  /// `column 5 (ash)`, or `column 5` without a header.
  std::string describe(std::size_t column) const;
};

/// What a model records about the columns that it was learned from.
struct LearnedColumns {
  Index dims = 0;
  std::vector<std::string> features;  ///< names, or empty
  std::string label;                  ///< name, of the target where there is one; or empty
  Vector fill;                        ///< a value for each feature where it is missing, or empty
  std::string source;                 ///< the model's file, for messages
};

/// What is wanted of a file's columns.
struct ColumnRequest {
  // By the user: header names, or 1-based indices, negative from the end.
  std::optional<std::string> label, id;
  bool unlabeled = false;
  bool target = false;  ///< the label is a target: see Columns
  std::vector<std::string> drop;
  Header header = Header::guess;
  bool has_options = true;  ///< the tool has the options for these, and --missing

  // By the tool and its other inputs.
  LabelUse labels = LabelUse::required;
  bool asks_for_label = true;  ///< whether the user is asked about a column that may be an optional label
  FeatureUse feature_use = FeatureUse::read;
  std::vector<std::string> features;       ///< by these names, if the file has a header
  std::optional<Index> dims;               ///< otherwise this number of features
  std::string source;                      ///< the file that needs these features, for messages
  std::optional<std::string> model_label;  ///< label column that a model recorded
  std::optional<Columns> like;             ///< positions, if one of the two files has no header

  /// The request that gives a second file the columns of a first.
  ColumnRequest following(const Columns& first) const;
};

/// Decides the roles of the columns from a file's first two records (`second` is nullptr if there is none; `first` is
/// then the header or the only row). Throws InputError if a column is not found, and UsageError if only the user can
/// decide, both naming `file`. `fields` says what is a number.
Columns resolve_columns(const ColumnRequest& request, const std::vector<std::string>& first,
                        const std::vector<std::string>* second, const FieldReader& fields, const std::string& file);

/// Throws one InputError for all columns in which the first data row has text instead of numbers.
void check_no_text(const Columns& columns, const std::vector<std::string>& row, const FieldReader& fields,
                   const std::string& file);

/// Throws InputError if a label column that no option names has numbers that are not integers: probably a measurement.
void check_labels(const Columns& columns, const std::vector<std::string>& classes, const FieldReader& fields,
                  const std::string& file);

}  // namespace maha::data
