#pragma once

#include <memory>
#include <string>

#include "core/checksum.hpp"
#include "core/machine/ranks.hpp"
#include "data/rows/row_source.hpp"

namespace maha::data {

/// Rows that several ranks read, each for itself. All read at the same time, and each call compares what they have got:
/// it throws InputError on all ranks if that is not the same. Of rows that are dealt where they are read, labels and the
/// first row of each block are compared.
class ComparedRows : public RowSource {
 public:
  /// `files`: where the rows come from, as an error says it.
  ComparedRows(std::unique_ptr<RowSource> rows, std::string files, const Ranks& ranks);

  const std::string& name() const override { return rows_->name(); }
  const Columns& columns() const override { return rows_->columns(); }
  bool next(RowBlock& block) override;
  std::optional<SharedRows> map() override;
  void check_room(Index rows) const override { rows_->check_room(rows); }
  const RecordText& record_text() const override { return rows_->record_text(); }
  void check_classes(const std::vector<std::string>& classes) const override { rows_->check_classes(classes); }

 private:
  void compare(const Checksum& own) const;

  std::unique_ptr<RowSource> rows_;
  std::string files_;
  const Ranks& ranks_;
};

}  // namespace maha::data
