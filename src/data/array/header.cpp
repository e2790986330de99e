#include "data/array/header.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/text/names.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

using namespace std::string_view_literals;
using Kind = Element::Kind;

constexpr std::string_view kNpyMark = "\x93NUMPY";
constexpr std::size_t kLongestHeader = 1 << 16;  // of an array that is no structure: 100 bytes or so

std::string some_bytes(io::Input& input, std::size_t size) {
  std::string bytes(size, '\0');
  if (input.read(bytes.data(), size) < size) throw InputError(input.name() + ": ends in its header");
  return bytes;
}

std::size_t number_at(std::string_view bytes, bool big_endian) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[big_endian ? i : bytes.size() - 1 - i]);
    number = number << 8 | byte;
  }
  return number;
}

/// The product, if the bytes of that many elements can be counted.
Index checked_product(Index a, Index b, const io::Input& input) {
  constexpr Index kMost = std::numeric_limits<Index>::max();
  if (a != 0 && b > kMost / a) throw InputError(input.name() + ": its header tells of more numbers than can be");
  return a * b;
}

ArrayHeader checked(ArrayHeader header, const io::Input& input) {
  if (header.cols == 0) throw InputError(input.name() + ": has no columns");
  if (header.rows == 0) throw InputError(input.name() + ": has no rows");
  const auto size = static_cast<Index>(header.element.size);
  checked_product(checked_product(header.rows, header.cols, input), std::max<Index>(size, sizeof(double)), input);
  return header;
}

/// The literal of Python in the header of a NumPy file.
class NpyHeader {
 public:
  NpyHeader(std::string text, const io::Input& input) : text_(std::move(text)), input_(input) {}

  ArrayHeader read() {
    ArrayHeader header{"a NumPy array", element(), 0, 1, is_true("fortran_order")};
    const std::vector<Index> shape = shape_of();
    if (shape.empty()) fail("is a single number, no rows");
    if (shape.size() > 2) {
      fail("is an array of " + std::to_string(shape.size()) +
           " dimensions: make it rows and columns, as by X.reshape(len(X), -1)");
    }
    header.rows = shape[0];
    if (shape.size() > 1) header.cols = shape[1];
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw InputError(input_.name() + ": " + what); }
  [[noreturn]] void fail_header() const { fail("its header is not as NumPy writes it"); }

  /// What stands behind 'key':, without blanks.
  std::string_view value(const std::string& key) const {
    std::size_t at = text_.find("'" + key + "'");
    if (at == std::string::npos) fail_header();
    at = text_.find_first_not_of(' ', at + key.size() + 2);
    if (at == std::string::npos || text_[at] != ':') fail_header();
    at = text_.find_first_not_of(' ', at + 1);
    if (at == std::string::npos) fail_header();
    return std::string_view(text_).substr(at);
  }

  bool is_true(const std::string& key) const {
    const std::string_view word = value(key);
    if (!word.starts_with("True") && !word.starts_with("False")) fail_header();
    return word.starts_with("True");
  }

  std::vector<Index> shape_of() const {
    std::string_view rest = value("shape");
    const std::size_t end = rest.find(')');
    if (!rest.starts_with("(") || end == std::string_view::npos) fail_header();
    std::vector<Index> shape;
    for (std::string part : split(std::string(rest.substr(1, end - 1)))) {
      part.erase(0, part.find_first_not_of(' '));
      if (part.empty()) continue;                // behind the comma of (3,)
      if (part.ends_with('L')) part.pop_back();  // as Python 2 wrote it
      const auto size = whole_number(part);
      if (!size || *size < 0) fail_header();
      shape.push_back(*size);
    }
    return shape;
  }

  Element element() const {
    const std::string_view text = value("descr");
    if (text.starts_with("[")) fail("is an array of structures: save its columns as one array of numbers");
    const std::size_t end = text.find('\'', 1);
    if (!text.starts_with("'") || end == std::string_view::npos) fail_header();
    const std::string type(text.substr(1, end - 1));
    const std::size_t letter = type.find_first_not_of("<>=|");
    if (letter == std::string::npos || letter > 1) fail_header();
    if (type[letter] == 'O') fail("is an array of Python objects: save it as numbers, X.astype(float)");
    const auto size = whole_number<std::size_t>(type.substr(letter + 1));
    if (!size || *size > kLongestHeader) fail_unknown(type);
    const bool big = type[0] == '>', known = *size == 1 || *size == 2 || *size == 4 || *size == 8;
    switch (type[letter]) {
      case 'f':
        if (*size == 4 || *size == 8) return {Kind::floating, *size, big};
        break;
      case 'i':
        if (known) return {Kind::integer, *size, big};
        break;
      case 'u':
        if (known) return {Kind::natural, *size, big};
        break;
      case 'b':
        if (*size == 1) return {Kind::natural, 1, big};
        break;
      case 'S':
        if (*size > 0) return {Kind::bytes, *size, big};
        break;
      case 'U':
        if (*size > 0) return {Kind::wide, *size * 4, big};
        break;
      default:
        break;
    }
    fail_unknown(type);
  }

  [[noreturn]] void fail_unknown(const std::string& type) const {
    fail("is an array of type " + in_quotes(type) + ", which is not read here: save it as numbers, X.astype(float)");
  }

  std::string text_;
  const io::Input& input_;
};

struct IdxType {
  char code;
  Element element;
};

constexpr IdxType kIdxTypes[] = {
    {0x08, {Kind::natural, 1, true}}, {0x09, {Kind::integer, 1, true}},  {0x0b, {Kind::integer, 2, true}},
    {0x0c, {Kind::integer, 4, true}}, {0x0d, {Kind::floating, 4, true}}, {0x0e, {Kind::floating, 8, true}},
};

std::string big_endian_32(Index number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

}  // namespace

bool is_npy(std::string_view start) { return start.starts_with(kNpyMark); }

/// One of another type is IDX too, and told as such; codes 0 and 1 are in the first bytes of films.
bool is_idx(std::string_view start) {
  if (start.size() < 8 || !start.starts_with("\0\0"sv) || start[3] < 1 || start[3] > 8) return false;
  return start[2] > 1 && start[2] < 0x20;
}

ArrayHeader read_npy_header(io::Input& input) {
  const std::string start = some_bytes(input, kNpyMark.size() + 2);
  const int version = start[kNpyMark.size()];
  if (version < 1 || version > 3) {
    throw InputError(input.name() + ": is of version " + std::to_string(version) + " of NumPy's format, not 1 to 3");
  }
  const std::size_t size = number_at(some_bytes(input, version == 1 ? 2 : 4), false);
  if (size > kLongestHeader) throw InputError(input.name() + ": its header is not as NumPy writes it");
  return checked(NpyHeader(some_bytes(input, size), input).read(), input);
}

ArrayHeader read_idx_header(io::Input& input) {
  const std::string start = some_bytes(input, 4);
  const auto type = std::find_if(std::begin(kIdxTypes), std::end(kIdxTypes),
                                 [&](const IdxType& one) { return one.code == start[2]; });
  if (type == std::end(kIdxTypes)) {
    char code[8];
    std::snprintf(code, sizeof code, "0x%02x", static_cast<unsigned>(start[2]));
    throw InputError(input.name() + ": is IDX of the type " + code +
                     ", which is none: 0x08, 0x09 and 0x0b to 0x0e are");
  }
  ArrayHeader header{"an IDX file", type->element, 0, 1, false};
  for (int i = 0; i < start[3]; ++i) {
    const auto size = static_cast<Index>(number_at(some_bytes(input, 4), true));
    (i == 0 ? header.rows : header.cols) = i == 0 ? size : checked_product(header.cols, size, input);
  }
  return checked(header, input);
}

std::string npy_header(const ArrayHeader& header) {
  constexpr std::size_t kAligned = 64, kBefore = 10;
  const Element& element = header.element;
  const char letter = element.kind == Kind::floating ? 'f' : element.kind == Kind::natural ? 'u' : 'i';
  const char order = element.size == 1 ? '|' : element.big_endian ? '>' : '<';
  std::string text = "{'descr': '";
  text += order;
  text += letter;
  text += std::to_string(element.size) + "', 'fortran_order': False, 'shape': (" + std::to_string(header.rows) + "," +
          (header.cols == 1 && header.is_vector ? "" : " " + std::to_string(header.cols)) + "), }";
  text.append(20 - std::to_string(header.rows).size(), ' ');  // the count is known at the end: no count moves the rows
  text.append(kAligned - 1 - (kBefore + text.size()) % kAligned, ' ');
  text += '\n';
  std::string bytes(kNpyMark);
  bytes += "\1\0"sv;
  bytes += static_cast<char>(text.size() & 0xff);
  bytes += static_cast<char>(text.size() >> 8);
  return bytes + text;
}

std::string idx_header(const ArrayHeader& header) {
  constexpr Index kMost = 0xffffffff;
  std::string bytes("\0\0"sv);
  for (const IdxType& type : kIdxTypes) {
    if (type.element.kind == header.element.kind && type.element.size == header.element.size) bytes += type.code;
  }
  if (header.rows > kMost || header.cols > kMost)
    throw InputError("IDX counts no more than 4294967295 rows or columns");
  bytes += static_cast<char>(header.is_vector ? 1 : 2);
  bytes += big_endian_32(header.rows);
  return header.is_vector ? bytes : bytes + big_endian_32(header.cols);
}

}  // namespace maha::data
