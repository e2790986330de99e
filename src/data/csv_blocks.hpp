#pragma once

#include <memory>
#include <string>

#include "data/csv_scanner.hpp"
#include "data/input.hpp"

namespace maha {

/// Whole records: [begin, end) holds one or more of them, the last byte is '\n'.
struct CsvBlock {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
  long line = 1;        ///< the file's line at begin()
  long newlines = 0;    ///< in the block
  bool quotes = false;  ///< there are some, so a record may span lines

  const char* begin() const { return bytes.get(); }
  const char* end() const { return bytes.get() + size; }
};

/// Cuts a stream of bytes into blocks at the ends of records. A missing newline at the end is added, a byte order mark
/// at the start taken off. Throws InputError on a NUL byte and on a quote that never closes.
class CsvBlocks {
 public:
  /// A delimiter of 0 is sniffed from the first line. `block_size` is what a block aims at; a longer record gets a
  /// longer block.
  CsvBlocks(const std::string& path, char delimiter, std::size_t block_size);

  /// False at the end of the input.
  bool next(CsvBlock& block);

  const CsvScanner& scanner() const { return scanner_; }
  const std::string& name() const { return input_->name(); }

 private:
  void fill(CsvBlock& block, std::size_t capacity);
  std::size_t whole_records(CsvBlock& block) const;
  [[noreturn]] void fail_unclosed(const CsvBlock& block) const;
  void check_nul(const CsvBlock& block, std::size_t from) const;

  std::unique_ptr<Input> input_;
  CsvScanner scanner_;
  std::size_t block_size_;
  std::string carry_;  // the start of a record whose end has not been read yet
  long line_ = 1;
  bool at_start_ = true, ended_ = false;
  bool sniff_;
};

}  // namespace maha
