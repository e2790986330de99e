#include "cli/inputs/pair_input.hpp"

#include "core/error.hpp"

namespace maha::cli {

PairInput::PairInput(App& app, CsvInput& input) : app_(app), input_(input) {
  app.input("file", file, "CSV file of the rows; - is standard input");
  app.input("--pairs", pairs_file, "CSV file of pairs i,j: numbers of rows, or with --id their ids");
  app.choice("--pairs-header", pairs_header_, {{"yes", data::Header::yes}, {"no", data::Header::no}},
             "whether the first of two-column pairs of ids is a header (default: as --header)");
  app.input("--with", with_file, "CSV file that j is of, with i of the first (default: both of one file)");
  app.input("-m,--model", model_file, "model whose distance is meant (default: Euclidean)");
}

void PairInput::read_model() {
  if (model_file) model_ = cli::read_model(app_, *model_file);
}

void PairInput::read_pairs(data::Answers answers) {
  if (!pairs_file) throw UsageError("--pairs FILE is missing");
  first_ = model_file ? input_.read(file, learned_columns(model_)) : input_.read(file);
  if (with_file) second_ = input_.read_like(*with_file, first_, data::LabelUse::optional);
  if (!model_file) {
    model_.metric = metric::Metric::euclidean(first_.X.cols());
    record_source(model_, first_.columns, first_.fill, {});
  }
  app_.about_to_read(*pairs_file);
  const data::RowNames a(first_), b(with_file ? second_ : first_);
  list_ = data::read_pairs(*pairs_file, a, with_file ? b : a, answers,
                           pairs_header_ == data::Header::guess ? input_.request.header : pairs_header_,
                           input_.companion());
  A_ = model_.transform(first_.X, app_.threads());
  if (with_file) B_ = model_.transform(second_.X, app_.threads());
}

}  // namespace maha::cli
