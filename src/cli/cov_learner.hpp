#pragma once

#include "cli/learner.hpp"
#include "learn/covariance/covariance.hpp"

namespace maha::cli {

/// maha-cov: the inverse covariance.
class CovLearner : public Learner {
 public:
  void check() const override { maha::check(options_); }
  Fitted fit(Table table, const Pairs& pairs, const Run& run) override;

  /// The same of rows that come as a stream; `columns` are those of their file.
  Fitted fit(const NextRows& next, const Columns& columns, const Run& run);

  bool within() const { return options_.within; }

 private:
  CovarianceOptions options() const;
  void declare(OptionList& all) override;
  Fitted fitted_covariance(const CovarianceResult& result, const Columns& columns, const Vector& fill);

  CovarianceOptions options_;
  bool pseudo_inverse_ = false;
};

}  // namespace maha::cli
