#include "core/text/likeness.hpp"

#include <algorithm>

#include "core/text/text.hpp"

namespace maha {
namespace {

constexpr std::size_t kLongest = 60;  // letters of a name; what is longer is none misspelt

/// The fewest slips that make one word of the other: a letter too many, too few or wrong, or two that changed places.
std::size_t slips(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

/// A word of one or two letters is like too many; from five letters on there may be two slips, from nine three.
std::size_t most_slips(std::size_t letters) { return letters < 3 ? 0 : letters < 5 ? 1 : letters < 9 ? 2 : 3; }

}  // namespace

const std::string* likeliest(const std::string& word, const std::vector<std::string>& names) {
  if (word.size() > kLongest) return nullptr;
  const auto begins = [&](const std::string& name) { return name.starts_with(word); };
  if (word.size() > 1 && std::count_if(names.begin(), names.end(), begins) == 1)
    return &*std::find_if(names.begin(), names.end(), begins);
  const std::string* found = nullptr;
  std::size_t fewest = most_slips(word.size()) + 1;
  for (const std::string& name : names) {
    const std::size_t count = slips(word, name);
    if (count >= fewest || count >= name.size()) continue;
    found = &name;
    fewest = count;
  }
  return found;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& names) {
  const std::string* const name = likeliest(word, names);
  return name ? ": did you mean " + in_quotes(*name) + "?" : "";
}

}  // namespace maha
