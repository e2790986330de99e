#include "learn/lmnn/triplets.hpp"

#include <algorithm>

namespace maha::learn::lmnn {

MeasuredPairs TripletProblem::listed(Triplets triplets, Index n) {
  std::sort(triplets.begin(), triplets.end());
  MeasuredPairs pairs;
  auto next = triplets.begin();
  for (Index i = 0; i < n; ++i) {
    for (; next != triplets.end() && next->anchor == i; ++next) {
      const bool first = pairs.targets.size() == pairs.targets.begin.back();
      if (first || pairs.targets.other.back() != next->near) {
        pairs.targets.other.push_back(static_cast<std::int32_t>(next->near));
        pairs.part.push_back(pairs.impostors.size());
      }
      pairs.impostors.other.push_back(static_cast<std::int32_t>(next->far));
    }
    pairs.targets.begin.push_back(pairs.targets.size());
    pairs.impostors.begin.push_back(pairs.impostors.size());
  }
  pairs.part.push_back(pairs.impostors.size());
  return pairs;
}

FullPass TripletProblem::full_pass(const Point& point, double, const Cone&, const Run& run) const {
  if (run.stop()) throw Stopped();
  const PairValues squared = squared_distances(pairs_, point.P, run);
  const Hinges sum = hinges(pairs_, squared, mu(), 0, nullptr, run.threads);
  return {sum.value, sum.active, pairs_, {}};
}

LinearPart TripletProblem::all_triplets(const Cone& cone) const {
  PairValues weights{Vector(pairs_.targets.size()), Vector::Constant(pairs_.impostors.size(), -mu())};
  for (Index t = 0; t < weights.target.size(); ++t) {
    weights.target(t) = mu() * static_cast<double>(pairs_.part[t + 1] - pairs_.part[t]);
  }
  LinearPart all;
  all.triplets = pairs_.impostors.size();
  all.alpha = mu() * static_cast<double>(all.triplets);
  all.H = -cone.scatter(pairs_, weights);
  all.doubt = cone.doubt(pairs_, weights);
  return all;
}

std::vector<RowMultiplier> TripletProblem::all_multipliers() const {
  const PairValues zero{Vector::Zero(pairs_.targets.size()), Vector::Zero(pairs_.impostors.size())};
  return by_rows(pairs_, active_triplets(pairs_, zero, mu(), 1));
}

Margins TripletProblem::margins(const Point& point, const Threads& threads) const {
  const PairValues squared = squared_distances(pairs_, point.P, threads);
  Margins margins;
  for (Index t = 0; t < pairs_.targets.size(); ++t) {
    for (Index s = pairs_.part[t]; s < pairs_.part[t + 1]; ++s) {
      margins.values.push_back(squared.impostor(s) - squared.target(t));
    }
  }
  return margins;
}

RowLists TripletProblem::nearest_impostors(const Matrix& P, const Threads& threads) const {
  const Vector squared = squared_distances(pairs_.impostors, P, threads);
  RowLists nearest;
  for (Index i = 0; i < pairs_.impostors.rows(); ++i) {
    const auto begin = squared.begin() + pairs_.impostors.begin[i],
               end = squared.begin() + pairs_.impostors.begin[i + 1];
    if (begin != end) nearest.other.push_back(pairs_.impostors.other[std::min_element(begin, end) - squared.begin()]);
    nearest.begin.push_back(nearest.size());
  }
  return nearest;
}

}  // namespace maha::learn::lmnn
