#include "data/reports/verification_report.hpp"

#include <cstdio>
#include <vector>

#include "core/number.hpp"
#include "data/reports/text_table.hpp"
#include "linalg/wide_square.hpp"

namespace maha {
namespace {

std::string text_of(const Report::Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  char number[32];
  std::snprintf(number, sizeof number, "%.6g", std::get<double>(value));
  return number;
}

}  // namespace

Report verification_report(const Verification& verification, std::optional<double> threshold, bool squared) {
  const auto shown = [&](double distance) { return squared ? checked_square(distance) : distance; };
  const auto [rate, equal] = verification.equal_error();
  const double best = verification.calibrate({});
  Report report;
  report.set("pairs", verification.similar() + verification.dissimilar())
      .set("similar", verification.similar())
      .set("dissimilar", verification.dissimilar())
      .set("auc", verification.auc())
      .set("equal_error_rate", rate)
      .set("equal_error_threshold", shown(equal))
      .set("best_threshold", shown(best))
      .set("best_error", verification.scores(best).error);
  if (!threshold) return report;
  const VerificationScores at = verification.scores(*threshold);
  return report.set("threshold", shown(*threshold))
      .set("accuracy", at.accuracy)
      .set("error", at.error)
      .set("true_positive_rate", at.true_positive_rate)
      .set("true_negative_rate", at.true_negative_rate)
      .set("precision", at.precision);
}

std::string report_text(const Report& report) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [key, value] : report.entries()) {
    std::string words = key;
    for (char& c : words) c = c == '_' ? ' ' : c;
    rows.push_back({words, text_of(value)});
  }
  return text_table(rows);
}

void write_roc(Output& out, const Verification& verification, bool squared) {
  out.write("threshold,false_positive_rate,true_positive_rate\n");
  const VerificationPoint& first = verification.curve().front();
  if (first.true_positives + first.false_positives > 0) out.write("-1,0,0\n");  // not 0, which lets pairs in
  for (const VerificationPoint& p : verification.curve()) {
    std::string line = format_number(squared ? checked_square(p.threshold) : p.threshold) + ",";
    append_number(line, static_cast<double>(p.false_positives) / static_cast<double>(verification.dissimilar()));
    line += ',';
    append_number(line, static_cast<double>(p.true_positives) / static_cast<double>(verification.similar()));
    out.write(line + "\n");
  }
}

}  // namespace maha
