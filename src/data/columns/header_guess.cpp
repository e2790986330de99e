#include "data/columns/header_guess.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/columns/column_hints.hpp"
#include "data/columns/column_names.hpp"

namespace maha::data {
namespace {

using Record = std::vector<std::string>;

constexpr std::size_t kManySteps = 6;  // even steps; so many are hardly chance

/// The features of a record that are not empty, if they are whole numbers; none if one of them is not. As doubles, so that
/// what is worked out of them does not overflow.
std::vector<double> whole_features(const Record& record, const std::vector<bool>& is_feature) {
  std::vector<double> numbers;
  for (std::size_t c = 0; c < record.size() && c < is_feature.size(); ++c) {
    if (!is_feature[c] || record[c].empty()) continue;
    const auto number = whole_number(record[c]);
    if (!number) return {};
    numbers.push_back(static_cast<double>(*number));
  }
  return numbers;
}

/// 0, 1, 2, ... or 1, 2, 3, ...: the usual names of columns without names.
bool counts_up(const std::vector<double>& numbers) {
  if (numbers.empty() || numbers[0] < 0 || numbers[0] > 1) return false;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] != numbers[i - 1] + 1) return false;
  }
  return true;
}

/// An empty first field above an integer: the header of an index, as pandas and R write it.
bool begins_with_index(const Opening& opening) {
  return opening.second && opening.first.size() > 1 && opening.first[0].empty() && !opening.second->empty() &&
         whole_number((*opening.second)[0]);
}

/// Equally spaced integers, like years or wavelengths that name columns.
bool steps_evenly(const std::vector<double>& numbers) {
  if (numbers.size() < 3 || numbers[1] == numbers[0]) return false;
  for (std::size_t i = 2; i < numbers.size(); ++i) {
    if (numbers[i] - numbers[i - 1] != numbers[1] - numbers[0]) return false;
  }
  return true;
}

bool has_fractions(const Opening& opening) {
  const Record& second = *opening.second;
  for (std::size_t c = 0; c < second.size(); ++c) {
    if (opening.is_feature[c] && opening.fields.is_numeric(second[c]) && !whole_number(second[c])) return true;
  }
  return false;
}

/// Values of a data row may be evenly spaced by chance. They are more likely names if there are many, or if the row
/// below has fractions or numbers of another size, and not if the other fields are the same in the row below.
bool are_rather_names(const Opening& opening, const std::vector<double>& numbers) {
  const Record& second = *opening.second;
  for (std::size_t c = 0; c < second.size(); ++c) {
    if (!opening.is_feature[c] && opening.first[c] == second[c]) return false;
  }
  const std::vector<double> below = whole_features(second, opening.is_feature);
  if (numbers.size() >= kManySteps || has_fractions(opening)) return true;
  if (below.empty()) return false;
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  const auto [least_below, most_below] = std::minmax_element(below.begin(), below.end());
  return *least > 10 * std::max(std::abs(*least_below), std::abs(*most_below)) || *least_below > 10 * std::abs(*most);
}

/// Numbers that count up or are evenly spaced above a row whose numbers are not, or the name of a label above a label.
bool looks_like_header(const Opening& opening) {
  if (!opening.second || opening.second->size() != opening.first.size()) return false;
  for (std::size_t c = 0; c < opening.first.size(); ++c) {
    const bool renamed = opening.first[c] != (*opening.second)[c];
    if (!opening.is_feature[c] && named_like_a_label(opening.first[c]) && renamed) return true;
  }
  const std::vector<double> numbers = whole_features(opening.first, opening.is_feature);
  const std::vector<double> below = whole_features(*opening.second, opening.is_feature);
  if (steps_evenly(numbers) && !steps_evenly(below) && are_rather_names(opening, numbers)) return true;
  const std::size_t least = !numbers.empty() && numbers[0] == 0 ? 2 : 3;  // 1, 2 is a row like any other
  return numbers.size() >= least && counts_up(numbers) && !counts_up(below);
}

/// `, with --label 2` if only one column of text speaks against the first line being data.
std::string hint_at_label(const Opening& opening) {
  if (!opening.second || opening.second->size() != opening.first.size()) return "";
  const auto is_text = [&](const std::string& field) {
    return !field.empty() && !opening.fields.is_numeric(field) && !opening.fields.is_missing(field);
  };
  std::vector<std::size_t> texts;
  for (std::size_t c = 0; c < opening.first.size(); ++c) {
    const bool first = is_text(opening.first[c]), second = is_text((*opening.second)[c]);
    if (opening.is_feature[c] && first != second) return "";
    if (opening.is_feature[c] && first) texts.push_back(c);
  }
  return texts.size() == 1 ? "; if no, column " + std::to_string(texts[0] + 1) + " is text: --header no --label " +
                                 std::to_string(texts[0] + 1) + "?"
                           : "";
}

}  // namespace

bool guess_header(const Opening& opening, const std::string& file, std::vector<std::string>& warnings) {
  std::size_t numbers = 0, texts = 0;
  for (std::size_t c = 0; c < opening.first.size(); ++c) {
    const std::string& field = opening.first[c];
    if (!opening.is_feature[c] || field.empty()) continue;
    ++(opening.fields.is_numeric(field) || opening.fields.is_missing(field) ? numbers : texts);
  }
  if (numbers > 0 && texts > 0) {
    throw UsageError(file + ": is the first line a header? It has both numbers and text" +
                     (opening.has_options ? ": --header yes or no" + hint_at_label(opening) : ""));
  }
  if (texts > 0) return true;
  if (begins_with_index(opening)) {
    const std::vector<double> names = whole_features(opening.first, opening.is_feature);
    if (numbers == 0 || (counts_up(names) && names[0] == 0)) return true;  // an index over columns without names
    if (!names.empty()) {
      throw UsageError(file + ": is the first line a header? Its first field is empty" +
                       (opening.has_options ? ": --header yes or no" : ""));
    }
  }
  if (looks_like_header(opening)) {
    warnings.push_back(file + ": the first line (" + listing(opening.first) +
                       ") is taken for data, but looks like a header: --header yes?");
  }
  return false;
}

}  // namespace maha::data
