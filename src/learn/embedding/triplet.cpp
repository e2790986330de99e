#include "learn/embedding/triplet.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/embedding/train_from_labels.hpp"
#include "learn/learner.hpp"

namespace maha::learn::embedding {

void declare(OptionList& all, TripletOptions& options) {
  declare(all, static_cast<TrainingOptions&>(options));
  all.number("--margin", options.margin, "of squared distances, by which negatives shall be farther than positives")
      .above(0);
  const auto word = [](Sampler sampler) { return std::pair(name_of(sampler), sampler); };
  all.choice("--sampler", options.sampler,
             {word(Sampler::uniform), word(Sampler::easy), word(Sampler::semi_hard), word(Sampler::hard),
              word(Sampler::distance_weighted)},
             "which row of another class is the negative of a triplet");
  all.flag("--no-normalize", options.normalize, "leave embeddings as long as they come", false);
}

void check(const TripletOptions& options) {
  check(static_cast<const TrainingOptions&>(options));
  check_ranges(options);
  if (options.sampler != Sampler::distance_weighted) return;
  if (!options.normalize) throw UsageError("--no-normalize goes without --sampler distance-weighted: name another");
  if (options.layers.empty()) return;  // the width depends on the data
  if (options.layers.back() < 2) throw UsageError("--layers: distance-weighted sampling wants 2 or more");
}

void describe(Hooks& hooks, TripletOptions& options) {
  describe(hooks, static_cast<TrainingOptions&>(options));
  hooks.examples = {
      "maha-triplet --epochs 10 datasets/digits.csv -o triplet.json",
      "maha-triplet --report-sampling --init triplet.json datasets/digits.csv -o sampling.csv",
      "maha-triplet --layers 2 --standardize datasets/wine.csv | maha-transform -m - datasets/wine.csv | head -3"};
  hooks.study.option = "--report-sampling";
  hooks.study.help = "learn nothing; write how far the negatives of each sampler are, as CSV";
  hooks.study.makes_sense = [&options] { return options.normalize; };
  hooks.study.without = "--no-normalize";
  hooks.study.look = [&options](const Samples& samples, const Threads& threads) {
    return findings_of(report_sampling(samples, options, threads));
  };
}

Fit fit_triplet(const Samples& samples, const TripletOptions& options, const Run& run) {
  const Index last = options.layers.empty() ? samples.X.cols() : options.layers.back();
  if (options.sampler == Sampler::distance_weighted && options.normalize && last < 2) {
    throw InputError("distance-weighted sampling wants an embedding of at least 2 coordinates");
  }
  check(options);
  const TripletLossOptions loss{options.sampler, options.margin};
  return train_from_labels(
      samples, options.normalize, options.margin,
      [&](const Matrix& F, const Labels& batch, Random& random) {
        return triplet_loss(F, batch, loss, random.next(), run);
      },
      options, run);
}

}  // namespace maha::learn::embedding
