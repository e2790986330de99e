#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/distance_choice.hpp"
#include "core/report.hpp"
#include "core/shared_rows.hpp"
#include "neighbors/ranks/dealt_index.hpp"

namespace maha::cli {

/// What the nearest-neighbour tools search: the rows of --train, and the distance. It is that of a model (-m), or
/// Euclidean, over the rows as they are or preprocessed by --scale, --kernel and --pca.
class ReferenceRows {
 public:
  /// Declares --train, -m and the options of preprocessing. Files are read as `input` says.
  ReferenceRows(App& app, CsvInput& input);

  /// Reads the model, if there is one, then the training rows, of whose features the table has those that are dealt to
  /// this rank (App::ranks). `other`: the next file to be read, if any. Throws UsageError before that if MAHA_KERNEL names
  /// no kernel that runs here.
  data::Table read(const std::string& other = "");

  /// Reads labelled rows to classify, or such with a target, with the columns of `train`; from then on the two share
  /// their classes. Warns of labels that `train` does not have.
  data::Table read_test(const std::string& path, data::Table& train);

  /// The training rows as an index, in the coordinates in which the distance is Euclidean; moves the features out of the
  /// table, which is that of read(). Throws InputError naming the file and the row whose coordinates overflow.
  neighbors::DealtIndex index(data::Table& train) const;

  /// Maps the rows of a table with the training file's features to those coordinates, moving the features out of the
  /// table. Throws the same. To be called after read().
  SharedRows map(data::Table& table) const;
  /// The same of rows with these numbers in their file.
  SharedRows map(SharedRows X, const std::vector<Index>& row, const std::string& file) const;

  /// The distance as a metric over the features; to be called after read(). Throws InputError if it is that of a
  /// network.
  metric::Metric metric() const { return distance_.metric(); }
  bool has_kernel() const { return distance_.scaling().kernel.any(); }  ///< by --kernel

  /// Reads a file with the columns of `train`, except labels, and passes on block after block with the mapped features
  /// in X. Warns of skipped rows; throws InputError if there are no others.
  void stream(const std::string& path, const data::Table& train, bool keep_records,
              const std::function<void(const data::RowSource& source, const data::RowBlock& block)>& use);

  /// The training rows as the learner of the model saw them, with the preprocessing that the model records. To be
  /// called after read().
  Matrix as_learned(const MatrixRef& X) const;

  /// The algorithm that learned the distance, if known; `euclidean` without a model.
  std::optional<std::string> algorithm() const;
  const std::optional<data::Model>& model() const { return distance_.model(); }  ///< after read()
  bool has_model() const { return distance_.has_model(); }
  std::string model_name() const { return distance_.model_name(); }
  Report parameters() const;

  /// For leave-one-out: a note if the model was learned from as many rows, and so probably from these. A model does not
  /// record which they were.
  void note_same_rows(const data::Table& train) const;

  /// Throws UsageError unless k >= 1.
  static void check_k(Index k);
  /// Throws InputError unless there are k training rows, or with leave_one_out k others for each.
  static void check_k(Index k, const data::Table& train, bool leave_one_out);

 private:
  App& with_train(App& app);

  App& app_;
  CsvInput& input_;
  std::string train_path_;
  DistanceChoice distance_;
};

}  // namespace maha::cli
