#pragma once
/// The columns of CSV that a tool has written.

#include <string>
#include <vector>

namespace maha::test {

/// A field of each data line of a CSV without quotes.
std::vector<std::string> column(const std::string& csv, const std::string& name);

}  // namespace maha::test
