#include "learn/embedding/train_from_labels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "core/stratified.hpp"
#include "learn/embedding/training/class_batches.hpp"
#include "linalg/distances.hpp"

namespace maha::learn::embedding {
namespace {

constexpr Index kFewestBatches = 20;  // in an epoch, so that one of small data is enough steps for a validation to tell
constexpr std::size_t kFewestOfClass = 2;  // rows of a class that stay to be learned from: a single one has no partner
constexpr Index kMostReference = 10000;    // rows to compare held-out ones with, so that validation stays quick
constexpr Index kTile = 64;                // held-out rows whose distances are computed together
constexpr double kSharpness = 4;  // power of miss / hit, squared distances: near a step, but still moved by every row

struct Parts {
  std::vector<Index> train, held, reference;
};

Parts split(const Labels& y, double share, std::uint64_t seed) {
  const std::vector<int> held = stratified_share(y, share, seed, kFewestOfClass);
  Parts parts;
  for (std::size_t i = 0; i < y.size(); ++i) (held[i] ? parts.held : parts.train).push_back(static_cast<Index>(i));
  const Index step = (static_cast<Index>(parts.train.size()) + kMostReference - 1) / kMostReference;
  for (std::size_t i = 0; i < parts.train.size(); i += static_cast<std::size_t>(step)) {
    parts.reference.push_back(parts.train[i]);
  }
  std::stable_sort(parts.reference.begin(), parts.reference.end(),
                   [&](Index a, Index b) { return y[static_cast<std::size_t>(a)] < y[static_cast<std::size_t>(b)]; });
  return parts;
}

}  // namespace

void check_labels(const SharedRows& X, const Labels& y) {
  if (static_cast<Index>(y.size()) != X.rows()) {
    throw InputError(std::to_string(X.rows()) + " rows and " + std::to_string(y.size()) + " labels");
  }
  if (y.empty()) throw InputError("no rows to learn from");
  const std::vector<Index> counts = class_sizes(y);
  const auto classes = std::count_if(counts.begin(), counts.end(), [](Index count) { return count > 0; });
  if (classes < 2) throw InputError("all " + std::to_string(y.size()) + " rows are of one class");
  if (*std::max_element(counts.begin(), counts.end()) < 2) {
    throw InputError("each of the " + std::to_string(classes) + " classes has one row: no two rows are alike");
  }
}

Index batches_in_epoch(Index rows, Index batch) {
  return std::max(kFewestBatches, rows / batch + (rows % batch != 0));  // rows + batch could overflow
}

Labels labels_of(const Labels& y, const std::vector<Index>& rows) {
  Labels some;
  for (const Index row : rows) some.push_back(y[static_cast<std::size_t>(row)]);
  return some;
}

double nearest_hit_loss(const Matrix& Q, const Labels& q, const Matrix& R, const Labels& r, const Team& team) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  const auto least = [](const auto& part) { return part.size() > 0 ? part.minCoeff() : kNone; };
  const Vector norms = R.rowwise().squaredNorm();
  Eigen::Vector2d total = Eigen::Vector2d::Zero();  // of terms, and how many
  team.sum_ranges(Q.rows(), kTile, total, [&](Index begin, Index end) {
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    const auto rows = Q.middleRows(begin, end - begin);
    const Matrix D = linalg::squared_distances(rows, rows.rowwise().squaredNorm(), R, norms);
    for (Index i = 0; i < D.rows(); ++i) {
      const auto [first, last] = std::equal_range(r.begin(), r.end(), q[static_cast<std::size_t>(begin + i)]);
      const Index before = first - r.begin(), own = last - first, after = r.end() - last;
      const double hit = least(D.row(i).segment(before, own));
      const double miss = std::min(least(D.row(i).head(before)), least(D.row(i).tail(after)));
      if (hit == kNone || miss == kNone) continue;
      sum[0] += hit + miss > 0 ? 1 / (1 + std::pow(miss / hit, kSharpness)) : 0.5;
      ++sum[1];
    }
    return sum;
  });
  return total[0] / std::max(1.0, total[1]);
}

Matrix embeddings(const metric::Network& network, const MatrixRef& X, const Team& team) {
  constexpr Index kRows = metric::KernelMap::kTile;  // as transform() has it
  Matrix F(X.rows(), network.rank());
  team.fill(F, kRows, [&](Index begin, Index end) {
    F.middleRows(begin, end - begin) = network.transform(X.middleRows(begin, end - begin));
  });
  return F;
}

Fit train_from_labels(const Samples& samples, bool normalize, double margin, const LabelledLoss& loss,
                      const TrainingOptions& options, const Run& run) {
  // 1. A stratified share of the rows, held out for validation.
  const SharedRows& X = samples.X;
  const Labels& y = samples.y;
  check_labels(X, y);
  const Parts parts = split(y, options.validation, options.seed);

  // 2. The loss of batches of P classes x K rows of the others.
  ClassBatches batches(y, parts.train, options.batch_classes, options.batch);
  const auto rows = static_cast<Index>(parts.train.size());
  TrainingProblem problem{X,  normalize, margin, batches_in_epoch(rows, options.batch), start_of(samples), {},
                          {}, {},        {}};
  problem.draw = [&](Random& random) { return batches.draw(random); };
  problem.visit = [&](State& state) { batches.visit(state); };
  problem.loss = [&](const Matrix& F, const std::vector<Index>& which, Random& random) {
    return loss(F, labels_of(y, which), random);
  };

  // 3. Validation: a smooth 1-NN error of the held-out rows among the others.
  const Labels held = labels_of(y, parts.held), reference = labels_of(y, parts.reference);
  const Matrix Q = X(parts.held, Eigen::all), R = X(parts.reference, Eigen::all);
  if (!parts.held.empty()) {
    problem.validate = [&](const metric::Network& network) {
      return nearest_hit_loss(embeddings(network, Q, run), held, embeddings(network, R, run), reference, run);
    };
  }
  return train_embedding(problem, options, run);
}

}  // namespace maha::learn::embedding
