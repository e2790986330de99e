#include "eval/knn/knn_classifier.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "eval/knn/neighbor_weight.hpp"

namespace maha::eval {
namespace {

/// Counts the votes of one query's neighbours, nearest first, and keeps the winner so far.
class Ballot {
 public:
  Ballot(int classes, Votes rule) : rule_(rule), votes_(static_cast<std::size_t>(classes), 0.0) {}

  void clear() {
    for (const int c : voted_) of(c) = 0;
    voted_.clear();
    total_ = 0;
    winner_ = -1;
  }

  /// Votes only grow, so only the class that gets one can take the lead. With Votes::shrink, lowering k until one class
  /// leads finds the class that reached the highest count first, so an equal count does not take the lead.
  void add(int c, double weight) {
    if (of(c) == 0) voted_.push_back(c);
    of(c) += weight;
    total_ += weight;
    const bool leads = winner_ < 0 || of(c) > of(winner_);
    const bool ties = !leads && of(c) == of(winner_);
    if (leads || (ties && rule_ != Votes::shrink && c < winner_)) winner_ = c;
  }

  int winner() const { return winner_; }
  double share() const { return votes_[static_cast<std::size_t>(winner_)] / total_; }

 private:
  double& of(int c) { return votes_[static_cast<std::size_t>(c)]; }

  Votes rule_;
  std::vector<double> votes_;
  std::vector<int> voted_;
  double total_ = 0;
  int winner_ = -1;
};

void check(const neighbors::NeighborLists& neighbors, const Labels& y, const std::vector<Index>& ks) {
  for (const Index k : ks) {
    if (k < 1 || k > neighbors.k) {
      throw InputError("k = " + std::to_string(k) + " is not between 1 and the " + std::to_string(neighbors.k) +
                       " neighbours that were searched");
    }
  }
  const auto rows = static_cast<Index>(y.size());
  for (const Index i : neighbors.index) {
    if (i < 0 || i >= rows || y[static_cast<std::size_t>(i)] < 0) {
      throw InputError("row " + std::to_string(i + 1) + " has no class: there are labels for " + std::to_string(rows) +
                       " rows");
    }
  }
}

}  // namespace

std::vector<KnnPrediction> knn_vote(const neighbors::NeighborLists& neighbors, const Labels& y,
                                    const std::vector<Index>& ks, Votes votes) {
  check(neighbors, y, ks);
  const std::size_t width = static_cast<std::size_t>(neighbors.k);
  const std::size_t queries = width == 0 ? 0 : neighbors.index.size() / width;
  std::vector<KnnPrediction> predictions;
  for (const Index k : ks) predictions.push_back({k, Labels(queries), std::vector<double>(queries)});

  Ballot ballot(y.empty() ? 0 : *std::max_element(y.begin(), y.end()) + 1, votes);
  for (std::size_t q = 0; q < queries; ++q) {
    const Index* index = neighbors.index.data() + q * width;
    ballot.clear();
    for (std::size_t j = 0; j < width; ++j) {
      const double w = votes == Votes::weighted ? neighbor_weight(neighbors, q * width, q * width + j) : 1.0;
      ballot.add(y[static_cast<std::size_t>(index[j])], w);
      for (KnnPrediction& prediction : predictions) {
        if (prediction.k != static_cast<Index>(j) + 1) continue;
        prediction.label[q] = ballot.winner();
        prediction.share[q] = ballot.share();
      }
    }
  }
  return predictions;
}

}  // namespace maha::eval
