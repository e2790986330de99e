#include "data/scatters/combine.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "data/scatters/rounding.hpp"

namespace maha::data {
namespace {

using linalg::ScatterSums;

// Sums of columns have twice the digits of a double, less what the number of rows takes: 12 for 10^12 rows.
constexpr double kRoundingOfColumns = 1e-20;

std::string names_of(const ScatterFile& file) { return file.features.empty() ? "no names" : "names"; }

void require_same_columns(const ScatterFile& all, const ScatterFile& part, const std::string& other) {
  const auto refuse = [](const std::string& why) { throw InputError(why); };
  if (all.dims != part.dims)
    refuse("has " + counted(part.dims, "feature") + ", and " + other + " has " + std::to_string(all.dims));
  if (all.features.empty() != part.features.empty())
    refuse("has " + names_of(part) + " of features, and " + other + " has " + names_of(all) +
           ": either all parts need a header, or none");
  for (std::size_t j = 0; j < all.features.size(); ++j) {
    if (all.features[j] == part.features[j]) continue;
    refuse("calls feature " + std::to_string(j + 1) + " " + in_quotes(part.features[j]) + ", and " + other +
           " calls it " + in_quotes(all.features[j]));
  }
  if (all.labeled != part.labeled)
    refuse(part.labeled ? "has classes, and " + other + " has none" : "has no classes, and " + other + " has some");
  if (all.label != part.label)
    refuse("has the label " + in_quotes(part.label) + ", and " + other + " has " + in_quotes(all.label));
  if (all.pairs.has_value() != part.pairs.has_value())
    refuse(part.pairs ? "has pairs, and " + other + " has none" : "has no pairs, and " + other + " has some");
}

std::vector<ScatterFile::Class>::iterator place_of(ScatterFile& file, const std::string& name) {
  const auto before = [](const ScatterFile::Class& of, const std::string& other) { return of.name < other; };
  return std::lower_bound(file.classes.begin(), file.classes.end(), name, before);
}

bool is_exact(const ScatterSums& rest) { return rest.rows == 0 || (rest.rows == 1 && !of_differences(rest)); }

/// Sum x_a x_b of the one row that is left, or of none.
linalg::Dyadic exact_product(const ScatterSums& rest, std::size_t a, std::size_t b) {
  return rest.rows == 1 ? rest.sum[a] * rest.sum[b] : linalg::Dyadic();
}

/// Refuses what rounding alone cannot have left beside it, after `part` was taken away.
void require_rounding_only(const ScatterSums& rest, const ScatterSums& part) {
  const Vector error = rest.rounding();
  for (std::size_t a = 0; a < rest.rounded.size(); ++a) {
    const std::size_t square = a * (a + 1) / 2 + a;
    const double size = part.products[square].over(1);
    linalg::Dyadic off = rest.products[square];
    off -= exact_product(rest, a, a);
    if (std::abs(off.over(1)) > error[static_cast<Index>(a)] + kRoundingOfColumns * size) refuse_sums();
    const bool has_sum = rest.rows == 0 && !of_differences(rest);
    const double limit = kRoundingOfColumns * std::sqrt(size * static_cast<double>(part.rows));
    if (has_sum && std::abs(rest.sum[a].over(1)) > limit) refuse_sums();
  }
}

/// Of no rows nothing is left, and one row does not differ from itself; rounding says otherwise, but not by more than it
/// can. `part`: the rows that were taken away last.
void clear_rounding(ScatterSums& rest, const ScatterSums& part) {
  if (!is_exact(rest)) return;
  require_rounding_only(rest, part);
  for (std::size_t a = 0, k = 0; a < rest.rounded.size(); ++a) {
    for (std::size_t b = 0; b <= a; ++b) rest.products[k++] = exact_product(rest, a, b);
    rest.rounded[a] = linalg::Dyadic();
  }
}

using Marks = std::vector<std::string>;

Marks in_both(const Marks& a, const Marks& b) {
  Marks both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

Marks in_first_only(const Marks& a, const Marks& b) {
  Marks rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return rest;
}

void add_marks(Marks& to, const Marks& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::sort(to.begin(), to.end());
}

/// Those of a part that is taken out. Returns whether all that it was put together from had been added.
bool take_marks(ScatterFile& all, const ScatterFile& part, const std::string& other) {
  if (in_both(all.parts, part.parts).size() == part.parts.size() &&
      in_both(all.taken, part.taken).size() == part.taken.size()) {
    all.parts = in_first_only(all.parts, part.parts);
    all.taken = in_first_only(all.taken, part.taken);
    return true;
  }
  if (!in_both(all.taken, part.parts).empty())
    throw InputError("was taken away from " + other +
                     " before, or a part that has the same sums; equal rows are taken away together");
  const Marks common = in_both(all.parts, part.parts);
  all.parts = in_first_only(all.parts, common);
  add_marks(all.taken, in_first_only(part.parts, common));
  return false;
}

/// Takes a part away, whose sums `what` is the name of in messages.
void take_away(ScatterSums& from, const ScatterSums& part, bool were_added, const std::string& what,
               const std::string& other) {
  if (part.rows > from.rows)
    throw InputError("has " + std::to_string(part.rows) + " " + what + ", and " + other + " has " +
                     std::to_string(from.rows) + ": it is no part of that");
  from.take_away(part, were_added);
  clear_rounding(from, part);
}

}  // namespace

std::size_t add(ScatterFile& all, ScatterFile part, const std::string& other) {
  require_same_columns(all, part, other);
  for (auto& [name, sums] : part.classes) {
    const auto place = place_of(all, name);
    if (place != all.classes.end() && place->name == name) {
      place->sums += sums;
    } else {
      all.classes.insert(place, {name, std::move(sums)});
    }
  }
  if (all.pairs) {
    all.pairs->similar += part.pairs->similar;
    all.pairs->dissimilar += part.pairs->dissimilar;
  }
  const std::size_t twice = in_both(all.parts, part.parts).size();
  add_marks(all.parts, part.parts);
  add_marks(all.taken, part.taken);
  return twice;
}

bool subtract(ScatterFile& all, const ScatterFile& part, const std::string& other) {
  require_same_columns(all, part, other);
  const bool were_added = take_marks(all, part, other);
  for (const auto& [name, sums] : part.classes) {
    const auto place = place_of(all, name);
    const std::string what = all.labeled ? "rows of class " + in_quotes(name) : "rows";
    if (place == all.classes.end() || place->name != name)
      throw InputError("has " + what + ", and " + other + " has none: it is no part of that");
    take_away(place->sums, sums, were_added, what, other);
  }
  if (all.pairs) {
    take_away(all.pairs->similar, part.pairs->similar, were_added, "similar pairs", other);
    take_away(all.pairs->dissimilar, part.pairs->dissimilar, were_added, "dissimilar pairs", other);
  }
  std::erase_if(all.classes, [](const ScatterFile::Class& of) { return of.sums.rows == 0; });
  if (all.classes.empty()) throw InputError("has all rows of " + other + ": none is left");
  return were_added;
}

}  // namespace maha::data
