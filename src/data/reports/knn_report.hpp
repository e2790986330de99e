#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "data/table/table.hpp"
#include "eval/knn/confusion.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "eval/knn/retrieval.hpp"
#include "io/output.hpp"

namespace maha::data {

/// The report of a k-NN classification: how it was done, and the results for each k.
struct KnnReport {
  struct Result {
    Index k;
    eval::Confusion confusion;
  };

  /// For the rows of `test`, which must share their classes with the training rows (share_classes).
  KnnReport(const Table& test, const std::vector<eval::KnnPrediction>& predictions, eval::Votes votes);

  std::string votes;                     ///< how votes were counted, or `energy`
  std::optional<std::string> algorithm;  ///< that learned the distance, if the model says so
  Report parameters;                     ///< of that algorithm
  std::vector<std::string> classes;      ///< names, in the order of the ids
  std::vector<Result> results;
  std::optional<eval::Retrieval> retrieval;  ///< if it was asked for
};

/// The report as text: for each k the accuracy, the recall and precision of each class, and the confusion matrix,
/// unless it has more than 50 classes; then retrieval.
std::string knn_text(const KnnReport& report);

/// One JSON object a line for each k: k, rows, errors, accuracy, error, votes, algorithm, parameters, per_class (of
/// each class rows, recall, precision), confusion (classes; counts, a row for each true class), and retrieval if it was
/// asked for (the keys of Retrieval). What there is none of (the recall of a class without rows, the algorithm of a
/// model that names none, the confusion of more than 1,000 classes) is null.
std::string knn_json(const KnnReport& report);

/// `row,[id,]label,k,predicted` for each row of `test` and each k, with header.
void write_predictions(io::Output& out, const Table& test, const std::vector<eval::KnnPrediction>& predictions);

/// The rows of `test` whose label no row of `train` has, in words; empty if there are none. Their classes are shared.
std::string unseen_labels(const Table& train, const Table& test);

}  // namespace maha::data
