#include "data/libsvm/rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/text/blanks.hpp"
#include "core/text/byte_order_mark.hpp"
#include "core/text/characters.hpp"
#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/scan_number.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

/// Rows are dense in memory: with more, few of them would fit.
constexpr Index kMostFeatures = Index{1} << 21;

/// The line without its comment and the blanks around it.
std::string_view content(std::string_view line) { return trimmed(line.substr(0, line.find('#'))); }

std::string_view next_word(std::string_view& line) {
  std::size_t end = 0;
  while (end < line.size() && !is_gap(line[end])) ++end;
  const std::string_view word = line.substr(0, end);
  while (end < line.size() && is_gap(line[end])) ++end;
  line.remove_prefix(end);
  return word;
}

/// Labels are numbers here: +1 and 1 are one.
std::string label_text(std::string_view word) {
  double number = 0;
  return parse_number(word, number) && std::isfinite(number) ? format_number(number) : std::string(word);
}

/// Whether a word was meant for `index:value`, right or wrong. A time of day, 12:30:15, was not.
bool is_like_an_entry(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == 0 || colon == std::string_view::npos || word.find(':', colon + 1) != std::string_view::npos)
    return false;
  return word.substr(0, colon) == "qid" || whole_number(word.substr(0, colon));
}

enum class Looks { other, label_alone, row };

/// By most of its words: what is wrong with the rest is told by who reads it. `whole`: the line is not cut off.
Looks look_of(std::string_view line, bool whole) {
  double number = 0;
  const std::string_view label = next_word(line);
  if (!parse_number(label.substr(0, label.find(',')), number)) return Looks::other;
  if (line.empty()) return Looks::label_alone;
  int entries = 0, others = 0;
  while (!line.empty()) {
    const std::string_view word = next_word(line);
    if (line.empty() && !whole && entries > 0) break;
    ++(is_like_an_entry(word) ? entries : others);
  }
  return entries > others ? Looks::row : Looks::other;
}

}  // namespace

/// By the first row that is not empty.
bool is_libsvm(std::string_view start) {
  start.remove_prefix(byte_order_mark(start));
  while (!start.empty()) {
    const std::size_t end = start.find('\n');
    const std::string_view line = content(start.substr(0, end));
    const Looks looks = line.empty() ? Looks::label_alone : look_of(line, end != std::string_view::npos);
    if (looks != Looks::label_alone) return looks == Looks::row;
    start.remove_prefix(end == std::string_view::npos ? start.size() : end + 1);
  }
  return false;
}

LibsvmRows::LibsvmRows(std::unique_ptr<io::Input> input, const ColumnRequest& request, const ReadOptions& options,
                       const Threads&)
    : input_(std::move(input)),
      block_size_(std::max<std::size_t>(options.block_size, 1)),
      columns_(decide_columns(request, options)),
      slots_(columns_.count, -1),
      filter_(columns_, options) {
  for (std::size_t slot = 0; slot < columns_.features.size(); ++slot) {
    slots_[columns_.features[slot]] = static_cast<Index>(slot);
  }
}

void LibsvmRows::fail(const std::string& what) const {
  throw InputError(name() + ":" + std::to_string(line_) + ": " + what);
}

/// Parses whole lines, at least one row if there is one.
bool LibsvmRows::read_part() {
  Part part;
  while (part.rows.empty() && !ended_) {
    const std::size_t before = carry_.size();
    carry_.resize(before + block_size_);
    carry_.resize(before + input_->read(carry_.data() + before, block_size_));
    ended_ = carry_.size() < before + block_size_;
    if (ended_ && !carry_.empty() && carry_.back() != '\n') carry_ += '\n';
    const std::size_t whole = carry_.rfind('\n') + 1;  // 0 without one
    std::string_view text(carry_.data(), whole);
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      if (++line_ == 1) line.remove_prefix(byte_order_mark(line));
      if (line = content(line); !line.empty()) parse_line(line, part);
      text.remove_prefix(end + 1);
    }
    carry_.erase(0, whole);
  }
  if (part.rows.empty()) return false;
  if (!is_known_) find_widest(part);
  parts_.push_back(std::move(part));
  return true;
}

/// The largest index so far, and where it is.
void LibsvmRows::find_widest(const Part& part) {
  for (const SparseRow& row : part.rows) {
    if (row.end == row.begin || part.entries[row.end - 1].feature < features_) continue;  // they go up
    features_ = part.entries[row.end - 1].feature + 1;
    widest_ = row.line;
  }
}

void LibsvmRows::check_room(Index held) const {
  if (is_known_) return;
  Index rows = 0;
  for (const Part& part : parts_) rows += std::ssize(part.rows);
  rows = std::min(rows, held);
  require_memory(static_cast<double>(rows) * static_cast<double>(features_) * sizeof(double),
                 name() + ":" + std::to_string(widest_) + ": index " + std::to_string(features_) +
                     ": a matrix of so many columns and " + counted(rows, "row"));
}

void LibsvmRows::parse_line(std::string_view line, Part& part) const {
  SparseRow row{line_, "", part.entries.size(), 0};
  const std::string_view label = next_word(line);
  if (label.find(':') != std::string_view::npos) fail("begins with " + in_quotes(label) + ", not with a label");
  row.label = label_text(label);
  for (const char* p = line.data(); p < line.data() + line.size();) parse_entry(line, p, part, row.begin);
  row.end = part.entries.size();
  part.rows.push_back(std::move(row));
}

/// The entry at p, behind which p is moved. The line ends with a line feed, where every number stops.
void LibsvmRows::parse_entry(std::string_view line, const char*& p, Part& part, std::size_t begin) const {
  const char* const end = line.data() + line.size();
  const auto word = [&] {
    std::string_view rest(p, static_cast<std::size_t>(end - p));
    return in_quotes(next_word(rest));
  };
  const char* const start = p;
  const char* q = p;
  Index index = 0;
  while (q < end && is_digit(*q) && q - start < 10) index = index * 10 + (*q++ - '0');
  const bool is_query = std::string_view(start, static_cast<std::size_t>(end - start)).starts_with("qid:");
  if (is_query) q += 3;
  double number = 0;
  const char* stop = q;
  if (q < end && *q == ':' && (q > start)) {
    const char* value = q + 1;
    if (value < end && *value == '+') ++value;
    stop = scan_number(value, end, number);
    if (stop == value) stop = q;
  }
  if (stop == q || (stop < end && !is_gap(*stop))) fail(word() + " is not index:value");
  p = stop;
  while (p < end && is_gap(*p)) ++p;
  if (is_query) return;
  if (index == 0) {
    fail("index 0: they count from 1 (scikit-learn writes that with dump_svmlight_file(..., zero_based=False))");
  }
  if (index > kMostFeatures) {
    fail("index " + std::to_string(index) + ": no more than " + std::to_string(kMostFeatures) + " features are read");
  }
  if (is_known_ && index > features_) {
    fail("index " + std::to_string(index) + ", and " + source_ + " has " + counted(features_, "feature"));
  }
  if (part.entries.size() > begin && part.entries.back().feature + 1 >= index) {
    fail("index " + std::to_string(index) + " behind " + std::to_string(part.entries.back().feature + 1) +
         ": they must go up");
  }
  part.entries.push_back({index - 1, number});
}

/// How many features the file has by what it is to go with; 0 if that is open.
Index LibsvmRows::known_features(const ColumnRequest& request) const {
  if (request.like) return static_cast<Index>(request.like->count) - (request.like->label ? 1 : 0);
  return request.dims ? *request.dims + static_cast<Index>(request.drop.size()) : 0;
}

Columns LibsvmRows::decide_columns(const ColumnRequest& asked, const ReadOptions& options) {
  refuse_csv_options(options, asked, name(), "a file of LIBSVM");
  ColumnRequest request = asked;
  request.header = Header::no;
  features_ = known_features(request);
  is_known_ = features_ > 0;
  source_ = request.source.empty() ? "the first file" : request.source;
  if (is_known_) {
    read_part();
  } else {
    while (read_part()) {
    }
  }
  if (features_ == 0) throw InputError(name() + ": has no feature, all its rows are empty");
  const auto label = static_cast<std::size_t>(features_);
  if (request.like && request.like->label.value_or(label) != label) return columns_like(*request.like, request);
  if (request.unlabeled) request.drop.push_back("-1");
  if (!request.unlabeled && !request.label) request.label = "-1";
  return resolve_columns(request, first_row(), nullptr, FieldReader(options.dialect), name());
}

/// Those of a first file whose label stands before features, or among them.
Columns LibsvmRows::columns_like(const Columns& like, const ColumnRequest& request) const {
  if (like.count != like.features.size() + 1) {
    throw InputError(name() + ": has its label last, and the first file has it elsewhere, with columns that are no " +
                     "features: they cannot be told here");
  }
  Columns columns;
  columns.count = like.count;
  for (std::size_t c = 0; c + 1 < like.count; ++c) columns.features.push_back(c);
  if (request.labels != LabelUse::unused) columns.label = like.count - 1;
  columns.label_is_sure = true;
  columns.label_is_target = request.target;
  return columns;
}

/// As the fields of a file of text would be.
std::vector<std::string> LibsvmRows::first_row() const {
  std::vector<std::string> first(static_cast<std::size_t>(features_) + 1, "0");
  if (parts_.empty()) return first;
  const Part& part = parts_.front();
  for (std::size_t e = part.rows[0].begin; e < part.rows[0].end; ++e) {
    first[static_cast<std::size_t>(part.entries[e].feature)] = format_number(part.entries[e].value);
  }
  first.back() = part.rows[0].label;
  return first;
}

bool LibsvmRows::next(RowBlock& block) {
  while (!parts_.empty() && used_ == parts_.front().rows.size()) {
    parts_.pop_front();
    used_ = 0;
  }
  if (parts_.empty() && !read_part()) return false;
  const Part& part = parts_.front();
  const auto most = std::max<std::size_t>(1, block_size_ / (sizeof(double) * static_cast<std::size_t>(features_)));
  const std::size_t rows = std::min(most, part.rows.size() - used_);
  block = RowBlock();
  block.first_row = rows_ + 1;
  block.X = Matrix::Zero(static_cast<Index>(rows), columns_.dims());
  for (std::size_t i = 0; i < rows; ++i) fill(part, part.rows[used_ + i], static_cast<Index>(i), block);
  filter_.apply(block, [&](Index i) {
    return name() + ":" + std::to_string(part.rows[used_ + static_cast<std::size_t>(i)].line);
  });
  used_ += rows;
  rows_ += static_cast<Index>(rows);
  return true;
}

void LibsvmRows::fill(const Part& part, const SparseRow& row, Index i, RowBlock& block) const {
  for (std::size_t e = row.begin; e < row.end; ++e) {
    const Index slot = slots_[static_cast<std::size_t>(part.entries[e].feature)];
    if (slot >= 0) block.X(i, slot) = part.entries[e].value;
  }
  const auto own = static_cast<std::size_t>(features_);  // the column of the label
  if (slots_[own] >= 0) block.X(i, slots_[own]) = value(part, row, own);
  const auto text = [&](std::size_t c) { return c == own ? row.label : format_number(value(part, row, c)); };
  if (columns_.id) block.ids.push_back(text(*columns_.id));
  if (!columns_.label) return;
  if (columns_.label_is_target) block.targets.push_back(value(part, row, *columns_.label));
  if (!columns_.label_is_target) block.labels.push_back(text(*columns_.label));
}

/// The number in a column of the file.
double LibsvmRows::value(const Part& part, const SparseRow& row, std::size_t column) const {
  if (column == static_cast<std::size_t>(features_)) {
    double number = 0;
    if (parse_number(row.label, number)) return number;
    throw InputError(name() + ":" + std::to_string(row.line) + ": the label " + in_quotes(row.label) +
                     " is not a number");
  }
  for (std::size_t e = row.begin; e < row.end; ++e) {
    if (part.entries[e].feature == static_cast<Index>(column)) return part.entries[e].value;
  }
  return 0;
}

}  // namespace maha::data
