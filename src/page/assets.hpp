#pragma once

namespace maha::page {

/// src/page/report.css and report.js as they stand there, and the SHA-256 of each in hexadecimal; CMake writes them into
/// a source.
extern const char* const kStyle;
extern const char* const kScript;
extern const char* const kStyleHash;
extern const char* const kScriptHash;

}  // namespace maha::page
