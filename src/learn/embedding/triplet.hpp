#pragma once

#include "learn/embedding/embedding_training.hpp"

namespace maha {

struct Findings;

struct TripletOptions : TrainingOptions {
  Sampler sampler = Sampler::distance_weighted;
  double margin = 0.2;    ///< of squared distances, > 0
  bool normalize = true;  ///< embeddings on the unit sphere
};

/// The options, as maha-triplet has them.
void declare(OptionList& all, TripletOptions& options);

/// Throws UsageError if an option is out of range, or two contradict each other.
void check(const TripletOptions& options);

/// What it takes beside what all do: a start, and --report-sampling.
void describe(Hooks& hooks, TripletOptions& options);

/// An embedding f from triplets anchor, positive (of its class), negative (of another):
///   min sum [|f_a - f_p|^2 - |f_a - f_n|^2 + m]_+
/// over all anchors and positives within batches of P classes x K rows, with a negative drawn for each by the sampler.
/// Schroff, Kalenichenko & Philbin, CVPR 2015, eq. 2; Wu, Manmatha, Smola & Kraehenbuehl, ICCV 2017.
/// From labels, class ids >= 0. Throws InputError for options out of range, distance-weighted sampling without
/// normalisation or in less than 2 coordinates, and as train_from_labels. Cost: train_embedding.
Fit fit_triplet(const Samples& samples, const TripletOptions& options = {}, const Run& run = {});

/// What one sampler draws.
struct SamplerShares {
  Sampler sampler = Sampler::uniform;
  std::vector<double> share;  ///< of its negatives by their distance from the anchor, in each bin
  std::vector<double> idle;   ///< of its triplets, those in the bin that contribute nothing

  /// The share of all its triplets that contribute nothing.
  double idle_share() const;
};

/// Distances from anchors to negatives on the unit sphere, in bins of equal width.
struct SamplingReport {
  static constexpr Index kBins = 40;
  static constexpr double kWidth = 2.0 / kBins;
  std::vector<double> expected;  ///< the share of the distances of uniform points (density_share), in each bin
  std::vector<SamplerShares> samplers;
};

/// What each sampler would draw in one epoch's batches, for the embedding that a fit would start from: `init`, or one
/// at random. Learns nothing. Throws InputError as fit_triplet, or unless the embedding is normalised, in 2 coordinates
/// or more.
SamplingReport report_sampling(const Samples& samples, const TripletOptions& options,
                               const Threads& threads = Threads());

/// The same as a table, `sampler,from,to,share,expected,idle`, a row for each sampler and bin of distances, and the
/// share of each sampler's triplets that contribute nothing.
Findings findings_of(const SamplingReport& report);

}  // namespace maha
