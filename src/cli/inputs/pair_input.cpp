#include "cli/inputs/pair_input.hpp"

#include "core/error.hpp"

namespace maha::cli {

PairInput::PairInput(App& app, CsvInput& input) : app_(app), input_(input), distance_(with_files(app)) {}

/// The files stand before the options of the distance.
App& PairInput::with_files(App& app) {
  app.rows("file", file, "CSV file of the rows; - is standard input");
  app.input("--pairs", pairs_file, "CSV file of pairs i,j: numbers of rows, or with --id their ids");
  app.choice("--pairs-header", pairs_header_, {{"yes", data::Header::yes}, {"no", data::Header::no}},
             "whether the first of two-column pairs of ids is a header (default: as --header)");
  app.input("--with", with_file, "CSV file that j is of, with i of the first (default: both of one file)");
  return app;
}

void PairInput::read_model() {
  if (!with_file) input_.refuse_second_labels();
  distance_.check();
  distance_.read_model();
  if (distance_.model()) model_ = *distance_.model();
}

/// The Euclidean distance after the preprocessing, as a model over the features themselves.
void PairInput::make_model() {
  const prepare::Preprocessing& preprocessing = distance_.preprocessing();
  model_.metric = preprocessing.over_features(metric::Metric::euclidean(preprocessing.reduced_dims()));
  record_source(model_, first_.columns, first_.fill, distance_.scaling());
}

void PairInput::read_pairs(data::Answers answers) {
  if (!pairs_file) throw UsageError("--pairs FILE is missing");
  input_.request.asks_for_label = false;
  first_ = distance_.read(input_, file);
  if (with_file) second_ = input_.read_like(*with_file, first_, data::LabelUse::optional);
  if (!has_model()) make_model();
  app_.about_to_read(*pairs_file);
  const data::RowNames a(first_), b(with_file ? second_ : first_);
  list_ = data::read_pairs(*pairs_file, a, with_file ? b : a, answers,
                           pairs_header_ == data::Header::guess ? input_.request.header : pairs_header_,
                           input_.companion());
  A_ = model_.transform(first_.X, app_.threads());
  if (with_file) B_ = model_.transform(second_.X, app_.threads());
}

}  // namespace maha::cli
