#pragma once

#include <string>
#include <vector>

namespace maha::page {

/// Any text as it stands in HTML, in an element or in quotes: nothing in it is markup, and what is no character is
/// shown as such.
std::string escaped(const std::string& text);

/// The digest of a content as a Content-Security-Policy names it: 'sha256-...', of 64 digits in hexadecimal.
std::string policy_source(const std::string& sha256);

/// A field of a table.
struct Field {
  std::string html;
  std::string value{};  ///< what it is sorted by, if that is not its text
  std::string kind{};   ///< classes beside those of its column
};

struct Column {
  std::string title;
  enum class Holds { name, text, number } holds = Holds::number;
  bool high_first = false;  ///< when it is sorted for the first time
};

/// A table whose first column names its rows, under a caption, in a box of its own that scrolls; the script makes it
/// sortable. Field and row beyond the columns are the caller's mistake.
class Table {
 public:
  Table(std::string caption, std::vector<Column> columns)
      : caption_(std::move(caption)), columns_(std::move(columns)) {}

  void add(std::vector<Field> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  /// `id`: another one for each table of a page. `sorted`: the column by which the rows come, from the least.
  std::string html(const std::string& id, int sorted = -1) const;

 private:
  std::string caption_;
  std::vector<Column> columns_;
  std::vector<std::vector<Field>> rows_;
};

Field text_field(const std::string& text);
Field number_field(double value, const std::string& shown);
Field count_field(long value);

}  // namespace maha::page
