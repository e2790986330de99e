#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data/rows/row_source.hpp"

namespace maha::test {

/// Labelled rows that lie in memory: a format that nobody reads, and no CSV anywhere. The features are x1, x2, ..., the
/// label is `kind`; a row with a NaN is passed over.
class MemoryRows : public data::RowSource {
 public:
  MemoryRows(Matrix X, std::vector<std::string> labels) : X_(std::move(X)), labels_(std::move(labels)) {
    const auto d = static_cast<std::size_t>(X_.cols());
    columns_.count = d + 1;
    columns_.header = true;
    for (std::size_t j = 0; j < d; ++j) {
      columns_.names.push_back("x" + std::to_string(j + 1));
      columns_.features.push_back(j);
    }
    columns_.names.emplace_back("kind");
    columns_.label = d;
    columns_.label_is_sure = true;
  }

  const std::string& name() const override { return name_; }
  const data::Columns& columns() const override { return columns_; }

  bool next(data::RowBlock& block) override {
    block = data::RowBlock();
    block.first_row = next_ + 1;
    block.rows_read = std::min<Index>(kBlock, X_.rows() - next_);
    block.X.resize(block.rows_read, X_.cols());
    Index used = 0;
    for (Index i = next_; i < next_ + block.rows_read; ++i) {
      if (!X_.row(i).allFinite()) continue;
      block.X.row(used++) = X_.row(i);
      block.row.push_back(i + 1);
      block.labels.push_back(labels_[static_cast<std::size_t>(i)]);
    }
    block.X.conservativeResize(used, Eigen::NoChange);
    next_ += block.rows_read;
    return block.rows_read > 0;
  }

 protected:
  std::string name_ = "memory";

 private:
  static constexpr Index kBlock = 2;

  Matrix X_;
  std::vector<std::string> labels_;
  data::Columns columns_;
  Index next_ = 0;
};

}  // namespace maha::test
