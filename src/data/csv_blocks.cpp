#include "data/csv_blocks.hpp"

#include <algorithm>
#include <cstring>

#include "core/error.hpp"

namespace maha {
namespace {

constexpr std::size_t kLongestRecord = 1u << 30;

const char* find(const char* begin, const char* end, char c) {
  return static_cast<const char*>(std::memchr(begin, c, static_cast<std::size_t>(end - begin)));
}

}  // namespace

CsvBlocks::CsvBlocks(const std::string& path, char delimiter, std::size_t block_size)
    : input_(std::make_unique<Input>(path)), scanner_(delimiter), block_size_(block_size), sniff_(delimiter == 0) {}

bool CsvBlocks::next(CsvBlock& block) {
  std::size_t capacity = std::max(block_size_, 2 * carry_.size());
  block.size = 0;
  block.line = line_;
  std::size_t whole = 0;
  while (whole == 0) {
    fill(block, capacity);
    if (block.size == 0) return false;
    whole = whole_records(block);
    if (whole == 0 && (ended_ || capacity > kLongestRecord)) fail_unclosed(block);
    capacity *= 2;
  }
  carry_.assign(block.begin() + whole, block.size - whole);
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
  carry_.copy(block.bytes.get() + before, carry_.size());
  block.size += carry_.size();
  carry_.clear();
  if (!ended_) {
    block.size += input_->read(block.bytes.get() + block.size, capacity - block.size);
    ended_ = block.size < capacity;
  }
  if (at_start_) {
    at_start_ = false;
    if (block.size >= 3 && std::memcmp(block.begin(), "\xef\xbb\xbf", 3) == 0) {
      std::memmove(block.bytes.get(), block.begin() + 3, block.size -= 3);
    }
    if (sniff_) scanner_ = CsvScanner(sniff_delimiter({block.begin(), block.size}));
  }
  if (ended_ && block.size > 0 && block.end()[-1] != '\n') block.bytes[block.size++] = '\n';
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

void CsvBlocks::fail_unclosed(const CsvBlock& block) const {
  throw InputError(name() + ":" + std::to_string(block.line) + ": a quote opened in this record is never closed");
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

}  // namespace maha
