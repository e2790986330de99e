#include "learn/triplet.hpp"

#include "core/error.hpp"
#include "learn/train_from_labels.hpp"

namespace maha {

EmbeddingResult fit_triplet(const Matrix& X, const Labels& y, const TripletOptions& options, const Run& run) {
  if (!(options.margin > 0)) throw InputError("the margin must be above 0");
  if (options.sampler == Sampler::distance_weighted) {
    const Index last = options.layers.empty() ? X.cols() : options.layers.back();
    if (!options.normalize) throw InputError("distance-weighted sampling is for normalised embeddings");
    if (last < 2) throw InputError("distance-weighted sampling wants an embedding of at least 2 coordinates");
  }
  const TripletLossOptions loss{options.sampler, options.margin};
  return train_from_labels(
      X, y, options.normalize, options.margin,
      [&](const Matrix& F, const Labels& batch, Random& random) {
        return triplet_loss(F, batch, loss, random.next(), run.threads);
      },
      options, run);
}

}  // namespace maha
