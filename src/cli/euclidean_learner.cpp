#include "cli/euclidean_learner.hpp"

#include "cli/model_io.hpp"

namespace maha::cli {

void EuclideanLearner::declare(Options& options) { preprocessing_options(options, preprocessing); }

Fitted EuclideanLearner::fit(Table table, const Pairs&, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  Fitted result =
      fitted("euclidean", table, prepared, Metric::euclidean(prepared.reduced_dims()), Report(), Report(), {});
  result.plain = prepared;
  return result;
}

}  // namespace maha::cli
