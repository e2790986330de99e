#include "data/writing/convert.hpp"

#include <utility>

#include "core/error.hpp"
#include "data/reports/written_rows.hpp"

namespace maha::data {

WrittenApart labels_apart(WrittenColumns columns) {
  if (!columns.label) throw InputError("has no label for --labels-out: --label COLUMN");
  WrittenColumns labels;
  labels.label = std::exchange(columns.label, std::nullopt);
  labels.label_is_target = columns.label_is_target;
  labels.remedies = columns.remedies;
  return {std::move(columns), std::move(labels)};
}

void RowOutputs::write(RowBlock& block) const {
  if (classes) classes->apply(block);
  if (labels) {
    RowBlock apart;
    apart.X.resize(block.X.rows(), 0);
    apart.row = block.row;
    apart.labels = std::move(block.labels);
    apart.targets = std::move(block.targets);
    block.labels.clear();
    block.targets.clear();
    labels->write(apart);
  }
  rows->write(block);
}

void RowOutputs::finish() const {
  rows->finish();
  if (labels) labels->finish();
}

Index write_all(RowSource& source, const RowOutputs& outputs) {
  Index passed_over = 0, used = 0;
  for (RowBlock block; source.next(block);) {
    passed_over += block.rows_read - block.X.rows();
    used += block.X.rows();
    outputs.write(block);
  }
  if (used == 0) throw InputError(source.name() + ": has no usable row");
  outputs.finish();
  return passed_over;
}

void write_all(const Table& table, const RowOutputs& outputs) {
  RowBlock block;
  block.X = table.X;
  block.row = table.row;
  block.ids = table.ids;
  block.targets.assign(table.target.begin(), table.target.end());
  for (const int y : table.y) block.labels.push_back(table.classes[static_cast<std::size_t>(y)]);
  outputs.write(block);
  outputs.finish();
}

}  // namespace maha::data
