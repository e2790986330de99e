#include "cli/inputs/csv_input.hpp"

#include <algorithm>
#include <set>

#include "cli/inputs/dialect_options.hpp"
#include "cli/installation.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"
#include "data/columns/column_doubts.hpp"
#include "data/columns/input_errors.hpp"
#include "data/formats.hpp"
#include "data/label_file.hpp"
#include "data/rows/compared_rows.hpp"
#include "data/rows/labelled_rows.hpp"
#include "data/table/doubtful_labels.hpp"
#include "data/table/labels.hpp"
#include "data/words.hpp"
#include "io/input.hpp"

namespace maha::cli {

CsvInput::CsvInput(App& app, Options& options, data::LabelUse labels, data::FeatureUse features, Asked asked,
                   LabelFiles label_files)
    : app_(app), most_label_files_(label_files == LabelFiles::two ? 2 : 1) {
  request.labels = labels;
  request.feature_use = features;
  if (asked != Asked::target)
    options.column("--label", request.label, "label column, by name or number (default: the last)");
  if (asked != Asked::label) {
    const std::string where = asked == Asked::target ? " (default: the last)" : ", in place of a label";
    options.column("--target", target_, "column of the numbers to predict, by name or number" + where);
  }
  if (labels == data::LabelUse::optional && asked != Asked::target)
    options.flag("--unlabeled", request.unlabeled, "there is no label column");
  const bool two = label_files == LabelFiles::two;
  if (label_files != LabelFiles::none)
    options.option(
        "--labels", label_files_,
        std::string("file of the labels, in place of a column") + (two ? "; behind a comma, of the second file" : ""),
        two ? "FILE[,FILE]" : "FILE", Takes::input);
  options.column("--id", request.id, "column carried through to the output, never a feature");
  options.columns("--drop", request.drop, "columns to leave out, by name or number, negative from the end");
  options.columns_by([this](const std::string& path) { return column_names(path); });
  dialect_options(options, dialect_);
  options.choice("--header", request.header, {{"yes", data::Header::yes}, {"no", data::Header::no}},
                 "whether the first line is a header (default: found out)");
  options.flag(
      "-n",
      [this] {
        if (request.header == data::Header::yes) throw UsageError("-n and --header yes contradict each other");
        request.header = data::Header::no;
      },
      "short for --header no");
  if (features == data::FeatureUse::none) {
    options.choice("--missing", missing_,
                   {{"error", data::MissingField::error}, {"skip", data::MissingField::skip_row}},
                   "what a row without its label gets: an error, or it is skipped");
  } else {
    options.choice("--missing", missing_, data::kMissingWords,
                   "what a missing value gets: an error, its row skipped, its column's mean");
  }
  options.option("--na", dialect_.na,
                 "what stands for a missing value, as an empty field does (default: " + join(dialect_.na, " ") + ")",
                 "TEXT,...");
}

void CsvInput::want_target() {
  if (request.label) throw UsageError("--label names classes, where numbers are to be predicted: --target");
  if (request.unlabeled) throw UsageError("--unlabeled: there must be a target");
  request.target = true;
  request.label = target_;
  request.labels = data::LabelUse::required;
}

std::vector<std::string> CsvInput::column_names(const std::string& path) const {
  data::ColumnRequest all;
  all.header = request.header;
  all.labels = data::LabelUse::unused;
  all.asks_for_label = false;
  all.feature_use = data::FeatureUse::none;
  const data::Columns columns = data::open_rows(path, all, options_for({}, false))->columns();
  std::vector<std::string> names = columns.names;
  for (std::size_t i = names.size(); i < columns.count; ++i) names.push_back(std::to_string(i + 1));
  return names;
}

data::CsvDialect CsvInput::companion() const {
  data::CsvDialect dialect;
  dialect.comment = dialect_.comment;
  return dialect;
}

data::Table CsvInput::read(const std::string& path, const std::optional<Deal>& deal) {
  return read(path, request, {}, Which::first, deal);
}

std::unique_ptr<data::RowSource> CsvInput::open(const std::string& path, bool keep_records) {
  return open(path, request, {}, keep_records, Which::first);
}

data::Table CsvInput::read(const std::string& path, const data::LearnedColumns& model,
                           const std::optional<Deal>& deal) {
  return read(path, for_model(model), model.fill, Which::first, deal);
}

std::unique_ptr<data::RowSource> CsvInput::open(const std::string& path, const data::LearnedColumns& model,
                                                bool keep_records) {
  return open(path, for_model(model), model.fill, keep_records, Which::first);
}

data::Table CsvInput::read_like(const std::string& path, const data::Table& first, data::LabelUse labels) {
  return read(path, for_second(first, labels), first.fill, Which::second);
}

std::unique_ptr<data::RowSource> CsvInput::open_like(const std::string& path, const data::Table& first,
                                                     data::LabelUse labels, bool keep_records) {
  return open(path, for_second(first, labels), first.fill, keep_records, Which::second);
}

data::ColumnRequest CsvInput::for_model(const data::LearnedColumns& model) const {
  data::ColumnRequest wanted = request;
  wanted.features = model.features;
  wanted.dims = model.dims;
  wanted.source = model.source;
  if (!model.label.empty()) wanted.model_label = model.label;
  return wanted;
}

data::ColumnRequest CsvInput::for_second(const data::Table& first, data::LabelUse labels) const {
  data::ColumnRequest wanted = request.following(first.columns);
  wanted.labels = labels;
  wanted.source = first.name;
  return wanted;
}

void CsvInput::about_to_read(const std::string& path) {
  if (request.label && request.unlabeled) throw UsageError("--label and --unlabeled contradict each other");
  check_label_files();
  data::check(dialect_);
  app_.about_to_read(path);
}

/// A fill that is known, from a model or a first file, is used unless the user says otherwise.
data::ReadOptions CsvInput::options_for(const Vector& fill, bool keep_records) const {
  data::ReadOptions options;
  options.dialect = dialect_;
  options.missing = missing_.value_or(fill.size() > 0 ? data::MissingField::fill : data::MissingField::error);
  options.fill = fill;
  options.keep_records = keep_records;
  return options;
}

void CsvInput::refuse_second_labels() const {
  if (label_files_.size() > 1)
    throw UsageError("--labels: " + in_quotes(label_files_[1]) + " is of a second file of rows, and there is none");
}

void CsvInput::check_label_files() const {
  if (std::ranges::count(label_files_, "") > 0) throw UsageError("--labels: a file without a name");
  if (most_label_files_ == 1 && label_files_.size() > 1)
    throw UsageError("--labels takes one file here: " + in_quotes(label_files_[1]) + " is one too many");
  if (label_files_.size() > 2) throw UsageError("--labels takes a file, or two: of the first file and of the second");
  if (label_files_.empty()) return;
  const char* other = request.label       ? (request.target ? "--target" : "--label")
                      : request.unlabeled ? "--unlabeled"
                                          : "";
  if (*other) throw UsageError(std::string("--labels and ") + other + " contradict each other");
}

/// Where the labels are, if in a file of their own.
const std::string* CsvInput::label_file(Which which) const {
  const std::size_t place = which == Which::first ? 0 : 1;
  return place < label_files_.size() ? &label_files_[place] : nullptr;
}

/// A file with its labels, wherever they are. What is wrong with it is told with the command line that may be meant.
std::unique_ptr<data::RowSource> CsvInput::open(const std::string& path, const data::ColumnRequest& wanted,
                                                const data::ReadOptions& options, Which which) {
  try {
    std::unique_ptr<data::RowSource> rows = open_labelled(path, wanted, options, which);
    if (app_.ranks().is_alone()) return rows;
    const std::string* const labels = label_file(which);
    const std::string files = rows->name() + (labels ? " with " + io::input_name(*labels) : "");
    return std::make_unique<data::ComparedRows>(std::move(rows), files, app_.ranks());
  } catch (const data::NoRecords& e) {
    throw InputError(std::string(e.what()) + ": " + app_.after_convert(path));
  } catch (const data::NoLabel& e) {
    if (which == Which::first || label_files_.size() != 1) throw;
    throw InputError(io::input_name(path) +
                     ": has no label column, and --labels names a file for the first rows alone: "
                     "--labels " +
                     shell_word(label_files_[0]) + ",FILE");
  } catch (const data::NothingThere& e) {
    throw InputError(e.what() + (path == "-" && which == Which::second && !app_.without_file().empty()
                                     ? ": name a file, or pipe data in" + app_.without_file()
                                     : ""));
  }
}

std::unique_ptr<data::RowSource> CsvInput::open_labelled(const std::string& path, const data::ColumnRequest& wanted,
                                                         const data::ReadOptions& options, Which which) {
  const std::string* const labels = label_file(which);
  if (labels) app_.check_inputs({path, *labels});
  about_to_read(path);
  if (!labels) return data::open_rows(path, wanted, options, app_.threads());
  app_.about_to_read(*labels);
  data::ColumnRequest rows = wanted;
  rows.labels = data::LabelUse::optional;
  rows.unlabeled = true;
  rows.label.reset();
  rows.model_label.reset();
  rows.target = false;
  data::CsvDialect dialect = companion();
  dialect.decimal = dialect_.decimal;
  dialect.na = dialect_.na;
  return std::make_unique<data::LabelledRows>(
      data::open_rows(path, rows, options, app_.threads()),
      data::open_labels(*labels, wanted.target, options.missing, dialect, app_.threads()));
}

data::Table CsvInput::read(const std::string& path, const data::ColumnRequest& wanted, const Vector& fill, Which which,
                           const std::optional<Deal>& deal) {
  data::ReadOptions options = options_for(fill, false);
  options.deal = deal;
  const std::unique_ptr<data::RowSource> source = open(path, wanted, options, which);
  data::ColumnDoubts doubts(source->columns());
  const auto keep_own = [&, first = Index{0}](data::RowBlock& block) mutable {
    if (!block.is_dealt) {
      doubts.add(block.X, block.row);
      deal->keep_own(block.X, first);
    }
    first += std::ssize(block.row);
  };
  data::Table table = data::read_table(*source, options, deal ? data::BlockFn(keep_own) : data::BlockFn());
  if (!deal) doubts.add(table.X, table.row);
  say_of_columns(app_, table.name, table.columns);
  for (const std::string& warning : doubts.warnings(table.classes.size(), table.name)) app_.warn(warning);
  const std::string classes = table.labeled() ? counted(table.classes.size(), "class", "classes") : "the target";
  app_.detail(table.name + ": " + counted(table.rows(), "row") + " of " + counted(table.X.cols(), "feature") +
              (table.columns.label ? ", " + classes + " in " + table.columns.describe(*table.columns.label)
                                   : std::string(", no label")));
  warn_of_skipped(app_, table.name, table.rows(), table.rows_read);
  return table;
}

std::unique_ptr<data::RowSource> CsvInput::open(const std::string& path, const data::ColumnRequest& wanted,
                                                const Vector& fill, bool keep_records, Which which) {
  std::unique_ptr<data::RowSource> source = open(path, wanted, options_for(fill, keep_records), which);
  say_of_columns(app_, source->name(), source->columns());
  return source;
}

void say_of_columns(const App& app, const std::string& name, const data::Columns& columns) {
  for (const std::string& warning : columns.warnings) app.warn(warning);
  for (const std::string& note : columns.notes) app.note(note);
  if (!columns.ignored.empty()) app.note(name + ": columns not used: " + listing(columns.ignored));
}

void say_doubts(const App& app, const data::Table& table) {
  data::ColumnDoubts doubts(table.columns);
  doubts.add(table.X, table.row);
  for (const std::string& warning : doubts.warnings(table.classes.size(), table.name)) app.warn(warning);
}

void say_doubts(const App& app, const data::Records& records) {
  data::ColumnDoubts doubts(records.columns);
  doubts.add(static_cast<Index>(records.text.size()));
  for (const std::string& warning : records.label_doubts) app.warn(warning);
  const std::set<int> classes(records.label.begin(), records.label.end());
  for (const std::string& warning : doubts.warnings(classes.size(), records.name)) app.warn(warning);
}

void require_two_classes(const data::Table& table, const std::string& lacking) {
  if (table.classes.size() != 1) return;
  throw InputError(table.name +
                   (table.rows() == 1 ? ": its one row is" : ": all " + std::to_string(table.rows()) + " rows are") +
                   " of one class, " + in_quotes(table.classes.front()) + ": there is " + lacking);
}

void warn_of_skipped(const App& app, const std::string& name, Index used, Index read) {
  if (used == read) return;
  app.warn(name + ": " + std::to_string(read - used) + " of " + counted(read, "row") + " skipped for missing values");
}

void warn_of_skipped(const App& app, const std::string& name, Index skipped) {
  if (skipped > 0) app.warn(name + ": " + counted(skipped, "row") + " skipped for missing values");
}

NextRows labeled_rows(const App& app, data::RowSource& source, const data::CsvDialect& dialect,
                      std::vector<std::string>* classes) {
  source.check_room(source.columns().dims());  // fits hold no more rows than features
  return [&app, &source, dialect, classes, doubts = data::ColumnDoubts(source.columns()), coder = data::LabelCoder(),
          rows_of = std::vector<Index>(), read = Index{0}, used = Index{0}](Matrix& X, Labels& y) mutable {
    data::RowBlock block;
    if (!source.next(block)) {
      if (used == 0) throw InputError(source.name() + ": no usable row");
      for (const std::string& warning : doubts.warnings(coder.classes().size(), source.name())) app.warn(warning);
      for (const std::string& warning : data::doubtful_labels(coder.classes(), rows_of, dialect, source.name()))
        app.warn(warning);
      warn_of_skipped(app, source.name(), used, read);
      if (classes) *classes = coder.classes();
      return false;
    }
    read += block.rows_read;
    used += block.X.rows();
    doubts.add(block.X, block.row);
    X = std::move(block.X);
    y.clear();
    for (const std::string& label : block.labels) y.push_back(coder.encode(label));
    rows_of.resize(coder.classes().size());
    for (const int c : y) ++rows_of[static_cast<std::size_t>(c)];
    return true;
  };
}

}  // namespace maha::cli
