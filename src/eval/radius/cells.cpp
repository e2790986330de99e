/// The radius of one neighbour: the least step into the cell of a row of another class.

#include <algorithm>
#include <optional>

#include "eval/radius/search.hpp"

namespace maha::eval {

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

}  // namespace maha::eval
