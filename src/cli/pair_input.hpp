#pragma once

#include <optional>
#include <string>

#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "data/table/pairs.hpp"

namespace maha::cli {

/// The input of tools that measure pairs: rows of one file or two, pairs of them, and the model.
class PairInput {
 public:
  /// Declares FILE, --pairs, --pairs-header, --with and -m,--model.
  PairInput(App& app, CsvInput& input);

  /// Set by the user.
  std::string file = "-";
  std::optional<std::string> pairs_file, with_file, model_file;

  /// Reads the model, if there is one; otherwise the distance is Euclidean.
  void read_model();

  /// Reads the rows and the pairs, and maps the rows to where the model's distance is Euclidean.
  void read_pairs(Answers answers);

  const Model& model() const { return model_; }
  Model& model() { return model_; }

  /// The columns of the first file.
  const Columns& columns() const { return first_.columns; }

  /// Pairs of a row of A() and a row of B().
  const PairList& list() const { return list_; }
  const Matrix& A() const { return A_; }
  const Matrix& B() const { return with_file ? B_ : A_; }

  /// The names of the rows of A() and B().
  RowNames first_names() const { return RowNames(first_); }
  RowNames second_names() const { return RowNames(with_file ? second_ : first_); }

 private:
  Header pairs_header_ = Header::guess;  // as for the rows' file, unless given
  App& app_;
  CsvInput& input_;
  Model model_;
  Table first_, second_;
  PairList list_;
  Matrix A_, B_;
};

}  // namespace maha::cli
