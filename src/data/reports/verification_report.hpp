#pragma once

#include <optional>
#include <string>

#include "core/report.hpp"
#include "data/io/output.hpp"
#include "eval/pairs/verification.hpp"

namespace maha {

/// What ROC analysis says, and what the rule with `threshold` comes to, if there is one: pairs, similar, dissimilar,
/// auc, equal_error_rate, equal_error_threshold, best_threshold, best_error; threshold, accuracy, error,
/// true_positive_rate, true_negative_rate, precision. Thresholds are distances, or their squares.
Report verification_report(const Verification& verification, std::optional<double> threshold, bool squared);

/// `threshold,false_positive_rate,true_positive_rate`, a line for each point of the curve, from (0, 0) on: where a pair
/// is at distance 0, so that the threshold 0 lets it in, that line has the threshold -1. Throws InputError if a square
/// overflows.
void write_roc(Output& out, const Verification& verification, bool squared);

}  // namespace maha
