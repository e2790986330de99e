#pragma once

#include <optional>
#include <string>

#include "cli/inputs/csv_input.hpp"
#include "cli/knn/distance_choice.hpp"
#include "data/pairs/pairs.hpp"

namespace maha::cli {

/// The input of tools that measure pairs: rows of one file or two, pairs of them, and the model.
class PairInput {
 public:
  /// Declares FILE, --pairs, --pairs-header, --with, -m,--model and the options of preprocessing.
  PairInput(App& app, CsvInput& input);

  /// Set by the user.
  std::string file = "-";
  std::optional<std::string> pairs_file, with_file;
  bool has_model() const { return distance_.has_model(); }

  /// Reads the model, if there is one; otherwise the distance is Euclidean, after the preprocessing. Throws UsageError
  /// if there are both.
  void read_model();

  /// Reads the rows and the pairs, and maps the rows to where the model's distance is Euclidean. Without a model, one
  /// is made here, with the preprocessing fitted to the rows of the first file. Nobody is asked which column is the
  /// label, since pairs do without.
  void read_pairs(data::Answers answers);

  const data::Model& model() const { return model_; }
  data::Model& model() { return model_; }

  /// The columns of the first file.
  const data::Columns& columns() const { return first_.columns; }

  /// Pairs of a row of A() and a row of B().
  const data::PairList& list() const { return list_; }
  const Matrix& A() const { return A_; }
  const Matrix& B() const { return with_file ? B_ : A_; }

  /// The names of the rows of A() and B().
  data::RowNames first_names() const { return data::RowNames(first_); }
  data::RowNames second_names() const { return data::RowNames(with_file ? second_ : first_); }

 private:
  App& with_files(App& app);
  void make_model();

  data::Header pairs_header_ = data::Header::guess;  // as for the rows' file, unless given
  App& app_;
  CsvInput& input_;
  DistanceChoice distance_;
  data::Model model_;
  data::Table first_, second_;
  data::PairList list_;
  Matrix A_, B_;
};

}  // namespace maha::cli
