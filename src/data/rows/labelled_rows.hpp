#pragma once

#include <deque>
#include <memory>
#include <string>

#include "data/rows/row_source.hpp"

namespace maha::data {

/// Rows whose labels, or targets, stand in a file of their own, in their order. A row is passed over if either is.
class LabelledRows : public RowSource {
 public:
  /// `rows` has no label column; `labels` has one and no features. Throws InputError if both
  /// have labels.
  LabelledRows(std::unique_ptr<RowSource> rows, std::unique_ptr<RowSource> labels);

  const std::string& name() const override { return rows_->name(); }
  const Columns& columns() const override { return columns_; }

  /// Throws InputError if one of the files has more rows than the other.
  bool next(RowBlock& block) override;

  std::optional<SharedRows> map() override { return rows_->map(); }
  void check_room(Index rows) const override { rows_->check_room(rows); }

  /// That of the rows alone.
  const RecordText& record_text() const override { return rows_->record_text(); }
  void check_classes(const std::vector<std::string>& classes) const override;

 private:
  struct Held {
    bool is_present = false;
    std::string label{};
    double target = 0;
  };

  bool hold(Index rows);

  std::unique_ptr<RowSource> rows_, labels_;
  Columns columns_;
  std::deque<Held> held_;  // of the rows that come next
  Index read_ = 0;         // rows handed out
};

}  // namespace maha::data
