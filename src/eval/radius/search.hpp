#pragma once
/// The search behind VoteRadii: vote_radius.cpp has it, cells.cpp what is for one neighbour alone.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eval/radius/cell_step.hpp"
#include "eval/radius/vote_radius.hpp"
#include "linalg/rounding.hpp"
#include "neighbors/distance.hpp"

namespace maha::eval {

// What the order of two rows may be off by, in units of product_rounding(d) (|q-a|^2 + |q-b|^2): once at the query; and
// 9 times where it was moved to, since s(a, b) <= (|q-a| + |q-b|) / 2.
inline constexpr double kOrderRounding = 16;

class VoteRadii::Search {
 public:
  Search(const neighbors::NeighborIndex& index, const Labels& y, Index k, Votes votes, const Threads& threads);

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
  const SharedRows& Z_;
  const Labels& y_;
  Index k_;
  std::vector<std::vector<Index>> rows_;
  std::vector<std::unique_ptr<neighbors::NeighborIndex>> of_class_;
  std::vector<Loss> losses_;
  Index needed_ = 1;
};

}  // namespace maha::eval
