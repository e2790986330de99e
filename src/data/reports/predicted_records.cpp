#include "data/reports/predicted_records.hpp"

#include <algorithm>

#include "core/text/number.hpp"
#include "data/table/records.hpp"

namespace maha::data {

void PredictedRecords::write_header(const RowSource& source) {
  for (const char* name : {"predicted", "vote_share"}) check_new_column(source.columns(), name, source.name());
  const RecordText& text = source.record_text();
  if (text.header.empty()) return;
  out_.write(extended_record(text.header, text.delimiter, {"predicted", "vote_share"}));
}

void PredictedRecords::write(const RowSource& source, const RowBlock& block, const eval::KnnPrediction& prediction) {
  if (!started_) write_header(source);
  started_ = true;
  const RecordText& text = source.record_text();
  std::size_t used = 0;
  for (std::size_t i = 0; i < block.records.size(); ++i) {
    std::vector<std::string> fields{"", ""};
    if (used < block.row.size() && block.row[used] == block.first_row + static_cast<Index>(i)) {
      std::string share = format_number(prediction.share[used]);
      std::replace(share.begin(), share.end(), '.', text.decimal);
      fields = {classes_[static_cast<std::size_t>(prediction.label[used])], share};
      ++used;
    }
    out_.write(extended_record(block.records[i], text.delimiter, fields));
  }
}

}  // namespace maha::data
