#pragma once

#include <string>
#include <string_view>

namespace maha::io {

/// If the first bytes show that a file is not what is `wanted` ("CSV"): the end of a message about it, such as
/// `is a Parquet file, not CSV`. Empty if it may be text in UTF-8 or another encoding that contains ASCII. `delimiter`:
/// between fields, which may be a control character.
std::string foreign_kind(std::string_view start, const std::string& wanted, char delimiter = ',');

}  // namespace maha::io
