#include "cli/euclidean_learner.hpp"

#include "cli/model_io.hpp"

namespace maha::cli {

Fitted EuclideanLearner::fit(Table table, const Pairs&, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  // Rows go through what was fitted itself: as a metric it would be no numbers where features are tiny.
  Fitted result = fitted("euclidean", table, fit_preprocessing(table.X, {}, run.threads),
                         Metric::euclidean(table.X.cols()), Report(), {});
  result.plain = prepared;
  return result;
}

}  // namespace maha::cli
