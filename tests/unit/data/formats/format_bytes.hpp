#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "core/error.hpp"
#include "data/table/table.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/requests.hpp"

namespace maha::test {

using namespace std::string_literals;
using namespace data;

/// What NumPy's manual says of a file of format 1: mark, version, length of the header, the header, padded to 64 bytes.
inline std::string npy_bytes(const std::string& header, const std::string& data, int version = 1) {
  std::string text = header;
  const std::size_t before = version == 1 ? 10 : 12;
  while ((before + text.size() + 1) % 64 != 0) text += ' ';
  text += '\n';
  std::string size{static_cast<char>(text.size()), 0};
  if (version > 1) size += "\0\0"s;
  return "\x93NUMPY"s + static_cast<char>(version) + '\0' + size + text + data;
}

inline std::string npy_of(const std::string& type, const std::string& shape, const std::string& data,
                          bool fortran = false) {
  return npy_bytes(
      "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }",
      data);
}

template <class Number>
inline std::string bytes_of(std::initializer_list<Number> numbers, bool turned = false) {
  std::string bytes;
  for (const Number number : numbers) {
    std::string one(reinterpret_cast<const char*>(&number), sizeof(Number));
    if (turned) std::reverse(one.begin(), one.end());
    bytes += one;
  }
  return bytes;
}

inline Table table_of(const std::string& bytes, const ColumnRequest& request = unlabeled(),
                      const ReadOptions& options = {}) {
  return read_table(TempFile(bytes).path(), request, options);
}

/// The message about a file of these bytes, without its name.
inline std::string refusal(const std::string& bytes, const ColumnRequest& request = unlabeled(),
                           const ReadOptions& options = {}) {
  const TempFile file(bytes);
  try {
    read_table(file.path(), request, options);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "";
}

inline const Matrix kTwoByThree = (Matrix(2, 3) << 1, 2, 3, 4, 5, 6).finished();

}  // namespace maha::test
