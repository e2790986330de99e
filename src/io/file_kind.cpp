#include "io/file_kind.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace maha::io {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLookedAt = 1024;  // bytes

/// UTF-16 or UTF-32, by the byte order mark or the positions of the zeros of plain letters; nullptr if it is neither.
const char* wide_encoding(std::string_view start) {
  if (start == "\xff\xfe\0\0"sv || start == "\0\0\xfe\xff"sv) return "UTF-32";
  if (start.starts_with("\xff\xfe") || start.starts_with("\xfe\xff")) return "UTF-16";
  std::string zeros;
  for (const char c : start) zeros += c == 0 ? '0' : 'x';
  return zeros == "x0x0"   ? "UTF-16LE"
         : zeros == "0x0x" ? "UTF-16BE"
         : zeros == "x000" ? "UTF-32LE"
         : zeros == "000x" ? "UTF-32BE"
                           : nullptr;
}

/// The first bytes of formats. What is packed is unpacked before this check: here it is packed twice, or cut off at once.
constexpr std::array<std::pair<std::string_view, const char*>, 11> kFormats{{
    {"\x1f\x8b"sv, "is gzip data inside gzip data: unpack it"},
    {"BZh91AY&SY"sv, "is bzip2 data inside packed data: unpack it"},
    {"\xfd\x37zXZ\0"sv, "is xz data inside packed data: unpack it"},
    {"\x28\xb5\x2f\xfd"sv, "is zstd data inside packed data: unpack it"},
    {"PK\x03\x04"sv, "is a ZIP archive, as Excel workbooks and .npz are"},
    {"PAR1"sv, "is a Parquet file"},
    {"ARROW1"sv, "is an Arrow file"},
    {"\x93NUMPY"sv, "is an array of NumPy"},
    {"\x89HDF"sv, "is an HDF5 file"},
    {"SQLite format 3\0"sv, "is an SQLite database"},
    {"%PDF-"sv, "is a PDF file"},
}};

/// Whether there are more control characters than in text, apart from those between fields and lines and in terminal
/// colours. Packed data have about one in ten; half of that is the limit.
bool is_binary(std::string_view start, char delimiter) {
  constexpr std::ptrdiff_t kFew = 4, kShare = 20;
  const auto control = [=](char c) {
    const bool of_text = (c >= '\t' && c <= '\r') || c == '\x1b' || c == '\a' || c == delimiter;
    return static_cast<unsigned char>(c) < 0x20 && !of_text;
  };
  const std::ptrdiff_t found = std::count_if(start.begin(), start.end(), control);
  return found >= kFew && found * kShare > static_cast<std::ptrdiff_t>(start.size());
}

}  // namespace

std::string foreign_kind(std::string_view start, const std::string& wanted, char delimiter) {
  start = start.substr(0, kLookedAt);
  if (const char* encoding = wide_encoding(start.substr(0, 4))) {
    return std::string("is ") + encoding + ", and not UTF-8: put it through iconv -f " + encoding + " -t UTF-8";
  }
  for (const auto& [magic, what] : kFormats) {
    if (!start.starts_with(magic)) continue;
    const std::string kind = what;
    return kind.find(':') != std::string::npos ? kind : kind + ", not " + wanted;
  }
  return is_binary(start, delimiter) ? "is binary, not " + wanted : "";
}

}  // namespace maha::io
