#include "cli/knn/explaining.hpp"

#include <algorithm>
#include <numeric>

#include "cli/about.hpp"
#include "core/error.hpp"
#include "data/pairs/row_names.hpp"
#include "eval/radius/vote_radius.hpp"
#include "metric/contributions.hpp"
#include "metric/map_rounding.hpp"
#include "neighbors/index.hpp"

namespace maha::cli {
namespace {

constexpr Index kAtOnce = 512;  // queries explained together, which bounds memory

/// The rows to explain, by their places in the table.
std::vector<Index> places(const data::Table& queries, const std::vector<std::string>& only) {
  std::vector<Index> all(static_cast<std::size_t>(queries.rows()));
  std::iota(all.begin(), all.end(), 0);
  if (only.empty()) return all;
  const data::RowNames names(queries);
  all.clear();
  for (const std::string& name : only) {
    all.push_back(about("--rows", [&] { return names.find(name); }));
  }
  return all;
}

/// The first k of each list that are not the row itself.
neighbors::NeighborLists without_self(neighbors::NeighborLists lists, std::span<const Index> self, Index k) {
  if (self.empty()) return lists;
  neighbors::NeighborLists rest{k, {}, {}};
  const auto width = static_cast<std::size_t>(lists.k);
  for (std::size_t q = 0; q < self.size(); ++q) {
    Index taken = 0;
    for (std::size_t s = q * width; s < (q + 1) * width && taken < k; ++s) {
      if (lists.index[s] == self[q]) continue;
      rest.index.push_back(lists.index[s]);
      rest.squared.push_back(lists.squared[s]);
      if (!lists.lengths.empty()) rest.lengths.push_back(lists.lengths[s]);
      ++taken;
    }
  }
  return rest;
}

/// Explains some queries at a time.
class Explainer {
 public:
  Explainer(const data::Table& train, const data::Table& queries, const ExplainTask& task, const metric::Metric& metric,
            const neighbors::NeighborIndex& index, const Threads& threads)
      : train_(train),
        queries_(queries),
        task_(task),
        contributions_(metric),
        rounding_(metric, train.X),
        index_(index),
        radii_(index, train.y, task.k, task.votes, threads) {}

  /// of: their places in the table; Z: their coordinates.
  template <class Use>
  void explain(const std::vector<Index>& of, const MatrixRef& Z, const Threads& threads, Use&& use) const {
    const std::span<const Index> self = task_.leave_one_out ? std::span<const Index>(of) : std::span<const Index>();
    const Index found = std::min(index_.rows(), task_.k + (task_.leave_one_out ? 1 : 0));
    const neighbors::NeighborLists near = without_self(index_.nearest(Z, found, threads), self, task_.k);
    const eval::KnnPrediction votes = eval::knn_vote(near, train_.y, {task_.k}, task_.votes).front();
    const std::vector<eval::VoteRadius> radii =
        about(train_.name, [&] { return radii_.of(Z, votes.label, self, threads); });
    for (std::size_t q = 0; q < of.size(); ++q) {
      data::Explanation e{of[q], votes.label[q], votes.share[q], rounded_down(radii[q].radius, of[q]), task_.k == 1,
                          {}};
      for (std::size_t s = q * static_cast<std::size_t>(near.k); s < (q + 1) * static_cast<std::size_t>(near.k); ++s) {
        e.neighbors.push_back(beside(of[q], near.index[s], near.squared[s]));
      }
      set_apart(e, radii[q]);
      use(e);
    }
  }

 private:
  /// A radius between coordinates as computed. So that it holds of distances between rows, it must make up for what
  /// rounding does to those of the query, and up to three times that to those of another row.
  double rounded_down(double radius, Index query) const {
    return std::max(0.0, radius - 4 * rounding_.of(queries_.X.row(query)));
  }

  data::Explanation::Beside beside(Index query, Index row, double squared) const {
    return {row, std::sqrt(squared), contributions_.of(queries_.X.row(query) - train_.X.row(row), squared)};
  }

  /// What there is beyond the class.
  void set_apart(data::Explanation& e, const eval::VoteRadius& radius) const {
    if (radius.other < 0) return;
    e.other = beside(e.query, radius.other, radius.other_squared);
    const auto own = std::find_if(e.neighbors.begin(), e.neighbors.end(), [&](const auto& row) {
      return train_.y[static_cast<std::size_t>(row.row)] == e.predicted;
    });
    e.contrast = e.other->contributions - own->contributions;
    if (radius.rival < 0) return;
    e.next = radius.rival;
    e.border = queries_.X.row(e.query);
    for (const auto& [row, weight] : radius.step) e.border += weight * (train_.X.row(radius.rival) - train_.X.row(row));
  }

  const data::Table &train_, &queries_;
  const ExplainTask& task_;
  metric::Contributions contributions_;
  metric::MapRounding rounding_;
  const neighbors::NeighborIndex& index_;
  eval::VoteRadii radii_;
};

}  // namespace

void explain(App& app, CsvInput& input, ReferenceRows& reference, const ExplainTask& task) {
  if (reference.has_kernel())
    throw UsageError("--kernel: its distance is no sum over features, which could be explained");
  const std::string path = task.queries.value_or("-");
  const data::Table train = reference.read(task.leave_one_out ? "" : path);
  const metric::Metric metric = reference.metric();
  ReferenceRows::check_k(task.k, train, task.leave_one_out);
  const data::Table other = task.leave_one_out ? data::Table() : input.read_like(path, train, data::LabelUse::told);
  const data::Table& queries = task.leave_one_out ? train : other;
  const std::vector<Index> all = places(queries, task.only);
  const Index features = train.X.cols();
  data::ExplanationWriter writer(app.out(task.output), task.form, train, queries, task.top.value_or(features));

  const Threads threads = app.threads();
  const neighbors::NeighborIndex index(reference.map(train.X, train.row, train.name), threads);
  const Explainer explainer(train, queries, task, metric, index, threads);
  for (std::size_t begin = 0; begin < all.size(); begin += static_cast<std::size_t>(kAtOnce)) {
    const std::size_t end = std::min(all.size(), begin + static_cast<std::size_t>(kAtOnce));
    const std::vector<Index> some(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                  all.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<Index> rows;
    for (const Index i : some) rows.push_back(queries.row[static_cast<std::size_t>(i)]);
    const SharedRows Z = reference.map(queries.X(some, Eigen::all), rows, queries.name);
    explainer.explain(some, Z, threads, [&](const data::Explanation& e) { writer.write(e); });
  }
}

}  // namespace maha::cli
