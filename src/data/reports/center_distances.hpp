#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "data/model/model.hpp"
#include "data/rows/row_source.hpp"
#include "io/output.hpp"
#include "metric/covariance_range.hpp"

namespace maha::data {

struct CenterDistances {
  bool squared = false;                             ///< write squared distances
  std::function<double(double squared)> p_value{};  ///< of a row, by its squared distance; of infinity too
  bool append = false;                              ///< to the records as they came
};

/// What there is to say of a file's rows after their distances were written.
struct CenterSummary {
  Index used = 0, skipped = 0;          ///< rows; the skipped ones for missing values
  Index outside = 0;                    ///< of those used, the rows that the model's singular covariance rules out
  std::vector<std::string> warnings{};  ///< naming the file, and the first row that is ruled out
};

/// The range of the covariance that a model is of, if that is singular and the model records `deviations`, as those of
/// maha-cov do. Nothing if the metric has another rank than the model's covariance had, as after a reduction.
std::optional<metric::CovarianceRange> covariance_range(const Model& model);

/// Writes how far each row of a file is from the model's center: CSV with the header `row,distance,p_value`, rows by
/// their number in the file, or by the id column, under its own name ("id" if it has none), a block of rows at a time.
/// Rows outside of the covariance_range are at an infinite distance, `inf`, with the p-value 0.
///
/// With `append`, the records of a file opened with its records kept, as they came, with `distance,p_value,p_adjusted`
/// behind them, empty for rows passed over. p_adjusted is Benjamini and Hochberg's over all rows, so that memory holds
/// the text of the file.
///
/// Throws InputError if the model has no center, a field is missing that has no fill, or a distance, or its square if
/// that is asked for, overflows; with `append` also if the file has one of these columns or is no text.
CenterSummary write_center_distances(RowSource& source, const Model& model, const CenterDistances& options,
                                     io::Output& output, const Threads& threads = Threads());

}  // namespace maha::data
