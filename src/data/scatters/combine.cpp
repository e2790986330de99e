#include "data/scatters/combine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "linalg/rounding.hpp"

namespace maha::data {
namespace {

using linalg::ScatterSums;

// Sums of n terms that are merged in a tree are off by a few roundings, rarely by more.
constexpr double kRoundings = 8;

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

/// The least digits so far.
void note(Left& left, Index feature, double error, double size) {
  if (error == 0) return;
  const double digits = size > 0 ? -std::log10(error / size) : 0;
  if (digits < left.digits) left = {std::max(0.0, digits), feature};
}

/// What rounding may have done to the square (a, a) of what is left after `part` was taken away: to the scatters that
/// were rounded, and to the mean of the part, which moves the scatter between it and the rest.
double rounding_of(const ScatterSums& left, const ScatterSums* part, Index a) {
  const double u = kRoundings * linalg::kUnitRoundoff;
  const auto at = static_cast<std::size_t>(a);
  const double rounded = left.rounded[at].over(1);
  if (!part || of_differences(left) || left.rows == 0) return u * rounded;
  const double apart = part->sum[at].over(part->rows) - left.sum[at].over(left.rows);
  return u * (rounded + 2 * std::sqrt(rounded * static_cast<double>(part->rows)) * std::abs(apart));
}

/// Of no rows nothing is left, and one row does not differ from itself; rounding says otherwise.
void clear_rounding(ScatterSums& sums) {
  if (sums.rows > 1 || (sums.rows == 1 && of_differences(sums))) return;
  for (std::size_t a = 0, k = 0; a < sums.rounded.size(); ++a) {
    for (std::size_t b = 0; b <= a; ++b, ++k)
      sums.products[k] = sums.rows == 1 ? sums.sum[a] * sums.sum[b] : linalg::Dyadic();
  }
}

/// Takes `part` out of `from`, `what` being its name in messages.
void take_out(ScatterSums& from, const ScatterSums& part, const std::string& what, const std::string& other) {
  if (part.rows > from.rows)
    throw InputError("has " + std::to_string(part.rows) + " " + what + ", and " + other + " has " +
                     std::to_string(from.rows) + ": it is no part of that");
  from -= part;
}

/// The sums of each class of `all` in `part`; nullptr where it has none.
std::vector<const ScatterSums*> same_classes(const ScatterFile& all, const ScatterFile& part) {
  std::vector<const ScatterSums*> same;
  for (auto own = all.classes.begin(), other = part.classes.begin(); own != all.classes.end(); ++own) {
    while (other != part.classes.end() && other->name < own->name) ++other;
    same.push_back(other != part.classes.end() && other->name == own->name ? &other->sums : nullptr);
  }
  return same;
}

/// What is left of the scatters of all rows, of those within classes, and of the pairs.
Left digits_of(const ScatterFile& all, const ScatterFile& part) {
  Left left{-std::log10(linalg::kUnitRoundoff), 0};
  const std::vector<const ScatterSums*> taken = same_classes(all, part);
  ScatterSums total = linalg::no_rows(all.dims);
  for (const auto& [name, sums] : all.classes) total += sums;
  for (Index a = 0; a < all.dims; ++a) {
    double within = 0, error = 0;
    for (std::size_t c = 0; c < taken.size(); ++c) {
      within += all.classes[c].sums.scatter(a, a);
      error += rounding_of(all.classes[c].sums, taken[c], a);
    }
    note(left, a, error, total.scatter(a, a));
    if (all.rows() > std::ssize(all.classes)) note(left, a, error, within);
    if (!all.pairs) continue;
    for (const ScatterSums* kind : {&all.pairs->similar, &all.pairs->dissimilar}) {
      if (kind->rows > 0) note(left, a, rounding_of(*kind, nullptr, a), kind->scatter(a, a));
    }
  }
  return left;
}

}  // namespace

void add(ScatterFile& all, ScatterFile part, const std::string& other) {
  require_same_columns(all, part, other);
  for (auto& [name, sums] : part.classes) {
    const auto place = place_of(all, name);
    if (place != all.classes.end() && place->name == name) {
      place->sums += sums;
    } else {
      all.classes.insert(place, {name, std::move(sums)});
    }
  }
  all.parts += part.parts;
  if (!all.pairs) return;
  all.pairs->similar += part.pairs->similar;
  all.pairs->dissimilar += part.pairs->dissimilar;
}

Left subtract(ScatterFile& all, const ScatterFile& part, const std::string& other) {
  require_same_columns(all, part, other);
  for (const auto& [name, sums] : part.classes) {
    const auto place = place_of(all, name);
    const std::string what = all.labeled ? "rows of class " + in_quotes(name) : "rows";
    if (place == all.classes.end() || place->name != name)
      throw InputError("has " + what + ", and " + other + " has none: it is no part of that");
    take_out(place->sums, sums, what, other);
    clear_rounding(place->sums);
  }
  if (all.pairs) {
    take_out(all.pairs->similar, part.pairs->similar, "similar pairs", other);
    take_out(all.pairs->dissimilar, part.pairs->dissimilar, "dissimilar pairs", other);
    clear_rounding(all.pairs->similar);
    clear_rounding(all.pairs->dissimilar);
  }
  std::erase_if(all.classes, [](const ScatterFile::Class& of) { return of.sums.rows == 0; });
  if (all.classes.empty()) throw InputError("has all rows of " + other + ": none is left");
  all.parts += part.parts;
  return digits_of(all, part);
}

}  // namespace maha::data
