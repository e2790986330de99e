#include "data/pairs.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/error.hpp"
#include "data/csv_blocks.hpp"
#include "data/csv_writer.hpp"
#include "data/number.hpp"

namespace maha {
namespace {

constexpr Index kAmbiguous = -1;

std::optional<Index> whole_number(std::string_view text) {
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> answer(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "-1" || text == "false") return false;
  return std::nullopt;
}

// Turns records into pairs, one after the other.
class PairParser {
 public:
  PairParser(const std::string& file, const RowNames& a, const RowNames& b, Answers answers, Header header)
      : file_(file), a_(a), b_(b), required_(answers == Answers::required), header_(header) {}

  void take(const std::vector<std::string>& fields, long line) {
    const bool first = width_ == 0;
    if (first) start(fields, line);
    if (fields.size() != width_) {
      fail(line, std::to_string(fields.size()) + " fields, where the first line has " + std::to_string(width_));
    }
    if (first && is_header(fields, line)) {
      had_header = true;
      return;
    }
    Pair pair{row(fields[0], a_, line), row(fields[1], b_, line)};
    if (&a_ == &b_ && pair.i == pair.j) fail(line, "a pair of row '" + fields[0] + "' with itself");
    if (list.answered) {
      const std::optional<bool> similar = answer(fields[2]);
      if (!similar) fail(line, "'" + fields[2] + "' is no answer: 1, 0, -1, true or false are");
      pair.similar = *similar;
    }
    list.pairs.push_back(pair);
  }

  PairList list;
  bool had_header = false;

 private:
  void start(const std::vector<std::string>& fields, long line) {
    width_ = fields.size();
    if (width_ < 2) fail(line, "one field, where i,j,similar are wanted");
    if (width_ < 3 && required_) fail(line, "two fields, where i,j,similar are wanted");
    list.answered = width_ >= 3;
  }

  bool is_header(const std::vector<std::string>& fields, long line) const {
    if (list.answered) return !answer(fields[2]);
    double number = 0;
    if (!a_.by_id()) return !parse_number(fields[0], number);
    if (header_ == Header::guess) fail(line, "is this line a header? --pairs-header yes or --pairs-header no");
    return header_ == Header::yes;
  }

  Index row(const std::string& text, const RowNames& names, long line) const {
    try {
      return names.find(text);
    } catch (const InputError& e) {
      fail(line, e.what());
    }
  }

  [[noreturn]] void fail(long line, const std::string& what) const {
    throw InputError(file_ + ":" + std::to_string(line) + ": " + what);
  }

  const std::string& file_;
  const RowNames &a_, &b_;
  bool required_;
  Header header_;
  std::size_t width_ = 0;
};

}  // namespace

RowNames::RowNames(const Table& table) : table_(table) {
  for (std::size_t i = 0; i < table.ids.size(); ++i) {
    const auto [place, fresh] = ids_.emplace(table.ids[i], static_cast<Index>(i));
    if (!fresh) place->second = kAmbiguous;
  }
}

Index RowNames::find(std::string_view text) const {
  if (!by_id()) return find_number(text);
  const auto found = ids_.find(text);
  const std::string id = "id '" + std::string(text) + "'";
  if (found == ids_.end()) throw InputError(id + " is not in " + table_.name);
  if (found->second == kAmbiguous) throw InputError(id + " stands for more than one row of " + table_.name);
  return found->second;
}

Index RowNames::find_number(std::string_view text) const {
  const std::optional<Index> number = whole_number(text);
  if (!number) throw InputError("'" + std::string(text) + "' is no row number (rows called by id need --id COLUMN)");
  if (*number < 1) throw InputError("row " + std::string(text) + ": rows count from 1");
  if (*number > table_.rows_read) {
    throw InputError("row " + std::string(text) + ": " + table_.name + " has " + std::to_string(table_.rows_read));
  }
  const auto found = std::lower_bound(table_.row.begin(), table_.row.end(), *number);
  if (found == table_.row.end() || *found != *number) {
    throw InputError("row " + std::string(text) + " was skipped for a missing value");
  }
  return found - table_.row.begin();
}

void RowNames::append(std::string& line, Index i) const {
  const auto k = static_cast<std::size_t>(i);
  if (by_id()) {
    append_field(line, table_.ids[k]);
  } else {
    line += std::to_string(table_.row[k]);
  }
}

PairList read_pairs(const std::string& path, const RowNames& a, const RowNames& b, Answers answers, Header header) {
  CsvBlocks blocks(path, 0, 1 << 20);
  PairParser parser(blocks.name(), a, b, answers, header);
  for (CsvBlock block; blocks.next(block);) {
    long line = block.line;
    for (const char* p = block.begin(); p != block.end();) {
      const char* const start = p;
      const std::vector<std::string> fields =
          blocks.scanner().fields(p, block.end(), blocks.name() + ":" + std::to_string(line));
      if (fields.size() > 1 || !fields[0].empty()) parser.take(fields, line);
      line += std::count(start, p, '\n');
    }
  }
  if (parser.list.pairs.empty()) {
    throw InputError(blocks.name() + ": has no pair" + (parser.had_header ? " behind what looks like a header" : ""));
  }
  return std::move(parser.list);
}

PairWriter::PairWriter(Output& out, const std::string& columns, const RowNames& a, const RowNames& b)
    : out_(out), a_(a), b_(b) {
  out.write("i,j" + columns + "\n");
}

void PairWriter::write(const Pair& pair, std::string_view fields) {
  line_.clear();
  a_.append(line_, pair.i);
  line_ += ',';
  b_.append(line_, pair.j);
  line_ += fields;
  line_ += '\n';
  out_.write(line_);
}

}  // namespace maha
