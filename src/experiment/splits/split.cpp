#include "experiment/splits/split.hpp"

#include "core/stratified.hpp"

namespace maha::experiment {
namespace {

data::Table part_of(const data::Table& table, const std::vector<int>& is_test, int part) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < is_test.size(); ++i) {
    if (is_test[i] == part) rows.push_back(static_cast<Index>(i));
  }
  return data::rows_of(table, rows);
}

/// A table's labels, without its rows.
data::Table labels_of(const data::Table& table) {
  data::Table labels;
  labels.y = table.y;
  labels.classes = table.classes;
  return labels;
}

}  // namespace

Split::Split(data::Table training, data::Table tested) : train(std::move(training)), test(std::move(tested)) {
  data::Table known = labels_of(train), asked = labels_of(test);
  data::share_classes(known, asked);
  train_label = std::move(known.y);
  test_label = std::move(asked.y);
  classes = static_cast<int>(known.classes.size());
}

Labels strata_of(const data::Table& table) { return table.target.size() > 0 ? quantile_strata(table.target) : table.y; }

Split cut(const data::Table& table, const std::vector<int>& is_test) {
  return {part_of(table, is_test, 0), part_of(table, is_test, 1)};
}

Split cut_and_fill(const data::Table& table, const std::vector<int>& is_test) {
  return fill_both(part_of(table, is_test, 0), part_of(table, is_test, 1));
}

Split fill_both(data::Table train, data::Table test) {
  data::fill_missing(train);
  data::fill_missing(test, train.fill);
  return {std::move(train), std::move(test)};
}

}  // namespace maha::experiment
