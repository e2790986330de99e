#pragma once

#include <string>
#include <vector>

namespace maha {

/// A table for people to read: the first column flush left, the others flush right, two blanks between, no blank at the
/// end of a line. Rows may be of different lengths. Columns are as wide as their widest entry, in UTF-8 characters.
/// What is not printable is spelled out, so that no entry makes lines of its own; entries of more than 1000 characters
/// are cut.
std::string text_table(std::vector<std::vector<std::string>> rows);

}  // namespace maha
