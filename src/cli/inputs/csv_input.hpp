#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "core/machine/ranks.hpp"
#include "core/next_rows.hpp"
#include "data/table/records.hpp"
#include "data/table/table.hpp"

namespace maha::cli {

/// What a tool can learn or predict: --label names classes, --target numbers.
enum class Asked { label, target, label_or_target };

/// Whether labels may stand in files of their own, which --labels names: of one file of rows, or of two.
enum class LabelFiles { none, one, two };

/// The options that say how files of rows are read and what their columns are for, and the reading itself.
class CsvInput {
 public:
  /// Declares --label, --target or both, --id, --drop, --header, -n, --missing, --na and how the files are written;
  /// --unlabeled, unless labels are required.
  CsvInput(App& app, Options& options, data::LabelUse labels, data::FeatureUse features = data::FeatureUse::read,
           Asked asked = Asked::label, LabelFiles label_files = LabelFiles::one);

  /// What a tool asks of the first file's columns, beside what the user says.
  data::ColumnRequest request;

  /// Whether --target was given; a tool then calls want_target(), as it does where it needs one anyway. The files then
  /// have a target in place of labels. Throws UsageError if options deny that.
  bool target_given() const { return target_.has_value(); }
  void want_target();

  /// For a run that reads no second file: throws UsageError if --labels names the labels of one.
  void refuse_second_labels() const;

  /// A first file, whole or as a stream of rows. With a deal, X has the rows of this rank alone.
  data::Table read(const std::string& path, const std::optional<Deal>& deal = {});
  std::unique_ptr<data::RowSource> open(const std::string& path, bool keep_records = false);

  /// A first file for the distance of a model: its features by name (or number), its label, its fill.
  data::Table read(const std::string& path, const data::LearnedColumns& model, const std::optional<Deal>& deal = {});
  std::unique_ptr<data::RowSource> open(const std::string& path, const data::LearnedColumns& model,
                                        bool keep_records = false);

  /// A second file, with the columns and the fill of the first.
  data::Table read_like(const std::string& path, const data::Table& first, data::LabelUse labels);
  std::unique_ptr<data::RowSource> open_like(const std::string& path, const data::Table& first, data::LabelUse labels,
                                             bool keep_records = false);

  /// How the files are written, and the fate of missing values that the user asked for, if any.
  const data::CsvDialect& dialect() const { return dialect_; }
  std::optional<data::MissingField> missing() const { return missing_; }

  /// How files are written that go with the tables, of pairs or triplets: with the same comments; the rest is found
  /// out.
  data::CsvDialect companion() const;

  /// Whether the user asked for missing values to be filled by means.
  bool fills_missing() const { return missing_ == data::MissingField::fill; }

 private:
  /// Which file of rows it is: labels of its own are the first or second of --labels.
  enum class Which { first, second };

  void about_to_read(const std::string& path);
  void check_label_files() const;
  std::vector<std::string> column_names(const std::string& path) const;
  data::ColumnRequest for_model(const data::LearnedColumns& model) const;
  data::ColumnRequest for_second(const data::Table& first, data::LabelUse labels) const;
  data::ReadOptions options_for(const Vector& fill, bool keep_records) const;
  std::unique_ptr<data::RowSource> open(const std::string& path, const data::ColumnRequest& wanted,
                                        const data::ReadOptions& options, Which which);
  const std::string* label_file(Which which) const;
  std::unique_ptr<data::RowSource> open_labelled(const std::string& path, const data::ColumnRequest& wanted,
                                                 const data::ReadOptions& options, Which which);
  data::Table read(const std::string& path, const data::ColumnRequest& wanted, const Vector& fill, Which which,
                   const std::optional<Deal>& deal = {});
  std::unique_ptr<data::RowSource> open(const std::string& path, const data::ColumnRequest& wanted, const Vector& fill,
                                        bool keep_records, Which which);

  App& app_;
  data::CsvDialect dialect_;
  std::optional<data::MissingField> missing_;
  std::optional<std::string> target_;
  std::vector<std::string> label_files_;
  std::size_t most_label_files_;
};

/// Says what there is to say of how a file's columns were chosen.
void say_of_columns(const App& app, const std::string& name, const data::Columns& columns);

/// Warns of what a table's rows show to be doubtful in that choice.
void say_doubts(const App& app, const data::Table& table);
void say_doubts(const App& app, const data::Records& records);

/// Throws InputError naming the file and the class if all labelled rows are of one, and what there is `lacking` then.
void require_two_classes(const data::Table& table, const std::string& lacking);

/// Warns of a file's rows that were skipped for missing values, if any were: `used` are left of `read`.
void warn_of_skipped(const App& app, const std::string& name, Index used, Index read);
/// The same where rows were written as they came, and nobody counted them all.
void warn_of_skipped(const App& app, const std::string& name, Index skipped);

/// The rows of a source with class ids in the order of first sight; none if the file has no label. At the end it warns
/// of rows that were skipped, of what is doubtful in the choice of columns and of labels that are missing values in the
/// dialect, and throws InputError naming the file if no row was usable.
/// `classes`, if given, is then filled with their names.
NextRows labeled_rows(const App& app, data::RowSource& source, const data::CsvDialect& dialect = {},
                      std::vector<std::string>* classes = nullptr);

}  // namespace maha::cli
