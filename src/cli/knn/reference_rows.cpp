#include "cli/knn/reference_rows.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/reports/knn_report.hpp"
#include "neighbors/kernels/choice.hpp"

namespace maha::cli {

ReferenceRows::ReferenceRows(App& app, CsvInput& input) : app_(app), input_(input), distance_(with_train(app)) {}

/// --train stands before the options of the distance.
App& ReferenceRows::with_train(App& app) {
  app.rows("--train", train_path_, "CSV file of the rows to search");
  app.require("--train");
  return app;
}

data::Table ReferenceRows::read(const std::string& other) {
  distance_.check();
  neighbors::kernel_asked_for();
  app_.check_inputs({train_path_, model_name(), other});
  distance_.read_model();
  const bool classes = input_.request.labels == data::LabelUse::required && !input_.request.target;
  if (classes && !input_.request.label && model() && model()->target) {
    throw InputError(model()->source + ": learned for the target " + in_quotes(*model()->target) +
                     ": --regress, or --label COLUMN for classes");
  }
  return distance_.read(input_, train_path_);
}

data::Table ReferenceRows::read_test(const std::string& path, data::Table& train) {
  data::Table test = input_.read_like(path, train, data::LabelUse::required);
  if (!train.labeled()) return test;
  data::share_classes(train, test);
  if (const std::string unseen = data::unseen_labels(train, test); !unseen.empty()) app_.warn(unseen);
  return test;
}

neighbors::DealtIndex ReferenceRows::index(data::Table& train) const {
  if (app_.ranks().is_alone()) return {map(train), train.rows(), app_.ranks(), app_.threads()};
  const Deal deal(app_.ranks());
  std::vector<Index> row;
  for (Index i = 0; i < train.X.rows(); ++i) row.push_back(train.row[static_cast<std::size_t>(deal.number(i))]);
  return {map(std::move(train.X), row, train.name), train.rows(), app_.ranks(), app_.threads()};
}

SharedRows ReferenceRows::map(data::Table& table) const { return map(std::move(table.X), table.row, table.name); }

SharedRows ReferenceRows::map(SharedRows X, const std::vector<Index>& row, const std::string& file) const {
  if (!model() && !distance_.scaling().any()) return X;
  Matrix Z = model() ? model()->transform(X, app_.threads()) : distance_.preprocessing().apply(X, app_.threads());
  for (Index i = 0; i < Z.rows(); ++i) {
    if (Z.row(i).allFinite()) continue;
    throw InputError(file + ": row " + std::to_string(row[static_cast<std::size_t>(i)]) +
                     ": its coordinates are too large for numbers: they overflow");
  }
  return Z;
}

void ReferenceRows::stream(const std::string& path, const data::Table& train, bool keep_records,
                           const std::function<void(const data::RowSource&, const data::RowBlock&)>& use) {
  const std::unique_ptr<data::RowSource> source = input_.open_like(path, train, data::LabelUse::unused, keep_records);
  Index read = 0, used = 0;
  for (data::RowBlock block; source->next(block);) {
    read += block.rows_read;
    used += block.X.rows();
    block.X = map(std::move(block.X), block.row, source->name()).release();
    use(*source, block);
  }
  if (used == 0) throw InputError(source->name() + ": has no usable row");
  warn_of_skipped(app_, source->name(), used, read);
}

Matrix ReferenceRows::as_learned(const MatrixRef& X) const {
  const prepare::PreprocessingOptions options = model() ? preprocessing_of(*model()) : distance_.scaling();
  return prepare::fit_preprocessing(X, options, app_.threads()).apply(X, app_.threads());
}

std::optional<std::string> ReferenceRows::algorithm() const { return model() ? model()->algorithm : "euclidean"; }

Report ReferenceRows::parameters() const {
  return model() ? model()->parameters : preprocessing_report(distance_.scaling());
}

void ReferenceRows::note_same_rows(const data::Table& train) const {
  if (!model() || model()->rows != train.rows()) return;
  app_.note(model()->source + ": learned from " + std::to_string(train.rows()) +
            " rows too; if from these, leave-one-out flatters it: judge it by rows that it has not seen");
}

void ReferenceRows::check_k(Index k) {
  if (k < 1) throw UsageError("-k,--neighbors: k = " + std::to_string(k) + " must be at least 1");
}

void ReferenceRows::check_k(Index k, const data::Table& train, bool leave_one_out) {
  const Index most = train.rows() - (leave_one_out ? 1 : 0);
  if (k <= most) return;
  throw InputError(train.name + ": k = " + std::to_string(k) + " is more than the number of " +
                   (leave_one_out ? "other rows, " : "rows, ") + std::to_string(most));
}

}  // namespace maha::cli
