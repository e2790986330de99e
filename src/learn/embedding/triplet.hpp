#pragma once

#include "learn/embedding/training/embedding_training.hpp"

namespace maha::learn {
struct Findings;
}  // namespace maha::learn

namespace maha::learn::embedding {

struct TripletOptions : TrainingOptions {
  Sampler sampler = Sampler::distance_weighted;
  double margin = 0.2;    ///< of squared distances, > 0
  bool normalize = true;  ///< embeddings on the unit sphere
};

/// The options of maha-triplet.
void declare(OptionList& all, TripletOptions& options);

/// Throws UsageError if an option is out of range, or two contradict each other.
void check(const TripletOptions& options);

/// What only maha-triplet has: its examples, a start and --report-sampling.
void describe(Hooks& hooks, TripletOptions& options);

/// An embedding f from triplets of an anchor a, a positive p (of its class) and a negative n (of another class):
///   min mean of [|f_a - f_p|^2 - |f_a - f_n|^2 + m]_+
/// over all anchors and positives within batches of P classes x K rows, with a negative drawn for each by the sampler.
/// Schroff, Kalenichenko & Philbin, CVPR 2015, eq. 2; Wu, Manmatha, Smola & Kraehenbuehl, ICCV 2017. Learns from
/// labels: class ids >= 0. Throws InputError for options out of range, for distance-weighted sampling without
/// normalisation or in fewer than 2 coordinates, and as train_from_labels does. Cost: train_embedding.
Fit fit_triplet(const Samples& samples, const TripletOptions& options = {}, const Run& run = {});

/// The distribution of one sampler's draws.
struct SamplerShares {
  Sampler sampler = Sampler::uniform;
  std::vector<double> share;  ///< of its negatives in each bin, by distance from the anchor
  std::vector<double> idle;   ///< of its triplets in each bin, those that contribute nothing

  /// The share of all its triplets that contribute nothing.
  double idle_share() const;
};

/// Distances from anchors to negatives on the unit sphere, in bins of equal width.
struct SamplingReport {
  static constexpr Index kBins = 40;
  static constexpr double kWidth = 2.0 / kBins;
  std::vector<double> expected;  ///< in each bin, the share of distances between uniform points (density_share)
  std::vector<SamplerShares> samplers;
};

/// What each sampler would draw in the batches of one epoch, for the embedding from which a fit would start: `init` or
/// a random one. Learns nothing. Throws InputError as fit_triplet does, or if the embedding is not normalised or has
/// fewer than 2 coordinates.
SamplingReport report_sampling(const Samples& samples, const TripletOptions& options,
                               const Threads& threads = Threads());

/// The same as a table `sampler,from,to,share,expected,idle`, one row for each sampler and bin, with a summary of the
/// share of each sampler's triplets that contribute nothing.
Findings findings_of(const SamplingReport& report);

}  // namespace maha::learn::embedding
