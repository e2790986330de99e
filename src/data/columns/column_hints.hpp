#pragma once
/// What to type if a guess about columns was wrong: hints that work as pasted after the command.

#include <string>
#include <string_view>
#include <vector>

#include "data/columns/columns.hpp"

namespace maha::data {

/// Whether a name is usual for a label column: label, class, target, y, in upper or lower case.
bool named_like_a_label(const std::string& name);

/// Of such names, the one that coordinates have too.
bool may_be_a_coordinate(const std::string& name);

/// The column as an argument of an option, safe in a shell: its name if that is plain, otherwise its number.
std::string as_argument(const Columns& columns, std::size_t column);

/// The column's number; counted from the end if some column has that number as its name.
std::string as_number(const Columns& columns, std::size_t column);

/// `--label class`.
std::string label_hint(const Columns& columns, std::size_t column);

/// `--drop name,5`; empty for no columns.
std::string drop_hint(const Columns& columns, const std::vector<std::size_t>& dropped);

/// The end of a message about columns of text among the features: which may be the label and which to drop.
/// `label_is_text`: the column taken for the label has text too. Empty if no option can help.
std::string text_hint(const Columns& columns, const std::vector<std::size_t>& texts, bool label_is_text);

}  // namespace maha::data
