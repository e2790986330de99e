#pragma once
/// What is asked of the columns of a file.

#include "data/columns/columns.hpp"

namespace maha::test {

inline data::ColumnRequest optional_label() {
  data::ColumnRequest request;
  request.labels = data::LabelUse::optional;
  return request;
}

inline data::ColumnRequest unlabeled() {
  data::ColumnRequest request = optional_label();
  request.unlabeled = true;
  return request;
}

}  // namespace maha::test
