#pragma once
/// What to type where a guess about columns was wrong: hints that work as pasted behind the command.

#include <string>
#include <string_view>
#include <vector>

#include "data/columns/columns.hpp"

namespace maha {

/// The names by which a label column is known: label, class, target, y, in any case.
bool named_like_a_label(std::string name);

/// The column as an option takes it, fit for a shell: its name if that is plain, else its number.
std::string as_argument(const Columns& columns, std::size_t column);

/// Its number; from the end, if a column has that number for a name.
std::string as_number(const Columns& columns, std::size_t column);

/// `--label class`.
std::string label_hint(const Columns& columns, std::size_t column);

/// `--drop name,5`; empty for no columns.
std::string drop_hint(const Columns& columns, const std::vector<std::size_t>& dropped);

/// What follows a message about columns of text among the features: which of them may be the label and which are to be
/// dropped. `label_is_text`: the column that is taken for the label holds text too. Empty if no option can help.
std::string text_hint(const Columns& columns, const std::vector<std::size_t>& texts, bool label_is_text);

}  // namespace maha
