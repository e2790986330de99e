#include "cli/csv_input.hpp"

#include <set>

#include "cli/dialect_options.hpp"
#include "core/error.hpp"
#include "core/names.hpp"
#include "core/text.hpp"
#include "data/columns/column_doubts.hpp"
#include "data/columns/labels.hpp"
#include "data/formats.hpp"
#include "data/io/words.hpp"

namespace maha::cli {

CsvInput::CsvInput(App& app, Options& options, LabelUse labels, FeatureUse features) : app_(app) {
  request.labels = labels;
  request.feature_use = features;
  options.option("--label", request.label, "label column, by name or number (default: the last)", "COLUMN");
  if (labels == LabelUse::optional) options.flag("--unlabeled", request.unlabeled, "there is no label column");
  options.option("--id", request.id, "column carried through to the output, never a feature", "COLUMN");
  options.option("--drop", request.drop, "columns to leave out, by name or number, negative from the end",
                 "COLUMN,...");
  dialect_options(options, dialect_);
  options.choice("--header", request.header, {{"yes", Header::yes}, {"no", Header::no}},
                 "whether the first line is a header (default: found out)");
  options.flag(
      "-n",
      [this] {
        if (request.header == Header::yes) throw UsageError("-n and --header yes contradict each other");
        request.header = Header::no;
      },
      "short for --header no");
  if (features == FeatureUse::none) {
    options.choice("--missing", missing_, {{"error", MissingField::error}, {"skip", MissingField::skip_row}},
                   "what a row without its label gets: an error, or it is skipped");
  } else {
    options.choice("--missing", missing_, kMissingWords,
                   "what a missing value gets: an error, its row skipped, its column's mean");
  }
  options.option("--na", dialect_.na,
                 "what stands for a missing value, as an empty field does (default: " + join(dialect_.na, " ") + ")",
                 "TEXT,...");
}

CsvDialect CsvInput::companion() const {
  CsvDialect dialect;
  dialect.comment = dialect_.comment;
  return dialect;
}

Table CsvInput::read(const std::string& path) { return read(path, request, {}); }

std::unique_ptr<RowSource> CsvInput::open(const std::string& path, bool keep_records) {
  return open(path, request, {}, keep_records);
}

Table CsvInput::read(const std::string& path, const LearnedColumns& model) {
  return read(path, for_model(model), model.fill);
}

std::unique_ptr<RowSource> CsvInput::open(const std::string& path, const LearnedColumns& model, bool keep_records) {
  return open(path, for_model(model), model.fill, keep_records);
}

Table CsvInput::read_like(const std::string& path, const Table& first, LabelUse labels) {
  return read(path, for_second(first, labels), first.fill);
}

std::unique_ptr<RowSource> CsvInput::open_like(const std::string& path, const Table& first, LabelUse labels,
                                               bool keep_records) {
  return open(path, for_second(first, labels), first.fill, keep_records);
}

ColumnRequest CsvInput::for_model(const LearnedColumns& model) const {
  ColumnRequest wanted = request;
  wanted.features = model.features;
  wanted.dims = model.dims;
  wanted.source = model.source;
  if (!model.label.empty()) wanted.model_label = model.label;
  return wanted;
}

ColumnRequest CsvInput::for_second(const Table& first, LabelUse labels) const {
  ColumnRequest wanted = request.following(first.columns);
  wanted.labels = labels;
  wanted.source = first.name;
  return wanted;
}

void CsvInput::about_to_read(const std::string& path) {
  if (request.label && request.unlabeled) throw UsageError("--label and --unlabeled contradict each other");
  check(dialect_);
  app_.about_to_read(path);
}

/// A fill that is known, from a model or a first file, is used unless the user says otherwise.
ReadOptions CsvInput::options_for(const Vector& fill, bool keep_records) const {
  ReadOptions options;
  options.dialect = dialect_;
  options.missing = missing_.value_or(fill.size() > 0 ? MissingField::fill : MissingField::error);
  options.fill = fill;
  options.keep_records = keep_records;
  return options;
}

Table CsvInput::read(const std::string& path, const ColumnRequest& wanted, const Vector& fill) {
  about_to_read(path);
  Table table = read_table(path, wanted, options_for(fill, false), app_.threads());
  say_of_columns(app_, table.name, table.columns);
  say_doubts(app_, table);
  app_.detail(
      table.name + ": " + std::to_string(table.rows()) + " rows of " + std::to_string(table.X.cols()) + " features" +
      (table.labeled()
           ? ", " + std::to_string(table.classes.size()) + " classes in " + table.columns.describe(*table.columns.label)
           : std::string(", no label")));
  warn_of_skipped(app_, table.name, table.rows(), table.rows_read);
  return table;
}

std::unique_ptr<RowSource> CsvInput::open(const std::string& path, const ColumnRequest& wanted, const Vector& fill,
                                          bool keep_records) {
  about_to_read(path);
  std::unique_ptr<RowSource> source = open_rows(path, wanted, options_for(fill, keep_records), app_.threads());
  say_of_columns(app_, source->name(), source->columns());
  return source;
}

void say_of_columns(const App& app, const std::string& name, const Columns& columns) {
  for (const std::string& warning : columns.warnings) app.warn(warning);
  for (const std::string& note : columns.notes) app.note(note);
  if (!columns.ignored.empty()) app.note(name + ": columns not used: " + listing(columns.ignored));
}

void say_doubts(const App& app, const Table& table) {
  ColumnDoubts doubts(table.columns);
  doubts.add(table.X, table.row);
  for (const std::string& warning : doubts.warnings(table.classes.size(), table.name)) app.warn(warning);
}

void say_doubts(const App& app, const Records& records) {
  ColumnDoubts doubts(records.columns);
  doubts.add(static_cast<Index>(records.text.size()));
  const std::set<int> classes(records.label.begin(), records.label.end());
  for (const std::string& warning : doubts.warnings(classes.size(), records.name)) app.warn(warning);
}

void require_two_classes(const Table& table) {
  if (table.classes.size() != 1) return;
  throw InputError(table.name + ": all " + std::to_string(table.rows()) + " rows are of one class, " +
                   in_quotes(table.classes.front()) + ": there is no dissimilar pair");
}

void warn_of_skipped(const App& app, const std::string& name, Index used, Index read) {
  if (used == read) return;
  app.warn(name + ": " + std::to_string(read - used) + " of " + std::to_string(read) +
           " rows skipped for missing values");
}

NextRows labeled_rows(const App& app, RowSource& source) {
  return [&app, &source, doubts = ColumnDoubts(source.columns()), coder = LabelCoder(), read = Index{0},
          used = Index{0}](Matrix& X, Labels& y) mutable {
    RowBlock block;
    if (!source.next(block)) {
      if (used == 0) throw InputError(source.name() + ": no usable row");
      for (const std::string& warning : doubts.warnings(coder.classes().size(), source.name())) app.warn(warning);
      warn_of_skipped(app, source.name(), used, read);
      return false;
    }
    read += block.rows_read;
    used += block.X.rows();
    doubts.add(block.X, block.row);
    X = std::move(block.X);
    y.clear();
    for (const std::string& label : block.labels) y.push_back(coder.encode(label));
    return true;
  };
}

}  // namespace maha::cli
