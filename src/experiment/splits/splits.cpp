#include "experiment/splits/splits.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "core/checksum.hpp"
#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "data/table/labels.hpp"
#include "eval/knn/confusion.hpp"
#include "eval/statistics/folds.hpp"
#include "io/input.hpp"

namespace maha::experiment {
namespace {

constexpr const char* kBlanks = " \t\r";
constexpr double kRunBytes = 256;  // of its result, at least

data::ColumnRequest columns_of(const DataSet& set) {
  data::ColumnRequest request;
  request.label = set.target ? set.target : set.label;
  request.target = set.target.has_value();
  request.drop = set.drop;
  request.header = set.header;
  request.id = set.fold_column;  // kept apart from the features, as text
  return request;
}

data::ReadOptions format_of(const DataSet& set) {
  data::ReadOptions format;
  format.dialect = set.dialect;
  format.missing = set.missing == data::MissingField::fill ? data::MissingField::keep : set.missing;
  return format;
}

/// The bits of the numbers and classes, in the order of the rows.
void add(const data::Table& table, Checksum& checksum) {
  for (Index i = 0; i < table.rows(); ++i) {
    for (Index j = 0; j < table.X.cols(); ++j) checksum.add_number(table.X(i, j));
    if (table.labeled()) {
      checksum.add(static_cast<std::uint64_t>(table.y[static_cast<std::size_t>(i)]));
    } else {
      checksum.add_number(table.target[i]);
    }
  }
}

/// The lines of a text without blanks at their ends; blank ones and comments are passed over.
std::vector<std::string> lines_of(const std::string& text, const std::string& comment) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string::npos) continue;
    if (!comment.empty() && line.compare(first, comment.size(), comment) == 0) continue;
    lines.push_back(line.substr(first, line.find_last_not_of(kBlanks) + 1 - first));
  }
  return lines;
}

}  // namespace

/// What reads the files of a data set.
class SplitData::Reader {
 public:
  Reader(const DataSet& data_set, const Threads& threads, const Reporter& reporter)
      : set(data_set), threads_(threads), reporter_(reporter) {}

  const DataSet& set;

  data::Table table(const std::string& path, const data::ColumnRequest& request) const {
    reporter_.about_to_read(path);
    data::Table table = data::read_table(path, request, format_of(set), threads_);
    reporter_.was_read(table);
    return table;
  }

  std::string text(const std::string& path) const {
    reporter_.about_to_read(path);
    return io::read_all(path);
  }

 private:
  const Threads& threads_;
  const Reporter& reporter_;
};

SplitData::SplitData(const DataSet& set, const Protocol& protocol, const Threads& threads, const Reporter& reporter)
    : fills_(set.missing == data::MissingField::fill) {
  const Reader reader(set, threads, reporter);
  if (set.parts.empty()) {
    read_whole(reader, protocol);
  } else {
    read_parts(reader);
  }
  count_rows();
  sum_runs();
  warn_of_unseen_labels(reporter);
}

void SplitData::count_rows() {
  for (std::size_t r = 0; r < facts_.runs.size(); ++r) {
    RunName& run = facts_.runs[r];
    const bool whole = given_.empty();
    run.test_rows = whole ? std::count(is_test_[r].begin(), is_test_[r].end(), 1) : given_[r]->test.rows();
    run.train_rows = whole ? whole_.rows() - run.test_rows : given_[r]->train.rows();
  }
}

void SplitData::sum_runs() {
  Checksum whole;
  whole.add({facts_.checksum});
  whole.add(whole_.columns.feature_names());
  whole.add(whole_.classes);
  for (std::size_t r = 0; r < facts_.runs.size(); ++r) {
    Checksum checksum = whole;
    if (given_.empty()) {
      for (const int part : is_test_[r]) checksum.add_byte(static_cast<std::uint64_t>(part));
    } else {
      checksum = {};
      for (const data::Table* part : {&given_[r]->train, &given_[r]->test}) {
        checksum.add(static_cast<std::uint64_t>(part->rows()));
        add(*part, checksum);
        checksum.add(part->columns.feature_names());
        checksum.add(part->classes);
      }
    }
    facts_.runs[r].checksum = checksum.text();
  }
}

void SplitData::read_whole(const Reader& reader, const Protocol& protocol) {
  const DataSet& set = reader.set;
  whole_ = reader.table(set.file, columns_of(set));
  Checksum checksum;
  add(whole_, checksum);
  facts_ = {whole_.rows(), whole_.X.cols(), static_cast<Index>(whole_.classes.size()), checksum.text(), {}};
  if (set.fold_column || set.folds_file) {
    data::LabelCoder coder;
    std::vector<int> fold_of;
    for (const std::string& fold : published_folds(reader)) fold_of.push_back(coder.encode(fold));
    coder.sort({&fold_of});
    if (coder.classes().size() < 2) throw InputError(whole_.name + ": there is only one fold");
    for (std::size_t fold = 0; fold < coder.classes().size(); ++fold) {
      is_test_.push_back(eval::fold_as_test(fold_of, static_cast<Index>(fold)));
      facts_.runs.push_back({1, coder.classes()[fold]});
    }
    return;
  }
  try {
    cut_whole(protocol);
  } catch (const InputError& e) {
    throw InputError(whole_.name + ": " + e.what());
  }
}

void SplitData::cut_whole(const Protocol& protocol) {
  const double runs = static_cast<double>(protocol.repeats) * static_cast<double>(protocol.test ? 1 : protocol.folds);
  require_memory(runs * (kRunBytes + static_cast<double>(whole_.rows()) * sizeof(int)),
                 "an experiment of so many runs");
  const Labels strata = strata_of(whole_);
  for (Index repeat = 1; repeat <= protocol.repeats; ++repeat) {
    const std::uint64_t seed = protocol.seed + static_cast<std::uint64_t>(repeat - 1);
    if (protocol.test) {
      is_test_.push_back(eval::stratified_hold_out(strata, *protocol.test, seed));
      facts_.runs.push_back({repeat, ""});
      continue;
    }
    const std::vector<int> fold_of = eval::stratified_folds(strata, protocol.folds, seed);
    for (Index fold = 0; fold < protocol.folds; ++fold) {
      is_test_.push_back(eval::fold_as_test(fold_of, fold));
      facts_.runs.push_back({repeat, std::to_string(fold + 1)});
    }
  }
}

std::vector<std::string> SplitData::published_folds(const Reader& reader) const {
  const DataSet& set = reader.set;
  if (set.fold_column) {
    const auto none = std::find(whole_.ids.begin(), whole_.ids.end(), "");
    if (none == whole_.ids.end()) return whole_.ids;
    const Index row = whole_.row[static_cast<std::size_t>(none - whole_.ids.begin())];
    throw InputError(whole_.name + ": row " + std::to_string(row) + " has no fold in column " +
                     shown(*set.fold_column));
  }
  const std::vector<std::string> lines = lines_of(reader.text(*set.folds_file), set.dialect.comment);
  if (static_cast<Index>(lines.size()) != whole_.rows_read) {
    throw InputError(io::input_name(*set.folds_file) + ": has " + counted(lines.size(), "fold") + " for the " +
                     counted(whole_.rows_read, "row") + " of " + whole_.name);
  }
  std::vector<std::string> folds;
  for (const Index row : whole_.row) folds.push_back(lines[static_cast<std::size_t>(row - 1)]);
  return folds;
}

void SplitData::read_parts(const Reader& reader) {
  Checksum checksum;
  const data::ColumnRequest request = columns_of(reader.set);
  for (const auto& [train_file, test_file] : reader.set.parts) {
    data::Table train = reader.table(train_file, request);
    data::Table test = reader.table(test_file, request.following(train.columns));
    add(train, checksum);
    add(test, checksum);
    facts_.rows = std::max(facts_.rows, train.rows() + test.rows());
    facts_.classes = std::max(facts_.classes, static_cast<Index>(train.classes.size()));
    facts_.features = train.X.cols();
    given_.push_back(std::make_shared<const Split>(std::move(train), std::move(test)));
    facts_.runs.push_back({static_cast<Index>(given_.size()), ""});
  }
  facts_.checksum = checksum.text();
}

/// The labels that a run asks about and has never seen.
std::vector<std::string> SplitData::unseen_in(std::size_t run) const {
  std::vector<std::string> unseen;
  if (!given_.empty()) {
    const std::vector<std::string>&seen = given_[run]->train.classes, &tested = given_[run]->test.classes;
    std::copy_if(tested.begin(), tested.end(), std::back_inserter(unseen),
                 [&](const std::string& name) { return std::find(seen.begin(), seen.end(), name) == seen.end(); });
    return unseen;
  }
  Labels labels[2];
  for (std::size_t i = 0; i < whole_.y.size(); ++i) labels[is_test_[run][i]].push_back(whole_.y[i]);
  for (const int c : eval::unseen_classes(labels[0], labels[1], static_cast<int>(whole_.classes.size()))) {
    unseen.push_back(whole_.classes[static_cast<std::size_t>(c)]);
  }
  return unseen;
}

void SplitData::warn_of_unseen_labels(const Reporter& reporter) const {
  std::set<std::string> names;
  int runs = 0;
  for (std::size_t run = 0; run < facts_.runs.size(); ++run) {
    const std::vector<std::string> unseen = unseen_in(run);
    names.insert(unseen.begin(), unseen.end());
    runs += !unseen.empty();
  }
  if (names.empty()) return;
  reporter.warn((given_.empty() ? whole_ : given_.front()->test).name +
                ": labels never seen in training count as errors: " + listing({names.begin(), names.end()}) +
                (runs > 1 ? " (" + std::to_string(runs) + " runs)" : ""));
}

data::Table SplitData::filled() const {
  data::Table table = whole_;
  if (fills_) data::fill_missing(table);
  return table;
}

std::shared_ptr<const Split> SplitData::split(Index run) const {
  const auto at = static_cast<std::size_t>(run);
  if (given_.empty()) {
    const auto make = fills_ ? cut_and_fill : cut;
    return std::make_shared<const Split>(make(whole_, is_test_[at]));
  }
  if (!fills_) return given_[at];
  return std::make_shared<const Split>(fill_both(given_[at]->train, given_[at]->test));
}

}  // namespace maha::experiment
