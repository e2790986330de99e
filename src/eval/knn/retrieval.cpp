#include "eval/knn/retrieval.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "linalg/wide_square.hpp"
#include "neighbors/distance.hpp"

namespace maha::eval {
namespace {

constexpr Index kMostFound = 1 << 22;  // neighbours held at a time: 64 MB of numbers and distances
constexpr Index kMostQueries = 8192;   // searched at a time, which bounds memory too
constexpr Index kDepth = 10;           // of the deepest recall that is reported
constexpr Index kTile = 16;            // queries that a thread scores at a time

/// The measures of one query.
struct Scores {
  Index first = 0;  ///< rank of the first relevant row, from 1; 0: none among those looked at
  double r_precision = 0, map_at_r = 0;
};

class Evaluation {
 public:
  Evaluation(const neighbors::NeighborIndex& index, const Labels& y, const MatrixRef& queries, const Labels& q,
             bool leave_one_out, const Threads& threads)
      : index_(index), y_(y), queries_(queries), q_(q), leave_one_out_(leave_one_out), threads_(threads) {
    if (static_cast<Index>(y.size()) != index.rows() || static_cast<Index>(q.size()) != queries.rows()) {
      throw InputError("retrieval: " + std::to_string(index.rows()) + " and " + std::to_string(queries.rows()) +
                       " rows, but " + std::to_string(y.size()) + " and " + std::to_string(q.size()) + " labels");
    }
    for (const int c : y) ++members_[c];
    scores_.resize(q.size());
  }

  Retrieval evaluate() {
    std::vector<Index> order;
    for (Index i = 0; i < queries_.rows(); ++i) {
      if (relevant(i) > 0) order.push_back(i);
    }
    // Queries with similar R go together, since a tile searches as many neighbours as its largest R needs.
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return relevant(a) < relevant(b); });
    for (auto begin = order.begin(); begin != order.end();) {
      auto end = begin;
      while (end != order.end() && fits(end - begin + 1, width(*end))) ++end;
      end = std::max(end, begin + 1);
      search(std::vector<Index>(begin, end), width(*(end - 1)));
      begin = end;
    }
    return sum(order);
  }

 private:
  static bool fits(Index count, Index width) { return count <= kMostQueries && count * width <= kMostFound; }

  /// R of a query.
  Index relevant(Index query) const {
    const auto found = members_.find(q_[static_cast<std::size_t>(query)]);
    return found == members_.end() ? 0 : found->second - (leave_one_out_ ? 1 : 0);
  }

  /// The number of neighbours that a query needs, including itself if it is a reference row.
  Index width(Index query) const {
    return std::min(index_.rows(), std::max<Index>(kDepth, relevant(query)) + (leave_one_out_ ? 1 : 0));
  }

  void search(const std::vector<Index>& tile, Index k) {
    const neighbors::NeighborLists lists = index_.nearest(Matrix(queries_(tile, Eigen::all)), k, threads_);
    threads_.for_ranges(static_cast<Index>(tile.size()), kTile, [&](Index begin, Index end) {
      for (Index t = begin; t < end; ++t) {
        const Index query = tile[static_cast<std::size_t>(t)];
        Scores& scores = scores_[static_cast<std::size_t>(query)];
        scores = score(query, lists.index.data() + t * k, k);
        if (scores.first == 0) scores.first = far_rank(query);
      }
    });
  }

  Scores score(Index query, const Index* neighbors, Index k) const {
    const Index R = relevant(query);
    Scores scores;
    Index rank = 0, found = 0;
    double precisions = 0;
    for (Index j = 0; j < k; ++j) {
      if (leave_one_out_ && neighbors[j] == query) continue;
      ++rank;
      if (y_[static_cast<std::size_t>(neighbors[j])] != q_[static_cast<std::size_t>(query)]) continue;
      if (scores.first == 0) scores.first = rank;
      if (rank > R) break;
      precisions += static_cast<double>(++found) / static_cast<double>(rank);
    }
    scores.r_precision = static_cast<double>(found) / static_cast<double>(R);
    scores.map_at_r = precisions / static_cast<double>(R);
    return scores;
  }

  /// The rank of the first relevant row among all rows, by comparing the query with each of them.
  Index far_rank(Index query) const {
    const RowVector x = queries_.row(query);
    const int c = q_[static_cast<std::size_t>(query)];
    std::vector<double> squared(y_.size());
    Index nearest = -1;
    for (Index i = 0; i < index_.rows(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      squared[at] = neighbors::squared_distance(x.data(), index_.reference().row(i).data(), x.size());
      if (y_[at] != c || (leave_one_out_ && i == query)) continue;
      if (nearest < 0 || squared[at] < squared[static_cast<std::size_t>(nearest)]) nearest = i;
    }
    if (!linalg::is_safe_square(squared[static_cast<std::size_t>(nearest)])) return wide_far_rank(query);
    Index rank = 1;
    for (Index i = 0; i < index_.rows(); ++i) {
      if (leave_one_out_ && i == query) continue;
      const double d = squared[static_cast<std::size_t>(i)], limit = squared[static_cast<std::size_t>(nearest)];
      rank += d < limit || (d == limit && i < nearest);
    }
    return rank;
  }

  /// The same where squares overflow or underflow.
  Index wide_far_rank(Index query) const {
    const RowVector x = queries_.row(query);
    const int c = q_[static_cast<std::size_t>(query)];
    std::vector<std::pair<linalg::WideSquare, Index>> rows;
    for (Index i = 0; i < index_.rows(); ++i) {
      if (leave_one_out_ && i == query) continue;
      rows.emplace_back(linalg::wide_square(x.data(), index_.reference().row(i).data(), x.size()), i);
    }
    std::sort(rows.begin(), rows.end());
    const auto relevant = [&](const auto& row) { return y_[static_cast<std::size_t>(row.second)] == c; };
    return 1 + (std::find_if(rows.begin(), rows.end(), relevant) - rows.begin());
  }

  Retrieval sum(std::vector<Index> counted) const {
    std::sort(counted.begin(), counted.end());
    Retrieval total;
    total.queries = static_cast<Index>(counted.size());
    total.without = queries_.rows() - total.queries;
    if (counted.empty()) return total;
    const auto count = static_cast<double>(total.queries);
    Index in_1 = 0, in_5 = 0, in_10 = 0;
    for (const Index query : counted) {
      const Scores& scores = scores_[static_cast<std::size_t>(query)];
      in_1 += scores.first <= 1;
      in_5 += scores.first <= 5;
      in_10 += scores.first <= 10;
      total.r_precision += scores.r_precision;
      total.map_at_r += scores.map_at_r;
      total.mean_reciprocal_rank += 1 / static_cast<double>(scores.first);
    }
    total.recall_at_1 = static_cast<double>(in_1) / count;
    total.recall_at_5 = static_cast<double>(in_5) / count;
    total.recall_at_10 = static_cast<double>(in_10) / count;
    for (double* mean : {&total.r_precision, &total.map_at_r, &total.mean_reciprocal_rank}) *mean /= count;
    return total;
  }

  const neighbors::NeighborIndex& index_;
  const Labels& y_;
  const MatrixRef& queries_;
  const Labels& q_;
  bool leave_one_out_;
  const Threads& threads_;
  std::map<int, Index> members_;
  std::vector<Scores> scores_;
};

}  // namespace

Retrieval evaluate_retrieval(const neighbors::NeighborIndex& index, const Labels& y, const MatrixRef& queries,
                             const Labels& q, const Threads& threads) {
  return Evaluation(index, y, queries, q, false, threads).evaluate();
}

Retrieval evaluate_retrieval(const neighbors::NeighborIndex& index, const Labels& y, const Threads& threads) {
  const MatrixRef rows = index.reference();
  return Evaluation(index, y, rows, y, true, threads).evaluate();
}

}  // namespace maha::eval
