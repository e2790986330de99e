#include "eval/radius/vote_radius.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "eval/radius/search.hpp"

namespace maha::eval {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

// Rows of the elected class beyond those that the formula needs: each may raise a bound, few raise it by much.
constexpr Index kWitnesses = 15;

constexpr Index kQueryTile = 8;

}  // namespace

VoteRadii::Search::Search(const neighbors::NeighborIndex& index, const Labels& y, Index k, Votes votes,
                          const Threads& threads)
    : index_(index), Z_(index.reference()), y_(y), k_(k), rows_(rows_by_class(y)) {
  Index classes = 0;
  for (const std::vector<Index>& rows : rows_) {
    classes += rows.empty() ? 0 : 1;
    of_class_.push_back(rows.empty() ? nullptr
                                     : std::make_unique<neighbors::NeighborIndex>(Z_(rows, Eigen::all), threads));
  }
  losses_ = losses_of(k, classes, votes);
  for (const Loss& loss : losses_) needed_ = std::max(needed_, std::max(loss.before, loss.before_if_lower) + 1);
}

std::vector<VoteRadii::Search::Loss> VoteRadii::Search::losses_of(Index k, Index classes, Votes votes) {
  std::vector<Loss> losses;
  for (Index p = (k + classes - 1) / classes; p <= std::min(k, k / 2 + 1); ++p) {
    const Index before = std::min(p - 1, k - p), tied = std::min(p, k - p);
    losses.push_back({p, before, votes == Votes::lowest ? tied : before});
  }
  return losses;
}

/// s(a, b), rounded down; a row at the same place as another comes before it if its number is lower, wherever the query
/// is.
double VoteRadii::Search::bisector(const Near& a, const Near& b) const {
  if (same_place(a.row, b.row)) return a.row < b.row ? kEndless : 0;
  const double difference = b.squared - a.squared - order_rounding(a.squared, b.squared);
  const double apart = std::sqrt(neighbors::squared_distance(Z_.row(a.row).data(), Z_.row(b.row).data(), Z_.cols()));
  if (!(difference > 0) || !(apart > 0)) return 0;
  return difference / (2 * apart) * (1 - 2 * linalg::product_rounding(Z_.cols()));
}

/// Of the rows of class c: many for the queries that elected it, for the others as many as can make it win.
void VoteRadii::Search::find_near(std::vector<Query>& all, int c, const Threads& threads) const {
  const auto& index = of_class_[static_cast<std::size_t>(c)];
  if (!index) return;
  for (const bool own : {true, false}) {
    std::vector<std::size_t> asking;
    for (std::size_t q = 0; q < all.size(); ++q) {
      if ((all[q].elected == c) == own) asking.push_back(q);
    }
    if (asking.empty()) continue;
    Matrix places(static_cast<Index>(asking.size()), Z_.cols());
    for (std::size_t i = 0; i < asking.size(); ++i) places.row(static_cast<Index>(i)) = all[asking[i]].place;
    const Index most = 1 + (own ? needed_ + kWitnesses : k_ / 2 + 1);  // one of them may be the query itself
    const neighbors::NeighborLists lists = index->nearest(places, std::min(most, index->rows()), threads);
    if (!lists.lengths.empty()) throw InputError("squares of distances are no numbers: they overflow or underflow");
    for (std::size_t s = 0; s < lists.index.size(); ++s) {
      Query& query = all[asking[s / static_cast<std::size_t>(lists.k)]];
      const Index row = rows_[static_cast<std::size_t>(c)][static_cast<std::size_t>(lists.index[s])];
      if (row != query.self) (own ? query.own : query.others).push_back({row, lists.squared[s]});
    }
  }
}

/// Beyond this distance no row of another class matters for this radius R or a lower one: moved by R, each of the
/// `needed_` nearest rows of the class is nearer still.
double VoteRadii::Search::reach(const Query& query, double radius) const {
  const auto last = std::min(static_cast<std::size_t>(needed_), query.own.size()) - 1;
  return (std::sqrt(query.own[last].squared) + 2 * radius) * (1 + 64 * linalg::product_rounding(Z_.cols()));
}

void VoteRadii::Search::narrow(const Query& query, std::span<const Near> others, VoteRadius& found) const {
  if (k_ == 1) {
    enter_cells(query, others, found);
  } else {
    count_losses(query, others, found);
  }
}

void VoteRadii::Search::count_losses(const Query& query, std::span<const Near> others, VoteRadius& found) const {
  std::vector<std::pair<std::size_t, double>> bounds;  // of each class in each way to lose: its rows' g
  const std::size_t ways = losses_.size();
  std::vector<double> s;
  for (const Near& b : others) {
    s.clear();
    Index above = 0;
    for (const Near& a : query.own) {
      s.push_back(bisector(a, b));
      above += s.back() >= found.radius ? 1 : 0;
      if (above >= needed_) break;  // its g are no less than what is known
    }
    if (above >= needed_) continue;
    std::sort(s.begin(), s.end(), std::greater<>());
    const int e = y_[static_cast<std::size_t>(b.row)];
    for (std::size_t way = 0; way < ways; ++way) {
      const Loss& loss = losses_[way];
      const auto t = static_cast<std::size_t>(e < query.elected ? loss.before_if_lower : loss.before);
      bounds.emplace_back(static_cast<std::size_t>(e) * ways + way, t < s.size() ? s[t] : 0.0);
    }
  }
  std::sort(bounds.begin(), bounds.end());
  for (std::size_t begin = 0, end = 0; begin < bounds.size(); begin = end) {
    while (end < bounds.size() && bounds[end].first == bounds[begin].first) ++end;
    const auto p = static_cast<std::size_t>(losses_[bounds[begin].first % ways].count);
    if (end - begin >= p) found.radius = std::min(found.radius, bounds[begin + p - 1].second);
  }
}

std::vector<VoteRadius> VoteRadii::Search::of(const MatrixRef& queries, const Labels& elected,
                                              std::span<const Index> self, const Threads& threads) const {
  std::vector<Query> all;
  for (Index q = 0; q < queries.rows(); ++q) {
    const auto at = static_cast<std::size_t>(q);
    all.push_back({queries.row(q), elected[at], self.empty() ? -1 : self[at]});
  }
  for (std::size_t c = 0; c < rows_.size(); ++c) find_near(all, static_cast<int>(c), threads);

  std::vector<VoteRadius> found(all.size());
  std::vector<double> reaches(all.size(), -1);
  threads.for_ranges(queries.rows(), kQueryTile, [&](Index begin, Index end) {
    for (auto q = static_cast<std::size_t>(begin); q < static_cast<std::size_t>(end); ++q) {
      Query& query = all[q];
      std::sort(query.others.begin(), query.others.end());
      if (query.others.empty()) continue;
      if (query.own.empty()) {
        found[q].radius = 0;  // nothing holds a class that has no rows
        continue;
      }
      found[q].other = query.others.front().row;
      found[q].other_squared = query.others.front().squared;
      narrow(query, query.others, found[q]);
      reaches[q] = std::pow(reach(query, found[q].radius), 2);  // all rows, where the nearest cannot win
    }
  });
  index_.within(
      queries, reaches,
      [&](const neighbors::RangeLists& lists) {
        threads.for_ranges(lists.size(), kQueryTile, [&](Index begin, Index end) {
          for (Index q = begin; q < end; ++q) {
            const auto at = static_cast<std::size_t>(lists.first + q);
            std::vector<Near> others;
            for (Index s = lists.start[static_cast<std::size_t>(q)]; s < lists.start[static_cast<std::size_t>(q) + 1];
                 ++s) {
              const auto place = static_cast<std::size_t>(s);
              if (lists.index[place] != all[at].self) others.push_back({lists.index[place], lists.squared[place]});
            }
            narrow(all[at], others, found[at]);
          }
        });
      },
      {elected, y_}, threads);
  return found;
}

VoteRadii::VoteRadii(const neighbors::NeighborIndex& index, const Labels& y, Index k, Votes votes,
                     const Threads& threads) {
  if (votes == Votes::weighted) throw InputError("votes that are weighted by distance have no radius");
  if (std::ssize(y) != index.rows() || std::any_of(y.begin(), y.end(), [](int c) { return c < 0; })) {
    throw InputError("every row must have a class: there are " + std::to_string(y.size()) + " labels for " +
                     std::to_string(index.rows()) + " rows");
  }
  if (k < 1 || k > index.rows()) {
    throw InputError("k = " + std::to_string(k) + " is not between 1 and the number of rows, " +
                     std::to_string(index.rows()));
  }
  search_ = std::make_unique<Search>(index, y, k, votes, threads);
}

VoteRadii::~VoteRadii() = default;

std::vector<VoteRadius> VoteRadii::of(const MatrixRef& queries, const Labels& elected, std::span<const Index> self,
                                      const Threads& threads) const {
  return search_->of(queries, elected, self, threads);
}

}  // namespace maha::eval
