#pragma once

#include <memory>
#include <string>

#include "data/csv/dialect.hpp"
#include "data/csv/scanner.hpp"
#include "io/input.hpp"

namespace maha::data {

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
  /// Looks at the beginning of the file, and throws InputError if it shows that this is no CSV as we read it: UTF-16,
  /// lines that end in a carriage return alone, a note for Excel. A delimiter that is not given is found out.
  /// `block_size` is what a block aims at; a longer record gets a longer block.
  CsvBlocks(std::unique_ptr<io::Input> input, const CsvDialect& dialect, std::size_t block_size);
  CsvBlocks(const std::string& path, const CsvDialect& dialect, std::size_t block_size);

  /// False at the end of the input.
  bool next(CsvBlock& block);

  const CsvScanner& scanner() const { return scanner_; }
  const std::string& name() const { return input_->name(); }

 private:
  void open(CsvDialect dialect);
  void check_first_line(std::string_view opening) const;
  void fill(CsvBlock& block, std::size_t capacity);
  std::size_t whole_records(CsvBlock& block) const;
  [[noreturn]] void fail_unclosed(CsvBlock& block) const;
  void check_nul(const CsvBlock& block, std::size_t from) const;

  std::unique_ptr<io::Input> input_;
  CsvScanner scanner_;
  std::size_t block_size_;
  std::string carry_;  // what has been read and is in no block yet: the start of a record, the opening of the file
  long line_ = 1;
  bool ended_ = false;  // the input has no more than the carry
};

}  // namespace maha::data
