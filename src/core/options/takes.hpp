#pragma once

namespace maha {

/// What the value of an option or argument is, for whatever proposes or describes values. `word`: one of a few. `rows`:
/// a file to read, whose columns a `column`, or `columns` separated by commas, are of.
enum class Takes : unsigned char { nothing, text, whole, number, word, input, rows, output, column, columns };

}  // namespace maha
