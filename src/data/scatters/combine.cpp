#include "data/scatters/combine.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "io/text/report_text.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"

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

/// What rounding may have done to the square (a, a).
double rounding_of(const ScatterSums& sums, Index a) {
  return kRoundings * linalg::kUnitRoundoff * sums.rounded[static_cast<std::size_t>(a)].over(1);
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

ScatterSums total_of(const ScatterFile& file) {
  ScatterSums total = linalg::no_rows(file.dims);
  for (const auto& [name, sums] : file.classes) total += sums;
  return total;
}

[[noreturn]] void refuse_sums() {
  throw InputError("no rows have such sums: other rows were taken away than were there");
}

/// The least eigenvalue of the scatter of all rows at unit diagonal.
double least_eigenvalue(const ScatterSums& total) {
  const SquareMatrix S = total.scatter();
  const Vector inverse = linalg::diagonal_scale(S).cwiseInverse();
  return linalg::eigenvalues(inverse.asDiagonal() * S * inverse.asDiagonal())(0);
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
  if (!in_both(all.taken, part.parts).empty()) throw InputError("was taken away from " + other + " before");
  add_marks(all.taken, part.parts);
  return false;
}

/// What was rounded with parts that had been added is gone with them; otherwise it is as much as both.
void settle_rounding(ScatterSums& rest, const ScatterSums& part, bool were_added) {
  for (std::size_t a = 0; a < rest.rounded.size() && were_added; ++a) {
    rest.rounded[a] -= part.rounded[a];
    rest.rounded[a] -= part.rounded[a];
  }
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
    take_out(place->sums, sums, what, other);
    settle_rounding(place->sums, sums, were_added);
    clear_rounding(place->sums);
  }
  if (all.pairs) {
    take_out(all.pairs->similar, part.pairs->similar, "similar pairs", other);
    take_out(all.pairs->dissimilar, part.pairs->dissimilar, "dissimilar pairs", other);
    settle_rounding(all.pairs->similar, part.pairs->similar, were_added);
    settle_rounding(all.pairs->dissimilar, part.pairs->dissimilar, were_added);
    clear_rounding(all.pairs->similar);
    clear_rounding(all.pairs->dissimilar);
  }
  std::erase_if(all.classes, [](const ScatterFile::Class& of) { return of.sums.rows == 0; });
  if (all.classes.empty()) throw InputError("has all rows of " + other + ": none is left");
  return were_added;
}

Left left_by_rounding(const ScatterFile& file) {
  Left left{-std::log10(linalg::kUnitRoundoff), 0};
  const ScatterSums total = total_of(file);
  double noise = 0;  // of the scatter at unit diagonal
  for (Index a = 0; a < file.dims; ++a) {
    double within = 0, error = 0;
    for (const auto& [name, sums] : file.classes) {
      within += sums.scatter(a, a);
      error += rounding_of(sums, a);
    }
    const double size = total.scatter(a, a);
    if (size < -error) refuse_sums();
    note(left, a, error, size);
    if (size > 0) noise = std::max(noise, error / size);
    if (file.rows() > std::ssize(file.classes)) note(left, a, error, within);
    if (!file.pairs) continue;
    for (const ScatterSums* kind : {&file.pairs->similar, &file.pairs->dissimilar}) {
      if (kind->rows > 0) note(left, a, rounding_of(*kind, a), kind->scatter(a, a));
    }
  }
  if (file.taken.empty() || left.digits == 0) return left;
  noise = (noise + linalg::rank_tolerance(file.dims)) * static_cast<double>(file.dims);
  const double least = least_eigenvalue(total);
  if (least < -noise) refuse_sums();
  left.dependent = least < noise;
  return left;
}

std::string text(const Left& left, const ScatterFile& file) {
  const auto j = static_cast<std::size_t>(left.feature);
  return io::short_number(std::floor(left.digits * 10) / 10, 3) + " digits are left of the variance of feature " +
         std::to_string(j + 1) + (file.features.empty() ? "" : " (" + printable(file.features[j]) + ")");
}

std::vector<std::string> doubts_of(const ScatterFile& file) {
  if (file.taken.empty()) return {};
  std::vector<std::string> doubts;
  const Left left = left_by_rounding(file);
  if (left.digits < kEnoughDigits) doubts.push_back(text(left, file));
  if (left.dependent)
    doubts.emplace_back(
        "features depend on each other so far that what rounding has left decides between them: a fit wants --ridge or "
        "--pca, or the rows");
  return doubts;
}

}  // namespace maha::data
