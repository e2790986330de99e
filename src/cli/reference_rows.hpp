#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/report.hpp"
#include "learn/prepare/preprocessing.hpp"

namespace maha::cli {

/// What the nearest-neighbour tools search: the rows of --train, and the distance they are searched by. It is that of
/// a model (-m), or the Euclidean one, over the rows as they are or as --scale and --pca make them.
class ReferenceRows {
 public:
  /// Declares --train, -m, --scale, --standardize, --pca. The files are read as `input` says.
  ReferenceRows(App& app, CsvInput& input);

  /// Reads the model, if there is one, then the training rows. `other`: the file that is to be read next, if any.
  /// Throws UsageError before that if MAHA_KERNEL names no kernel that runs here.
  Table read(const std::string& other = "");

  /// Reads labelled rows to be classified, with the columns of `train`; the two share their classes from then on. Warns
  /// of labels that `train` has not.
  Table read_test(const std::string& path, Table& train);

  /// The rows of a table with the training file's features in the space where the distance is Euclidean; the features
  /// are used up. Throws InputError naming the file and the row whose coordinates overflow. After read().
  Matrix map(Table& table) const;

  /// Reads a file whose columns are those of `train`, labels aside, and hands on block after block, its features mapped
  /// and in X. Warns of rows that were skipped; throws InputError if there is no other.
  void stream(const std::string& path, const Table& train, bool keep_records,
              const std::function<void(const RowSource& source, const RowBlock& block)>& use);

  /// The training rows as the learner of the model saw them: scaled and reduced as the model records. After read().
  Matrix as_learned(const Matrix& X) const;

  /// What the distance was learned by, if that is known; `euclidean` without a model.
  std::optional<std::string> algorithm() const;
  const std::optional<Model>& model() const { return model_; }  ///< after read()
  bool has_model() const { return model_path_.has_value(); }
  std::string model_name() const { return model_path_.value_or(""); }
  Report parameters() const;

  /// Throws UsageError unless k >= 1.
  static void check_k(Index k);
  /// Throws InputError unless there are k training rows, or k others for each if it is they that are asked about.
  static void check_k(Index k, const Table& train, bool leave_one_out);

 private:
  Matrix map(Matrix X, const std::vector<Index>& row, const std::string& file) const;

  App& app_;
  CsvInput& input_;
  std::string train_path_;
  std::optional<std::string> model_path_;
  PreprocessingOptions scaling_;
  std::optional<Model> model_;
  std::optional<Preprocessing> preprocessing_;
};

}  // namespace maha::cli
