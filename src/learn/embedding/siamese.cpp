#include "learn/embedding/siamese.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/embedding/train_from_labels.hpp"
#include "learn/learner.hpp"

namespace maha::learn::embedding {
namespace {

void check(const SharedRows& X, const Pairs& pairs) {
  for (const auto& [i, j, similar] : pairs) {
    if (std::min(i, j) >= 0 && std::max(i, j) < X.rows() && i != j) continue;
    throw InputError("no pair of rows: " + std::to_string(i + 1) + ", " + std::to_string(j + 1));
  }
  for (const bool similar : {true, false}) {
    const auto is = [&](const Pair& pair) { return pair.similar == similar; };
    if (std::none_of(pairs.begin(), pairs.end(), is)) {
      throw InputError(similar ? "there is no similar pair" : "there is no dissimilar pair");
    }
  }
}

/// Holds out a share of the similar and of the dissimilar pairs, leaving at least one of each.
Pairs hold_out_pairs(Pairs& pairs, double share, Random& random) {
  random.shuffle(pairs);
  Pairs held, left;
  for (const bool similar : {true, false}) {
    const auto count = std::count_if(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.similar == similar; });
    auto due = std::min<std::ptrdiff_t>(std::llround(static_cast<double>(count) * share), count - 1);
    for (const Pair& pair : pairs) {
      if (pair.similar == similar) (due-- > 0 ? held : left).push_back(pair);
    }
  }
  pairs = std::move(left);
  return held;
}

double mean_loss(const Matrix& F, const Pairs& pairs, double margin) {
  double sum = 0;
  for (const auto& [i, j, similar] : pairs) {
    const double squared = (F.row(i) - F.row(j)).squaredNorm(), short_of = std::max(0.0, margin - std::sqrt(squared));
    sum += 0.5 * (similar ? squared : short_of * short_of);
  }
  return sum / static_cast<double>(pairs.size());
}

/// Batches of pairs in random order; every pair comes once before any comes again.
class PairBatches {
 public:
  PairBatches(Pairs pairs, Index rows) : pairs_(std::move(pairs)), size_(static_cast<std::size_t>(rows) / 2) {
    size_ = std::min(size_, pairs_.size());
  }

  /// The rows of the next pairs, each once; terms() then holds their pairs.
  std::vector<Index> draw(Random& random) {
    std::unordered_map<Index, Index> place;
    std::vector<Index> rows;
    const auto at = [&](Index row) {
      const auto [entry, is_new] = place.emplace(row, static_cast<Index>(rows.size()));
      if (is_new) rows.push_back(row);
      return entry->second;
    };
    Pairs drawn;
    for (std::size_t b = 0; b < size_; ++b) {
      if (next_ % pairs_.size() == 0) random.shuffle(pairs_);
      const auto& [i, j, similar] = pairs_[next_++ % pairs_.size()];
      const Index first = at(i), second = at(j);
      drawn.push_back({first, second, similar});
    }
    terms_ = Matrix::Zero(static_cast<Index>(rows.size()), static_cast<Index>(rows.size()));
    // The loss is symmetric in a and b. Similar pairs use the upper triangle and dissimilar ones the lower, so that a
    // pair listed as both counts as both.
    for (const auto& [a, b, similar] : drawn) {
      const double weight = 1 / static_cast<double>(size_);
      if (similar) {
        terms_(std::min(a, b), std::max(a, b)) += weight;
      } else {
        terms_(std::max(a, b), std::min(a, b)) -= weight;
      }
    }
    return rows;
  }

  /// What the next draw depends on.
  void visit(State& state) { state(pairs_, next_); }

  const PairTerms& terms() const { return terms_; }
  Index batches() const { return batches_in_epoch(static_cast<Index>(pairs_.size()), static_cast<Index>(size_)); }

 private:
  Pairs pairs_;
  std::size_t size_, next_ = 0;
  PairTerms terms_;
};

}  // namespace

void declare(OptionList& all, SiameseOptions& options) {
  declare(all, static_cast<TrainingOptions&>(options));
  all.number("--margin", options.margin, "distance that dissimilar rows shall have").above(0);
}

void check(const SiameseOptions& options) {
  check(static_cast<const TrainingOptions&>(options));
  check_ranges(options);
}

void describe(Hooks& hooks, SiameseOptions& options) {
  describe(hooks, static_cast<TrainingOptions&>(options));
  hooks.examples = {"maha-siamese --epochs 10 datasets/digits.csv -o siamese.json",
                    "maha-pairs --count 2000 datasets/wine.csv -o pairs.csv",
                    "maha-siamese --layers 16,4 --standardize --pairs pairs.csv datasets/wine.csv -o pairs.json"};
}

namespace {

Fit fit_pairs(const Samples& samples, const SiameseOptions& options, const Run& run) {
  // 1. A share of the pairs, held out for validation.
  const SharedRows& X = samples.X;
  check(X, samples.pairs);
  Pairs pairs = samples.pairs;
  Random random(options.seed);
  const Pairs held = hold_out_pairs(pairs, options.validation, random);

  // 2. The contrastive loss of batches of the others.
  PairBatches batches(std::move(pairs), options.batch);
  const double squared_margin = options.margin * options.margin;
  TrainingProblem problem{X, false, squared_margin, batches.batches(), start_of(samples), {}, {}, {}, {}};
  problem.draw = [&](Random& order) { return batches.draw(order); };
  problem.visit = [&](State& state) { batches.visit(state); };
  problem.loss = [&](const Matrix& F, const std::vector<Index>&, Random&) {
    return contrastive_loss(F, batches.terms(), options.margin, run);
  };
  if (!held.empty()) {
    problem.validate = [&](const metric::Network& network) {
      return mean_loss(embeddings(network, X, run), held, options.margin);
    };
  }
  return train_embedding(problem, options, run);
}

Fit fit_labels(const Samples& samples, const SiameseOptions& options, const Run& run) {
  return train_from_labels(
      samples, false, options.margin * options.margin,
      [&](const Matrix& F, const Labels& batch, Random&) {
        return contrastive_loss(F, terms_of_classes(batch), options.margin, run);
      },
      options, run);
}

}  // namespace

Fit fit_siamese(const Samples& samples, const SiameseOptions& options, const Run& run) {
  check(options);
  return samples.pairs.empty() ? fit_labels(samples, options, run) : fit_pairs(samples, options, run);
}

}  // namespace maha::learn::embedding
