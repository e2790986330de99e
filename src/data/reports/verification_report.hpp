#pragma once

#include <optional>
#include <string>

#include "core/report.hpp"
#include "eval/pairs/verification.hpp"
#include "io/output.hpp"

namespace maha::data {

/// The results of ROC analysis: pairs, similar, dissimilar, auc, equal_error_rate, equal_error_threshold,
/// best_threshold, best_error. If there is a `threshold`, also those of its rule: threshold, accuracy, error,
/// true_positive_rate, true_negative_rate, precision. Thresholds are distances, or their squares;
/// best_threshold may be kNoneSimilar.
Report verification_report(const eval::Verification& verification, std::optional<double> threshold, bool squared);

/// `threshold,false_positive_rate,true_positive_rate`, a line for each point of the curve, beginning with (0, 0). If a
/// pair is at distance 0, so that the threshold 0 accepts it, the first line has the threshold kNoneSimilar. Throws
/// InputError if a square overflows.
void write_roc(io::Output& out, const eval::Verification& verification, bool squared);

}  // namespace maha::data
