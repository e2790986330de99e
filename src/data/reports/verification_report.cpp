#include "data/reports/verification_report.hpp"

#include "core/text/number.hpp"
#include "linalg/wide_square.hpp"

namespace maha::data {

Report verification_report(const eval::Verification& verification, std::optional<double> threshold, bool squared) {
  const auto shown = [&](double distance) {
    return squared && distance >= 0 ? linalg::checked_square(distance) : distance;
  };
  const auto [rate, equal] = verification.equal_error();
  const double best = verification.most_accurate();
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
  const eval::VerificationScores at = verification.scores(*threshold);
  return report.set("threshold", shown(*threshold))
      .set("accuracy", at.accuracy)
      .set("error", at.error)
      .set("true_positive_rate", at.true_positive_rate)
      .set("true_negative_rate", at.true_negative_rate)
      .set("precision", at.precision);
}

void write_roc(io::Output& out, const eval::Verification& verification, bool squared) {
  out.write("threshold,false_positive_rate,true_positive_rate\n");
  const eval::VerificationPoint& first = verification.curve().front();
  if (first.true_positives + first.false_positives > 0) out.write(format_number(eval::kNoneSimilar) + ",0,0\n");
  for (const eval::VerificationPoint& p : verification.curve()) {
    std::string line = format_number(squared ? linalg::checked_square(p.threshold) : p.threshold) + ",";
    append_number(line, static_cast<double>(p.false_positives) / static_cast<double>(verification.dissimilar()));
    line += ',';
    append_number(line, static_cast<double>(p.true_positives) / static_cast<double>(verification.similar()));
    out.write(line + "\n");
  }
}

}  // namespace maha::data
