#pragma once

#include <string>
#include <vector>

namespace maha::io {

/// A table as text: the first column flush left, the others flush right, with two blanks between and none at the end of
/// a line. Rows may have different lengths. Columns are as wide as their widest entry, in UTF-8 characters. Unprintable
/// characters are escaped, so that no entry breaks a line; entries of more than 1000 characters are truncated.
std::string text_table(std::vector<std::vector<std::string>> rows);

}  // namespace maha::io
