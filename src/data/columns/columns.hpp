#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/csv/dialect.hpp"

namespace maha {

enum class Header { guess, yes, no };

/// What a tool does with labels: needs them, takes them where they are sure to be labels, or has no use for them (the
/// label column, where one is named, is then only kept out of the features).
enum class LabelUse { required, optional, unused };

/// Whether features are read at all. Where they are not, fields that are neither labels nor ids may hold anything.
enum class FeatureUse { read, none };

/// What each column of a file is for. Indices count from 0.
struct Columns {
  std::size_t count = 0;              ///< columns of the file
  bool header = false;                ///< the first record is names
  std::vector<std::string> names;     ///< of all columns; empty without a header
  std::vector<std::size_t> features;  ///< in the order of X's columns
  std::optional<std::size_t> label, id;
  bool label_is_sure = false;        ///< named by the user or the model, or said to be none
  bool label_is_text = false;        ///< in the first data row
  bool id_is_guessed = false;        ///< nobody called it the id: a first column without a name
  bool is_open = false;              ///< options may say otherwise: no model and no first file gives the columns
  bool by_count = false;             ///< a model gives the number of features, and not which they are
  bool has_options = true;           ///< as of the request
  std::optional<std::size_t> rival;  ///< another column that looks like the label, where nobody said which it is
  std::vector<std::string> notes, warnings;  ///< what is to be said of these choices, naming the file
  std::vector<std::string> ignored;  ///< names of columns that are neither, where features were asked for by name
  Index dims() const { return static_cast<Index>(features.size()); }
  /// Names of the features; empty without a header.
  std::vector<std::string> feature_names() const;
  /// The label's name; empty without a header or a label.
  std::string label_name() const;
  /// What outputs call the id column: `id` if it has no name.
  std::string id_name() const;
  /// `column 5 (ash)`, or `column 5` without a header.
  std::string describe(std::size_t column) const;
};

/// What a model recorded of the columns that it was learned from.
struct LearnedColumns {
  Index dims = 0;
  std::vector<std::string> features;  ///< names, or empty
  std::string label;                  ///< name, or empty
  Vector fill;                        ///< a value for each feature where it is missing, or empty
  std::string source;                 ///< the model's file, for messages
};

/// What is asked of a file's columns.
struct ColumnRequest {
  // What the user says: header names, or 1-based indices, negative from the end.
  std::optional<std::string> label, id;
  bool unlabeled = false;
  std::vector<std::string> drop;
  Header header = Header::guess;
  bool has_options = true;  ///< the tool has the options by which it says so, and --missing

  // What the tool and its other inputs ask for.
  LabelUse labels = LabelUse::required;
  FeatureUse feature_use = FeatureUse::read;
  std::vector<std::string> features;       ///< by these names, if the file has a header
  std::optional<Index> dims;               ///< by this number, else
  std::string source;                      ///< the file that asks for these features, for messages
  std::optional<std::string> model_label;  ///< label column that a model recorded
  std::optional<Columns> like;             ///< positions, if one of the two files has no header

  /// The request that gives a second file the columns of a first.
  ColumnRequest following(const Columns& first) const;
};

/// Decides what the columns are from a file's first two records (`second` is nullptr if there is none; `first` is then
/// the header or the only row). Throws InputError where a column is not found and UsageError where only the user can
/// tell, both naming `file`. `fields` says what is a number.
Columns resolve_columns(const ColumnRequest& request, const std::vector<std::string>& first,
                        const std::vector<std::string>* second, const FieldReader& fields, const std::string& file);

/// The file's first data row has text where numbers should be: one error for all such columns.
void check_no_text(const Columns& columns, const std::vector<std::string>& row, const FieldReader& fields,
                   const std::string& file);

/// Numbers that are no integers, in a column that nobody called the label, are rather a measurement: throws InputError.
void check_labels(const Columns& columns, const std::vector<std::string>& classes, const FieldReader& fields,
                  const std::string& file);

}  // namespace maha
