#pragma once
/// JSON for everything that tools read and write; only sources of io, data and experiment include it.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace maha::io {

/// Keys stay in their order.
using Json = nlohmann::ordered_json;

/// Parses a text, in time proportional to its length whatever it contains; all JSON files are read by it. -0 keeps its
/// sign. Throws InputError, one line without the file's name: not JSON or a number out of range (with line and column),
/// a duplicate key, nesting too deep to be meant (with the place, such as `parameters.k` or `datasets[2].name`).
Json parse_json(std::string_view text);

/// A description of a value, short enough for a line.
std::string brief(const Json& value);

/// The value as text in UTF-8. Throws InputError if it contains anything else.
std::string dump_json(const Json& json);

/// The value as text, with bytes replaced that are not UTF-8, such as messages that quote a file may contain.
std::string dump_replacing(const Json& json);

}  // namespace maha::io
