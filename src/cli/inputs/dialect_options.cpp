#include "cli/inputs/dialect_options.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

char delimiter_from(const std::string& text) {
  if (text == "\\t") return '\t';
  const std::string option = "-d,--delimiter: " + in_quotes(text) + " ";
  if (text.size() != 1) throw UsageError(option + "is not one character (\\t is a tab)");
  if (const char* reason = data::why_no_delimiter(text[0])) throw UsageError(option + reason);
  return text[0];
}

}  // namespace

void dialect_options(Options& options, data::CsvDialect& dialect) {
  options.custom("-d,--delimiter", "field separator, \\t and space too (default: found out)", "CHAR",
                 [&dialect](const std::string& text) { dialect.delimiter = delimiter_from(text); });
  options.choice("--decimal", dialect.decimal, {{".", '.'}, {",", ','}}, "the decimal mark of numbers");
  options.custom("--comment", "pass over lines that begin with TEXT, as '#'", "TEXT",
                 [&dialect](const std::string& text) {
                   const char* reason = data::why_no_comment(text);
                   if (reason) throw UsageError("--comment: " + in_quotes(text) + " " + reason);
                   dialect.comment = text;
                 });
}

}  // namespace maha::cli
