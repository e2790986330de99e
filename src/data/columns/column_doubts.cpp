#include "data/columns/column_doubts.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "data/columns/column_hints.hpp"

namespace maha::data {
namespace {

constexpr Index kLeastCounted = 5,
                kLeastNamed = 20;         // rows that a column counts before it is noticed; if it has a name
constexpr std::size_t kLeastOfText = 10;  // classes; names are no measurements, but may be of the rows
constexpr std::size_t kMostClasses = 20;  // of a column that may be the label
constexpr Index kLookedAt = 4096;         // rows in which such columns are looked for

/// More classes than a third of the rows, so that hardly any row has others of its class.
bool are_too_many(std::size_t classes, Index rows) { return classes > 2 && 3 * static_cast<Index>(classes) > rows; }

}  // namespace

ColumnDoubts::ColumnDoubts(const Columns& columns) : columns_(columns) {
  counts_rows_ = columns.is_open && !columns.id && !columns.features.empty() && columns.features[0] == 0;
  if (!columns.is_open || columns.label_is_sure || !columns.label) return;
  for (std::size_t slot = 0; slot < columns.features.size(); ++slot) {
    few_.push_back({columns.features[slot], static_cast<Index>(slot)});
  }
}

void ColumnDoubts::add(const MatrixRef& X, const std::vector<Index>& row) {
  for (Index i = 0; counts_rows_ && i < X.rows(); ++i) {
    const double offset = X(i, 0) - static_cast<double>(row[static_cast<std::size_t>(i)]);
    if (rows_ + i == 0) offset_ = offset;
    counts_rows_ = offset == offset_ && offset == std::floor(offset);
  }
  if (rows_ < kLookedAt) look_for_labels(X.topRows(std::min(X.rows(), kLookedAt - rows_)));
  rows_ += X.rows();
}

void ColumnDoubts::look_for_labels(const MatrixRef& X) {
  std::erase_if(few_, [&](Values& values) {
    for (Index i = 0; i < X.rows(); ++i) {
      const double x = X(i, values.slot);
      if (x != std::floor(x)) return true;
      if (std::find(values.seen.begin(), values.seen.end(), x) != values.seen.end()) continue;
      values.seen.push_back(x);
      if (values.seen.size() > kMostClasses) return true;
    }
    return false;
  });
}

/// Another label to propose: a column that looks like one by its name, text or values; nothing if there is none.
std::optional<std::size_t> ColumnDoubts::other_label() const {
  std::vector<std::size_t> likely;
  for (const Values& values : few_) {
    const bool few = !are_too_many(values.seen.size(), std::min(rows_, kLookedAt));
    if (values.seen.size() > 1 && few) likely.push_back(values.column);
  }
  const auto is_likely = [&](std::size_t c) { return std::find(likely.begin(), likely.end(), c) != likely.end(); };
  const auto& features = columns_.features;
  const auto is_feature = [&](std::size_t c) {
    return std::find(features.begin(), features.end(), c) != features.end();
  };
  if (columns_.rival && (is_likely(*columns_.rival) || !is_feature(*columns_.rival))) return columns_.rival;
  if (likely.size() == 1 || (!likely.empty() && likely[0] == 0)) return likely[0];
  return std::nullopt;
}

std::vector<std::string> ColumnDoubts::warnings(std::size_t classes, const std::string& file) const {
  std::vector<std::string> all;
  const bool named = columns_.header && !columns_.names[0].empty();
  if (counts_rows_ && rows_ >= (named ? kLeastNamed : kLeastCounted)) {
    all.push_back(file + ": " + columns_.describe(0) + " only counts the rows, and is a feature all the same: --id 1?");
  }
  const bool few = columns_.label_is_text && classes < kLeastOfText;
  const bool doubtful = !few && columns_.is_open && columns_.label && !columns_.label_is_sure &&
                        (may_be_a_coordinate(columns_.label_name()) || !named_like_a_label(columns_.label_name()));
  if (doubtful && are_too_many(classes, rows_)) {
    const auto other = other_label();
    all.push_back(file + ": is " + columns_.describe(*columns_.label) + " the label? It has " +
                  std::to_string(classes) + " classes in " + std::to_string(rows_) + " rows" +
                  (other ? "; or is " + columns_.describe(*other) + ": " + label_hint(columns_, *other) + "?"
                         : ": --label says which column is"));
  }
  return all;
}

}  // namespace maha::data
