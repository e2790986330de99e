#include "learn/lmnn/problem/working_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr Index kListTile = 64;

}  // namespace

void throw_no_room(Index multipliers) {
  throw InputError("the proof has more than " + std::to_string(multipliers) +
                   " multipliers, which do not fit into memory");
}

LinearPart linear_part(const Problem& problem, const Cone& cone, LinearWeights weights) {
  const double mu = problem.mu();
  Matrix& B = weights.others;  // deg_i / 2 z_i - sum of the others: what Cone::product wants
  B = (0.5 * weights.degree).asDiagonal() * cone.rows() - B;
  const MeasuredPairs targets{problem.targets(), {std::vector<Index>(problem.targets().begin.size(), 0), {}}};
  const PairValues pull{mu * weights.target, Vector()};
  LinearPart part;
  part.triplets = weights.triplets;
  part.alpha = mu * static_cast<double>(weights.triplets);
  part.H = mu * cone.product(B) - cone.scatter(targets, pull);
  part.doubt = cone.doubt(mu * weights.degree) + cone.doubt(targets, pull);
  return part;
}

WorkingSet::WorkingSet(const Problem& problem, const Vector& squared, const Cone& cone, const Room& room)
    : problem_(problem),
      target_(squared),
      cone_(cone),
      room_(room),
      farthest_(std::numeric_limits<double>::infinity()) {
  pass_.pairs.targets = problem.targets();
}

WorkingSet::Seen WorkingSet::look_at(Index i, double squared) const {
  Seen seen{0, 0, std::numeric_limits<double>::infinity()};
  for (Index t = problem_.targets().begin[i]; t < problem_.targets().begin[i + 1]; ++t) {
    const double z = 1 + target_(t) - squared;
    seen.distance = std::min(seen.distance, std::abs(z));
    if (z <= 0) continue;
    seen.sum += z;
    ++seen.hinges;
  }
  return seen;
}

void WorkingSet::add(const neighbors::RangeLists& found, const Threads& threads) {
  sort_out(found, true, threads);
  if (pass_.pairs.impostors.size() > room_.pairs) shrink(threads);
}

/// Sorts the pairs of each row on any thread; only what a pair adds to the impostor's row is summed afterwards, in
/// order.
void WorkingSet::sort_out(const neighbors::RangeLists& found, bool fresh, const Threads& threads) {
  constexpr Index kKept = -1;
  std::vector<Index> hinges(found.index.size());  // of those that are not kept
  std::vector<double> sum(static_cast<std::size_t>(found.size()));
  std::vector<Index> active(sum.size());
  if (farthest_ < std::numeric_limits<double>::infinity() && linear_.others.size() == 0) {
    linear_ = {Vector::Zero(target_.size()), Vector::Zero(cone_.rows().rows()),
               Matrix::Zero(cone_.rows().rows(), cone_.rows().cols()), 0};
  }
  threads.for_ranges(found.size(), kListTile, [&](Index begin, Index end) {
    for (Index q = begin; q < end; ++q) {
      for (Index s = found.start[q]; s < found.start[q + 1]; ++s) {
        const Seen seen = look_at(found.first + q, found.squared[s]);
        sum[q] += seen.sum;
        active[q] += seen.hinges;
        hinges[s] = seen.distance < farthest_ ? kKept : seen.hinges;
        if (hinges[s] > 0) settle(found.first + q, found.index[s], found.squared[s], seen.hinges);
      }
    }
  });
  RowLists& kept = pass_.pairs.impostors;
  for (Index q = 0; q < found.size(); ++q) {
    if (fresh) {
      pass_.hinges += problem_.mu() * sum[q];
      pass_.active += active[q];
    }
    for (Index s = found.start[q]; s < found.start[q + 1]; ++s) {
      if (hinges[s] == kKept) {
        kept.other.push_back(static_cast<std::int32_t>(found.index[s]));
        squared_.push_back(found.squared[s]);
      } else if (hinges[s] > 0) {
        linear_.degree(found.index[s]) += static_cast<double>(hinges[s]);
        linear_.triplets += hinges[s];
      }
    }
    kept.begin.push_back(kept.size());
  }
}

/// Adds the pair (i, l) to the linear part, as far as it concerns row i.
void WorkingSet::settle(Index i, Index l, double squared, Index hinges) {
  linear_.degree(i) += static_cast<double>(hinges);
  linear_.others.row(i) += static_cast<double>(hinges) * cone_.rows().row(l);
  for (Index t = problem_.targets().begin[i]; t < problem_.targets().begin[i + 1]; ++t) {
    if (1 + target_(t) - squared > 0) linear_.target(t) += 1;
  }
}

void WorkingSet::shrink(const Threads& threads) {
  if (room_.proof) throw_no_room(room_.pairs);
  RowLists& kept = pass_.pairs.impostors;
  neighbors::RangeLists all{0, std::move(kept.begin), {kept.other.begin(), kept.other.end()}, std::move(squared_)};
  kept = {};
  squared_.clear();
  std::vector<double> distance(all.index.size());
  threads.for_ranges(all.size(), kListTile, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) {
      for (Index s = all.start[i]; s < all.start[i + 1]; ++s) distance[s] = look_at(i, all.squared[s]).distance;
    }
  });
  const auto first_to_go = distance.begin() + room_.pairs / 2;
  std::nth_element(distance.begin(), first_to_go, distance.end());
  farthest_ = *first_to_go;
  distance = {};
  sort_out(all, false, threads);
}

FullPass WorkingSet::finish() {
  if (linear_.triplets > 0) pass_.rest = linear_part(problem_, cone_, std::move(linear_));
  return std::move(pass_);
}

}  // namespace maha::learn::lmnn
