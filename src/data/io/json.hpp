#pragma once
/// JSON as all that tools read and write goes through; only sources of src/data include it.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace maha {

/// Keys stay in their order.
using Json = nlohmann::ordered_json;

/// The value that a text describes, in time proportional to its length whatever it holds; the one reader of all JSON
/// files. -0 keeps its sign. Throws InputError, one line without the file's name: not JSON or a number that no double
/// is near to (with line and column), a key that an object has twice, objects and lists within each other beyond any
/// use (with the place, as `parameters.k` or `datasets[2].name`).
Json parse_json(std::string_view text);

/// What a value is, short enough for a line.
std::string brief(const Json& value);

/// As text, in UTF-8 or not at all: throws InputError then.
std::string dump_json(const Json& json);

/// As text, whatever it holds: bytes that are no UTF-8, as messages that quote a file may have, are replaced.
std::string dump_replacing(const Json& json);

}  // namespace maha
