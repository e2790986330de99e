#pragma once

#include "data/table/table.hpp"

namespace maha::test {

/// Five data rows, of which row 3 was skipped: what files may call the others is tested.
inline data::Table numbered() {
  data::Table table;
  table.X = Matrix::Zero(4, 1);
  table.row = {1, 2, 4, 5};
  table.rows_read = 5;
  table.name = "data.csv";
  return table;
}

/// The same with ids.
inline data::Table named(std::vector<std::string> ids) {
  data::Table table = numbered();
  table.ids = std::move(ids);
  return table;
}

}  // namespace maha::test
