#pragma once

#include <string>
#include <string_view>

namespace maha {

/// What a file is by its first bytes that cannot be `wanted`, as "CSV" is: what to say behind its name, as `is a
/// Parquet file, not CSV`. Empty if it may be text in UTF-8 or another encoding in which ASCII is ASCII. `delimiter`:
/// of its fields, where that may be a control character.
std::string foreign_kind(std::string_view start, const std::string& wanted, char delimiter = ',');

}  // namespace maha
