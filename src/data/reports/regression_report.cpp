#include "data/reports/regression_report.hpp"

#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/model/model_json.hpp"
#include "io/json.hpp"
#include "io/text/csv_writer.hpp"
#include "io/text/report_text.hpp"

namespace maha::data {
namespace {

const char* name_of(eval::Averaging averaging) { return averaging == eval::Averaging::plain ? "mean" : "weighted"; }

}  // namespace

RegressionReport::RegressionReport(const Table& test, const std::vector<eval::KnnEstimate>& estimates,
                                   eval::Averaging rule)
    : rows(test.target.size()), averaging(rule) {
  for (const eval::KnnEstimate& estimate : estimates) {
    results.push_back({estimate.k, eval::regression_scores(test.target, estimate.value)});
  }
}

std::string regression_text(const RegressionReport& report) {
  std::string text;
  for (const auto& [k, scores] : report.results) {
    text += (text.empty() ? "" : "\n") + std::string("k = ") + std::to_string(k) + ", votes " +
            name_of(report.averaging) + ", distance " + shown(report.algorithm.value_or("of the model")) + "\nRMSE " +
            io::short_number(scores.rmse) + ", MAE " + io::short_number(scores.mae) + ", R^2 " +
            (scores.r2 ? io::short_number(*scores.r2, 4) : "-") + ": " + counted(report.rows, "row") + "\n";
  }
  return text;
}

std::string regression_json(const RegressionReport& report) {
  std::string text;
  for (const auto& [k, scores] : report.results) {
    const io::Json object = {{"k", k},
                             {"rows", report.rows},
                             {"rmse", scores.rmse},
                             {"mae", scores.mae},
                             {"r2", scores.r2 ? io::Json(*scores.r2) : io::Json(nullptr)},
                             {"votes", name_of(report.averaging)},
                             {"algorithm", report.algorithm ? io::Json(*report.algorithm) : io::Json(nullptr)},
                             {"parameters", io::parse_json(format_report(report.parameters))}};
    text += io::dump_json(object) + "\n";
  }
  return text;
}

void write_estimates(io::Output& out, const Table& test, const std::vector<eval::KnnEstimate>& estimates) {
  const bool with_id = test.columns.id.has_value();
  out.write(with_id ? "row,id,target,k,predicted\n" : "row,target,k,predicted\n");
  for (std::size_t i = 0; i < test.row.size(); ++i) {
    for (const eval::KnnEstimate& estimate : estimates) {
      const auto at = static_cast<Index>(i);
      std::vector<std::string> fields{std::to_string(test.row[i])};
      if (with_id) fields.push_back(test.ids[i]);
      fields.insert(fields.end(),
                    {format_number(test.target[at]), std::to_string(estimate.k), format_number(estimate.value[at])});
      out.write(io::csv_line(fields));
    }
  }
}

}  // namespace maha::data
