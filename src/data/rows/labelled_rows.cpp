#include "data/rows/labelled_rows.hpp"

#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "data/rows/row_filter.hpp"

namespace maha::data {

LabelledRows::LabelledRows(std::unique_ptr<RowSource> rows, std::unique_ptr<RowSource> labels)
    : rows_(std::move(rows)), labels_(std::move(labels)), columns_(rows_->columns()) {
  const Columns& of_labels = labels_->columns();
  if (columns_.label) {
    throw InputError(name() + ": " + columns_.describe(*columns_.label) + " is its label, and " + labels_->name() +
                     " has labels too: --drop the one, or leave out the other");
  }
  columns_.label = columns_.count++;
  columns_.label_is_sure = true;
  columns_.label_is_target = of_labels.label_is_target;
  if (columns_.header) columns_.names.push_back(of_labels.label_name().empty() ? "label" : of_labels.label_name());
}

/// Whether so many labels are at hand, present or not.
bool LabelledRows::hold(Index rows) {
  for (RowBlock block; std::ssize(held_) < rows && labels_->next(block);) {
    const std::size_t before = held_.size();
    held_.resize(before + static_cast<std::size_t>(block.rows_read));
    for (std::size_t i = 0; i < block.row.size(); ++i) {
      Held& own = held_[before + static_cast<std::size_t>(block.row[i] - block.first_row)];
      own.is_present = true;
      if (!block.labels.empty()) own.label = std::move(block.labels[i]);
      if (!block.targets.empty()) own.target = block.targets[i];
    }
  }
  return std::ssize(held_) >= rows;
}

bool LabelledRows::next(RowBlock& block) {
  if (!rows_->next(block)) {
    if (hold(1)) {
      throw InputError(labels_->name() + ": has more than the " + counted(read_, "row") + " of " + name());
    }
    return false;
  }
  if (!hold(block.rows_read)) {
    throw InputError(labels_->name() + ": has " + counted(read_ + std::ssize(held_), "row") + ", and " + name() +
                     " has more");
  }
  const auto of = [&](Index row) -> Held& { return held_[static_cast<std::size_t>(row - block.first_row)]; };
  std::vector<Index> kept;
  for (Index i = 0; i < std::ssize(block.row); ++i) {
    if (of(block.row[static_cast<std::size_t>(i)]).is_present) kept.push_back(i);
  }
  keep_rows(block, kept);
  for (const Index row : block.row) {
    if (columns_.label_is_target) block.targets.push_back(of(row).target);
    if (!columns_.label_is_target) block.labels.push_back(std::move(of(row).label));
  }
  held_.erase(held_.begin(), held_.begin() + block.rows_read);
  read_ += block.rows_read;
  return true;
}

void LabelledRows::check_classes(const std::vector<std::string>&) const {}

}  // namespace maha::data
