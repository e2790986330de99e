#pragma once

#include <string>
#include <string_view>

namespace maha {

/// Reads all of `text` as a decimal number, a leading '+' allowed. False if it is none. May give inf or nan.
bool parse_number(std::string_view text, double& value);

/// Appends the shortest decimal that reads back to the same bits.
void append_number(std::string& out, double value);
std::string format_number(double value);

}  // namespace maha
