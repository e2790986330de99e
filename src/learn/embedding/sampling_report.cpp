#include <algorithm>
#include <cmath>
#include <iomanip>
#include <numeric>
#include <sstream>

#include "core/error.hpp"
#include "learn/embedding/train_from_labels.hpp"
#include "learn/embedding/training/class_batches.hpp"
#include "learn/embedding/triplet.hpp"
#include "learn/learner.hpp"

namespace maha::learn::embedding {

double SamplerShares::idle_share() const { return std::accumulate(idle.begin(), idle.end(), 0.0); }

SamplingReport report_sampling(const Samples& samples, const TripletOptions& options, const Threads& threads) {
  constexpr auto kBins = static_cast<std::size_t>(SamplingReport::kBins);
  const SharedRows& X = samples.X;
  const Labels& y = samples.y;
  check_labels(X, y);
  const metric::Network network = first_embedding(samples, options, options.normalize, options.margin);
  if (!network.normalize() || network.rank() < 2) {
    throw InputError("samplers are reported for normalised embeddings of at least 2 coordinates");
  }
  SamplingReport report;
  for (std::size_t b = 0; b < kBins; ++b) {
    const double from = static_cast<double>(b) * SamplingReport::kWidth;
    report.expected.push_back(density_share(from, from + SamplingReport::kWidth, network.rank()));
  }
  std::vector<Index> all(y.size());
  std::iota(all.begin(), all.end(), 0);
  const Matrix F = network.transform(X, threads);
  for (const Sampler sampler : kSamplers) {
    SamplerShares drawn{sampler, std::vector<double>(kBins, 0), std::vector<double>(kBins, 0)};
    ClassBatches batches(y, all, options.batch_classes, options.batch);
    Random random(options.seed);  // the same batches for all
    Index triplets = 0;
    const auto count = [&](double positive, double negative) {
      const auto bin = std::min(kBins - 1, static_cast<std::size_t>(std::sqrt(negative) / SamplingReport::kWidth));
      drawn.share[bin] += 1;
      drawn.idle[bin] += positive - negative + options.margin > 0 ? 0 : 1;
      ++triplets;
    };
    for (Index b = 0; b < batches_in_epoch(X.rows(), options.batch); ++b) {
      const std::vector<Index> rows = batches.draw(random);
      triplet_loss(F(rows, Eigen::all), labels_of(y, rows), {sampler, options.margin}, random.next(), Threads(), count);
    }
    for (std::size_t b = 0; b < kBins; ++b) {
      drawn.share[b] /= static_cast<double>(std::max<Index>(1, triplets));
      drawn.idle[b] /= static_cast<double>(std::max<Index>(1, triplets));
    }
    report.samplers.push_back(std::move(drawn));
  }
  return report;
}

Findings findings_of(const SamplingReport& report) {
  Findings findings{{"sampler", "from", "to", "share", "expected", "idle"}, {}, {}};
  std::ostringstream summary("triplets that contribute nothing:", std::ios::ate);
  summary << std::fixed << std::setprecision(1);
  for (const SamplerShares& drawn : report.samplers) {
    for (std::size_t b = 0; b < report.expected.size(); ++b) {
      const auto bin = static_cast<double>(b);
      findings.rows.push_back({name_of(drawn.sampler), bin * 2 / SamplingReport::kBins,
                               (bin + 1) * 2 / SamplingReport::kBins, drawn.share[b], report.expected[b],
                               drawn.idle[b]});
    }
    summary << (summary.str().back() == ':' ? " " : ", ") << name_of(drawn.sampler) << ' ' << 100 * drawn.idle_share()
            << '%';
  }
  findings.summary = summary.str();
  return findings;
}

}  // namespace maha::learn::embedding
