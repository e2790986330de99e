#include "data/csv/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "core/text/byte_order_mark.hpp"
#include "core/text/text.hpp"
#include "data/csv/sniffer.hpp"
#include "io/file_kind.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kLongestRecord = 1u << 30;
constexpr std::size_t kOpening = 1u << 20;    // bytes by which a file shows what it is
constexpr std::size_t kFirstRead = 1u << 16;  // most files are smaller: they touch no more memory than they need

const char* find(const char* begin, const char* end, char c) {
  return static_cast<const char*>(std::memchr(begin, c, static_cast<std::size_t>(end - begin)));
}

/// The line's `sep=;`, by which Excel is told the delimiter, blanks in it too; empty if it is none.
std::string note_for_excel(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '"')) line.remove_suffix(1);
  if (line.starts_with('"')) line.remove_prefix(1);
  const bool is_sep = line.starts_with("sep") || line.starts_with("SEP") || line.starts_with("Sep");
  const std::size_t mark = is_sep ? line.find_first_not_of(' ', 3) : std::string_view::npos;
  if (mark == std::string_view::npos || line[mark] != '=') return "";
  const std::size_t delimiter = std::min(line.find_first_not_of(' ', mark + 1), line.size());
  return line.size() - delimiter <= 1 ? std::string(line) : "";
}

std::string as_comment(const std::string& mark) { return mark.find(' ') < mark.size() ? in_quotes(mark) : mark; }

}  // namespace

CsvBlocks::CsvBlocks(std::unique_ptr<io::Input> input, const CsvDialect& dialect, std::size_t block_size)
    : input_(std::move(input)), scanner_(','), block_size_(block_size) {
  open(dialect);
}

CsvBlocks::CsvBlocks(const std::string& path, const CsvDialect& dialect, std::size_t block_size)
    : CsvBlocks(std::make_unique<io::Input>(path), dialect, block_size) {}

void CsvBlocks::open(CsvDialect dialect) {
  for (std::size_t size = kFirstRead; !ended_ && size <= kOpening; size *= 4) {
    const std::size_t before = carry_.size();
    carry_.resize(size);
    carry_.resize(before + input_->read(carry_.data() + before, size - before));
    ended_ = carry_.size() < size;
  }
  const char delimiter = dialect.delimiter == 0 ? ',' : dialect.delimiter;
  if (const std::string kind = io::foreign_kind(carry_, "CSV", delimiter); !kind.empty()) {
    throw InputError(name() + ": " + kind);
  }
  carry_.erase(0, byte_order_mark(carry_));
  const std::size_t last = ended_ ? std::string::npos : carry_.rfind('\n');
  const std::string opening = last == std::string::npos ? carry_ + '\n' : carry_.substr(0, last + 1);
  if (dialect.delimiter == 0) dialect.delimiter = sniff_delimiter(opening, dialect);
  try {
    check(dialect);
  } catch (const UsageError& e) {
    throw UsageError(name() + ": " + e.what());
  }
  scanner_ = CsvScanner(dialect.delimiter, dialect.comment);
  check_first_line(opening);
}

void CsvBlocks::check_first_line(std::string_view opening) const {
  const char* p = opening.data();
  const char* const end = p + opening.size();
  long line = 1;
  for (const char* next = nullptr; p < end && (next = scanner_.after_idle_line(p)); ++line) p = next;
  if (p == end) return;
  const char* const record_end = scanner_.record_end(p, end);
  const std::string where = name() + ":" + std::to_string(line) + ": ";
  if (scanner_.has_lone_return(p, record_end ? record_end : end)) {
    throw InputError(where + "lines end in a carriage return alone, as on old Macs: put it through tr '\\r' '\\n'");
  }
  const std::string_view text(p, static_cast<std::size_t>(find(p, end, '\n') - p));
  if (const std::string note = note_for_excel(text); !note.empty()) {
    const bool quoted = text.starts_with('"');
    throw InputError(where + in_quotes(note) + " tells Excel the delimiter and is no row: " +
                     (quoted ? "leave it out, as with tail -n +" + std::to_string(line + 1)
                             : "--comment " + as_comment(note.substr(0, note.find('=') + 1)) + " passes it over"));
  }
}

bool CsvBlocks::next(CsvBlock& block) {
  std::size_t capacity = ended_ ? std::min(block_size_, carry_.size()) : block_size_;  // a small file takes no more
  block.size = 0;
  block.line = line_;
  std::size_t whole = 0;
  while (whole == 0) {
    fill(block, capacity);
    if (block.size == 0) return false;
    whole = whole_records(block);
    const bool all = ended_ && carry_.empty();
    if (whole == 0 && (all || capacity > kLongestRecord)) fail_unclosed(block);
    capacity *= 2;
  }
  carry_.insert(0, block.begin() + whole, block.size - whole);
  block.size = whole;
  block.newlines = std::count(block.begin(), block.end(), '\n');
  line_ += block.newlines;
  return true;
}

/// Grows the block to `capacity` bytes of input, the carried ones first.
void CsvBlocks::fill(CsvBlock& block, std::size_t capacity) {
  auto grown = std::make_unique_for_overwrite<char[]>(capacity + 1);
  std::copy_n(block.begin(), block.size, grown.get());
  block.bytes = std::move(grown);
  const std::size_t before = block.size;
  const std::size_t carried = carry_.copy(block.bytes.get() + before, capacity - before);
  carry_.erase(0, carried);
  block.size += carried;
  if (!ended_ && block.size < capacity) {
    block.size += input_->read(block.bytes.get() + block.size, capacity - block.size);
    ended_ = block.size < capacity;
  }
  const bool all = ended_ && carry_.empty();
  if (all && block.size > 0 && block.end()[-1] != '\n') block.bytes[block.size++] = '\n';
  check_nul(block, before);
}

/// How many of the block's bytes are whole records. Only a quote can hide a newline.
std::size_t CsvBlocks::whole_records(CsvBlock& block) const {
  const char* begin = block.begin();
  const char* last = static_cast<const char*>(memrchr(begin, '\n', block.size));
  if (!last) return 0;
  block.quotes = find(begin, last, '"');
  if (!block.quotes) return static_cast<std::size_t>(last + 1 - begin);
  const char* p = begin;
  while (p < last + 1) {
    const char* after = scanner_.record_end(p, last + 1);
    if (!after) break;
    p = after;
  }
  return static_cast<std::size_t>(p - begin);
}

/// The block begins with the record; its last field that is reached is the one that does not end.
void CsvBlocks::fail_unclosed(CsvBlock& block) const {
  if (block.end()[-1] != '\n') block.bytes[block.size] = '\n';
  std::size_t column = 1;
  const char* field = scanner_.skip_blanks(block.begin());
  while (const char* stop = scanner_.field_end(field, block.end())) {
    field = scanner_.next_field(stop);
    if (!field) break;
    ++column;
  }
  throw InputError(name() + ":" + std::to_string(block.line) + ": column " + std::to_string(column) +
                   ": a quote opened in this record is never closed");
}

void CsvBlocks::check_nul(const CsvBlock& block, std::size_t from) const {
  const char* nul = find(block.begin() + from, block.end(), '\0');
  if (!nul) return;
  const auto line = block.line + std::count(block.begin(), nul, '\n');
  const char* start = nul;
  while (start > block.begin() && start[-1] != '\n') --start;
  const auto column = 1 + std::count(start, nul, scanner_.delimiter());
  throw InputError(name() + ":" + std::to_string(line) + ": column " + std::to_string(column) + ": NUL byte");
}

}  // namespace maha::data
