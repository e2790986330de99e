#include "data/reports/center_distances.hpp"

#include <cmath>
#include <deque>
#include <limits>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/pairs/row_names.hpp"
#include "data/reports/written_rows.hpp"
#include "data/table/records.hpp"
#include "eval/statistics/statistics.hpp"
#include "io/text/csv_writer.hpp"
#include "linalg/wide_square.hpp"

namespace maha::data {
namespace {

std::string header(const Columns& columns) {
  if (!columns.id) return "row,distance,p_value\n";
  return io::csv_line({columns.id_name(), "distance", "p_value"});
}

/// A distance, or its square, as it is written. Throws InputError naming the row if that is no number.
double checked(double distance, double squared, bool as_square, const std::string& file, Index row) {
  try {
    if (!std::isfinite(distance)) throw InputError("its distance is too large for a number");
    if (as_square && !linalg::is_safe_square(squared)) linalg::checked_square(distance);
  } catch (const InputError& e) {
    throw InputError(file + ": row " + std::to_string(row) + ": " + e.what());
  }
  return as_square ? squared : distance;
}

/// The distances of a file's rows from a model's center, a block at a time.
class FromCenter {
 public:
  FromCenter(const Model& model, const CenterDistances& options, const Threads& threads)
      : model_(model), options_(options), threads_(threads), range_(covariance_range(model)) {
    if (model.center) return;
    throw InputError((model.source.empty() ? "" : model.source + ": ") +
                     "the model has no center to measure from; those of maha-cov have one");
  }

  /// Distances as they are written, and p-values, of the rows of a block.
  struct Measured {
    std::vector<double> distance, p_value;
  };

  Measured measure(const RowSource& source, const RowBlock& block) {
    require_values(source, block.X);
    const Matrix Z = model_.transform(block.X, threads_);
    const Vector squared = Z.rowwise().squaredNorm();
    const std::vector<bool> outside = find_outside(block);
    const std::vector<double> origin(static_cast<std::size_t>(Z.cols()), 0);
    const auto n = static_cast<std::size_t>(Z.rows());
    Measured measured{std::vector<double>(n, std::numeric_limits<double>::infinity()), std::vector<double>(n, 0)};
    threads_.for_ranges(Z.rows(), kTile, [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (outside[at]) continue;
        const double distance = linalg::length_of(squared[i], Z.row(i).data(), origin.data(), Z.cols());
        measured.distance[at] = checked(distance, squared[i], options_.squared, source.name(), block.row[at]);
        measured.p_value[at] = options_.p_value(squared[i]);
      }
    });
    return measured;
  }

  /// To be called after all rows.
  CenterSummary summary(const std::string& file) {
    const auto warn = [&](const std::string& text) { summary_.warnings.push_back(file + ": " + text); };
    if (summary_.skipped > 0) warn(counted(summary_.skipped, "row") + " skipped for missing values");
    if (summary_.outside > 0) {
      warn(std::to_string(summary_.outside) + " of " + std::to_string(summary_.used) +
           (summary_.outside > 1 ? " rows differ" : " rows differs") +
           " from the center in what the singular covariance of " +
           (model_.source.empty() ? "the model" : model_.source) +
           " rules out: distance inf, p-value 0; the first is row " + std::to_string(first_) + ", in " +
           (model_.features.empty() ? "features " : "") + listing(first_by_));
    }
    return summary_;
  }

 private:
  static constexpr Index kTile = 256;  // rows that a thread measures at a time

  std::vector<bool> find_outside(const RowBlock& block) {
    summary_.used += block.X.rows();
    summary_.skipped += block.rows_read - block.X.rows();
    if (!range_) return std::vector<bool>(block.row.size(), false);
    std::vector<bool> outside = range_->outside(block.X, threads_);
    for (std::size_t i = 0; i < outside.size(); ++i) {
      if (!outside[i] || summary_.outside++ > 0) continue;
      first_ = block.row[i];
      for (const Index j : range_->features_outside(block.X.row(static_cast<Index>(i)))) {
        first_by_.push_back(model_.feature_name(j));
      }
    }
    return outside;
  }

  const Model& model_;
  const CenterDistances& options_;
  const Threads& threads_;
  const std::optional<metric::CovarianceRange> range_;
  CenterSummary summary_;
  Index first_ = 0;                      // row of the file that is outside
  std::vector<std::string> first_by_{};  // the features in which it is
};

void append_line(std::string& text, const RowBlock& block, const FromCenter::Measured& measured, Index i) {
  append_row_name(text, i, block.row, block.ids);
  for (const auto* column : {&measured.distance, &measured.p_value}) {
    text += ',';
    append_number(text, (*column)[static_cast<std::size_t>(i)]);
  }
  text += '\n';
}

/// What is kept of a block until all p-values are known.
struct Held {
  RowBlock block;
  FromCenter::Measured measured;
};

std::vector<double> adjusted_p_values(const std::deque<Held>& blocks) {
  std::vector<double> p;
  for (const Held& held : blocks) p.insert(p.end(), held.measured.p_value.begin(), held.measured.p_value.end());
  return eval::benjamini_hochberg_adjusted(p);
}

void write_lines(RowSource& source, FromCenter& center, io::Output& output, const Threads& threads) {
  output.write(header(source.columns()));
  for (RowBlock block; source.next(block);) {
    const FromCenter::Measured measured = center.measure(source, block);
    write_rows(output, block.X.rows(), threads,
               [&](std::string& text, Index i) { append_line(text, block, measured, i); });
  }
}

void write_appended(RowSource& source, FromCenter& center, io::Output& output) {
  AppendedRecords records(output, {"distance", "p_value", "p_adjusted"});
  records.check(source);
  std::deque<Held> blocks;
  for (RowBlock block; source.next(block); block = {}) {
    FromCenter::Measured measured = center.measure(source, block);
    block.X.resize(0, 0);  // the records are what is written
    blocks.push_back({std::move(block), std::move(measured)});
  }
  const std::vector<double> adjusted = adjusted_p_values(blocks);
  for (std::size_t before = 0; !blocks.empty(); blocks.pop_front()) {
    const FromCenter::Measured& measured = blocks.front().measured;
    records.write(source, blocks.front().block, [&](std::size_t i) {
      std::vector<std::string> fields;
      for (const double value : {measured.distance[i], measured.p_value[i], adjusted[before + i]}) {
        fields.push_back(number_field(value, source.record_text()));
      }
      return fields;
    });
    before += measured.distance.size();
  }
}

}  // namespace

std::optional<metric::CovarianceRange> covariance_range(const Model& model) {
  const Report::Value* found = model.other.find("deviations");
  const Report::Value* rank = model.other.find("rank");
  const auto* deviations = found ? std::get_if<std::vector<double>>(found) : nullptr;
  if (!deviations || !rank || !model.center || !model.rows || model.network()) return std::nullopt;
  if (std::ssize(*deviations) != model.dims() || *rank != Report::Value(std::int64_t{model.rank()}))
    return std::nullopt;
  const Vector D = Eigen::Map<const Vector>(deviations->data(), model.dims());
  return metric::CovarianceRange(model.linear(), *model.center, D, *model.rows);
}

CenterSummary write_center_distances(RowSource& source, const Model& model, const CenterDistances& options,
                                     io::Output& output, const Threads& threads) {
  FromCenter center(model, options, threads);
  if (options.append) {
    write_appended(source, center, output);
  } else {
    write_lines(source, center, output, threads);
  }
  return center.summary(source.name());
}

}  // namespace maha::data
