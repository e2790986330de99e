#include "data/reports/predicted_records.hpp"

namespace maha::data {

void PredictedRecords::write(const RowSource& source, const RowBlock& block, const eval::KnnPrediction& prediction) {
  records_.write(source, block, [&](std::size_t i) {
    return std::vector<std::string>{classes_[static_cast<std::size_t>(prediction.label[i])],
                                    number_field(prediction.share[i], source.record_text())};
  });
}

void PredictedNumbers::write(const RowSource& source, const RowBlock& block, const eval::KnnEstimate& estimate) {
  records_.write(source, block, [&](std::size_t i) {
    return std::vector<std::string>{number_field(estimate.value[static_cast<Index>(i)], source.record_text())};
  });
}

}  // namespace maha::data
