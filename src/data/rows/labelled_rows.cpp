#include "data/rows/labelled_rows.hpp"

#include <algorithm>

#include "core/error.hpp"

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

/// Whether so many labels are at hand.
bool LabelledRows::hold(Index rows) {
  const auto held = [&] { return std::max(std::ssize(held_), std::ssize(held_targets_)); };
  for (RowBlock block; held() < rows && labels_->next(block);) {
    held_.insert(held_.end(), std::make_move_iterator(block.labels.begin()),
                 std::make_move_iterator(block.labels.end()));
    held_targets_.insert(held_targets_.end(), block.targets.begin(), block.targets.end());
  }
  return held() >= rows;
}

bool LabelledRows::next(RowBlock& block) {
  if (!rows_->next(block)) {
    if (hold(1)) {
      throw InputError(labels_->name() + ": has more than the " + std::to_string(read_) + " rows of " + name());
    }
    return false;
  }
  if (!hold(block.rows_read)) {
    const auto more = std::max(std::ssize(held_), std::ssize(held_targets_));
    throw InputError(labels_->name() + ": has " + std::to_string(read_ + more) + " rows, and " + name() + " has more");
  }
  const auto take = [&](auto& held, auto& to) {
    if (held.empty()) return;
    for (const Index row : block.row) to.push_back(held[static_cast<std::size_t>(row - block.first_row)]);
    held.erase(held.begin(), held.begin() + block.rows_read);
  };
  take(held_, block.labels);
  take(held_targets_, block.targets);
  read_ += block.rows_read;
  return true;
}

void LabelledRows::check_classes(const std::vector<std::string>&) const {}

}  // namespace maha::data
