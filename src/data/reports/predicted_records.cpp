#include "data/reports/predicted_records.hpp"

#include <algorithm>

#include "core/number.hpp"
#include "data/table/records.hpp"

namespace maha {

void PredictedRecords::write_header(const TableReader& reader) {
  for (const char* name : {"predicted", "vote_share"}) check_new_column(reader.columns(), name, reader.name());
  if (reader.header_record().empty()) return;
  out_.write(extended_record(reader.header_record(), reader.delimiter(), {"predicted", "vote_share"}));
}

void PredictedRecords::write(const TableReader& reader, const RowBlock& block, const KnnPrediction& prediction) {
  if (!started_) write_header(reader);
  started_ = true;
  std::size_t used = 0;
  for (std::size_t i = 0; i < block.records.size(); ++i) {
    std::vector<std::string> fields{"", ""};
    if (used < block.row.size() && block.row[used] == block.first_row + static_cast<Index>(i)) {
      std::string share = format_number(prediction.share[used]);
      std::replace(share.begin(), share.end(), '.', reader.fields().decimal());
      fields = {classes_[static_cast<std::size_t>(prediction.label[used])], share};
      ++used;
    }
    out_.write(extended_record(block.records[i], reader.delimiter(), fields));
  }
}

}  // namespace maha
