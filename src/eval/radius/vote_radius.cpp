#include "eval/radius/vote_radius.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "eval/radius/cell_step.hpp"
#include "linalg/rounding.hpp"
#include "neighbors/distance.hpp"

namespace maha::eval {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

// Rows of the elected class beyond those that the formula needs: each may raise a bound, few raise it by much.
constexpr Index kWitnesses = 15;

// What the order of two rows may be off by, in units of product_rounding(d) (|q-a|^2 + |q-b|^2): once at the query; and
// 9 times where it was moved to, since s(a, b) <= (|q-a| + |q-b|) / 2.
constexpr double kOrderRounding = 16;

constexpr Index kQueryTile = 8;

}  // namespace

class VoteRadii::Search {
 public:
  Search(const neighbors::NeighborIndex& index, const Labels& y, Index k, Votes votes, const Threads& threads)
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

  std::vector<VoteRadius> of(const MatrixRef& queries, const Labels& elected, std::span<const Index> self,
                             const Threads& threads) const;

 private:
  /// A row and its squared distance from a query.
  struct Near {
    Index row;
    double squared;
    bool operator<(const Near& other) const {
      return squared < other.squared || (squared == other.squared && row < other.row);
    }
  };

  /// A way to lose: `count` rows of another class each nearer than all but `before` rows of the elected one.
  struct Loss {
    Index count, before, before_if_lower;  // the latter if the other class wins a tie
  };

  /// What is known of a query: its nearest rows of the elected class and of the others, each in order.
  struct Query {
    RowVector place;
    int elected;
    Index self;
    std::vector<Near> own{}, others{};
  };

  static std::vector<Loss> losses_of(Index k, Index classes, Votes votes);
  void find_near(std::vector<Query>& all, int c, const Threads& threads) const;
  void narrow(const Query& query, std::span<const Near> others, VoteRadius& found) const;
  void count_losses(const Query& query, std::span<const Near> others, VoteRadius& found) const;
  void enter_cells(const Query& query, std::span<const Near> others, VoteRadius& found) const;
  std::optional<CellStep> cell(const Query& query, const Near& b, double most) const;
  std::optional<Near> nearest_own(const Query& query, const RowVector& place) const;
  bool is_hidden(const Query& query, Index b) const;
  double reach(const Query& query, double radius) const;

  bool same_place(Index a, Index b) const { return Z_.row(a) == Z_.row(b); }
  double apart(const RowVector& place, Index b) const {
    return neighbors::squared_distance(place.data(), Z_.row(b).data(), Z_.cols());
  }
  double order_rounding(double a, double b) const {
    return kOrderRounding * linalg::product_rounding(Z_.cols()) * (a + b);
  }
  double bisector(const Near& a, const Near& b) const;

  const neighbors::NeighborIndex& index_;
  const Matrix& Z_;
  const Labels& y_;
  Index k_;
  std::vector<std::vector<Index>> rows_;
  std::vector<std::unique_ptr<neighbors::NeighborIndex>> of_class_;
  std::vector<Loss> losses_;
  Index needed_ = 1;
};

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

void VoteRadii::Search::enter_cells(const Query& query, std::span<const Near> others, VoteRadius& found) const {
  std::vector<std::pair<double, Near>> hopeful;
  for (const Near& b : others) {
    if (b.row == found.rival) continue;
    double bound = 0;
    for (const Near& a : query.own) {
      bound = std::max(bound, bisector(a, b));
      if (bound >= found.radius) break;
    }
    if (bound < found.radius) hopeful.emplace_back(bound, b);
  }
  std::sort(hopeful.begin(), hopeful.end());
  for (const auto& [bound, b] : hopeful) {
    if (bound >= found.radius) break;
    const std::optional<CellStep> step = cell(query, b, found.radius);
    if (!step) continue;
    found.radius = std::min(found.radius, std::max(bound, step->length()));
    found.rival = b.row;
    found.step.clear();
    for (const CellStep::Active& a : step->active()) found.step.emplace_back(a.row, a.weight);
  }
}

/// The step into the cell of b among the rows of the elected class, unless it is as long as `most`, or b never wins.
std::optional<CellStep> VoteRadii::Search::cell(const Query& query, const Near& b, double most) const {
  CellStep step(Z_.cols());
  RowVector normal;
  double limit = 0;
  // How far the step is from being allowed by a, in squared distance; normal and limit become those of a.
  const auto violation = [&](const Near& a) {
    normal = Z_.row(a.row) - Z_.row(b.row);
    limit = (a.squared - b.squared + order_rounding(a.squared, b.squared)) / 2;
    return normal.dot(step.step()) - limit - order_rounding(a.squared, b.squared) / 8;
  };
  const auto most_rows = 20 * (Z_.cols() + 20);  // far more than are ever entered: rounding cannot keep us here
  for (Index entered = 0; entered < most_rows; ++entered) {
    if (step.length() >= most) return std::nullopt;
    const Near* worst = nullptr;
    double most_violated = 0;
    for (const Near& a : query.own) {
      if (step.holds(a.row)) continue;  // what it violates of these is rounding
      const double violated = violation(a);
      if (violated > most_violated) most_violated = violated, worst = &a;
    }
    std::optional<Near> other;
    if (!worst) {
      other = nearest_own(query, query.place + step.step());
      if (!other || !(violation(*other) > 0)) break;
    } else {
      violation(*worst);
    }
    if (!step.enter(worst ? worst->row : other->row, normal, limit)) break;
  }
  if (step.length() >= most || is_hidden(query, b.row)) return std::nullopt;
  return step;
}

/// The row of the elected class that is nearest to a place, the query itself left out, and its distance from the query.
auto VoteRadii::Search::nearest_own(const Query& query, const RowVector& place) const -> std::optional<Near> {
  const auto c = static_cast<std::size_t>(query.elected);
  const neighbors::NeighborLists list = of_class_[c]->nearest(place, std::min<Index>(2, of_class_[c]->rows()));
  for (const Index i : list.index) {
    const Index row = rows_[c][static_cast<std::size_t>(i)];
    if (row != query.self) return Near{row, apart(query.place, row)};
  }
  return std::nullopt;
}

/// Whether a row of the elected class is at the same place and always comes before b.
bool VoteRadii::Search::is_hidden(const Query& query, Index b) const {
  const std::optional<Near> nearest = nearest_own(query, Z_.row(b));
  return nearest && nearest->row < b && same_place(nearest->row, b);
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
