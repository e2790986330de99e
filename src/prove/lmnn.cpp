/// LMNN: F(M) = (1-mu) sum D_ij + mu sum [1 + D_ij - D_il]_+. Where 0 <= alpha <= mu, t >= 1 and
///   t (1-mu) sum C_ij - sum alpha (C_il - C_ij) is positive semidefinite, C_ij = (x_i - x_j)(x_i - x_j)',
/// every M has F(M) >= (1-mu) sum D_ij + sum alpha/t (1 + D_ij - D_il) >= sum alpha/t.
#include <map>
#include <set>

#include "prove/prove.hpp"

namespace maha::prove {
namespace {

constexpr double kTie = 1e-12;  // relative: what rounding may have decided of which row is the nearer one

bool has(const std::vector<Index>& list, Index i) { return std::count(list.begin(), list.end(), i) > 0; }

struct Problem {
  std::map<Index, std::vector<Index>> targets;  // of each row that has any
  std::map<Triplet, Index> listed;              // how often each of the triplets counts, if they are a list
  std::set<Index> used;                         // rows
};

Problem of_triplets(const Triplets& triplets) {
  Problem problem;
  for (const Triplet& t : triplets) {
    if (++problem.listed[t] > 1) continue;
    std::vector<Index>& own = problem.targets[t.anchor];
    if (!has(own, t.near)) own.push_back(t.near);
    problem.used.insert({t.anchor, t.near, t.far});
  }
  return problem;
}

/// Of each row of a class of more than k rows, k others of that class than which none left out is nearer.
Problem of_classes(const Given& given) {
  const auto k = static_cast<Index>(given.number("neighbors"));
  const Cloud space = map(given.rows(0), Matrix(given.scale().cwiseInverse().asDiagonal()));
  const Matrix& list = given.proof.at("targets");
  Problem problem;
  require(list.cols() == k + 1 && std::ssize(given.y) == given.X.rows(), "the proof is of other targets");
  for (const auto& row : list.rowwise()) {
    const Index i = given.row(row(0));
    std::vector<Index>& own = problem.targets[i];
    require(problem.used.insert(i).second, "a row has targets twice");
    double farthest = 0;
    for (Index t = 1; t <= k; ++t) {
      const Index j = given.row(row(t));
      require(j != i && given.y[j] == given.y[i] && !has(own, j), "a target is wrong");
      farthest = std::max(farthest, space.squared(i, j).lo);
      own.push_back(j);
    }
    for (Index j = 0; j < given.X.rows(); ++j) {
      if (j == i || given.y[j] != given.y[i] || has(own, j)) continue;
      require(space.squared(i, j).hi >= (1 - kTie) * farthest, "a row that is nearer is no target");
    }
  }
  for (Index i = 0; i < given.X.rows(); ++i) {
    const bool in = std::count(given.y.begin(), given.y.end(), given.y[i]) > k;
    require(in == problem.used.contains(i), "the rows with targets are not those of large classes");
  }
  return problem;
}

}  // namespace

Proven prove_lmnn(const Given& given) {
  const bool diagonal = given.number("diagonal") != 0, of_list = !given.triplets.empty();
  const double mu = given.number("push_weight");
  require(mu > 0 && mu < 1, "the push weight is not in (0, 1)");
  require(given.number("ridge") == 0, "no proof is known with a ridge");
  const Problem problem = of_list ? of_triplets(given.triplets) : of_classes(given);
  const auto unlike = [&](Index i, Index l) {
    return !of_list && problem.used.contains(l) && given.y[l] != given.y[i];
  };

  // 1. The pull.
  std::vector<Weighted> pulled;
  for (const auto& [i, own] : problem.targets) {
    for (const Index j : own) pulled.push_back({i, j, 1 - mu});
  }

  // 2. The objective of the model's metric.
  const Cloud y = map(given.rows(0), given.factor()),
              z = map(given.rows(0), given.basis({problem.used.begin(), problem.used.end()}));
  Interval pull, push;
  for (const auto& [i, j, weight] : pulled) pull += y.squared(i, j);
  for (const auto& [i, own] : problem.targets) {
    Interval of_row, reach;
    for (const Index j : own) reach = max(reach, Interval(1) + y.squared(i, j));
    for (const Index l : problem.used) {
      const Interval far = unlike(i, l) ? y.squared(i, l) : kInfinity;
      if (far.lo >= reach.hi) continue;
      for (const Index j : own) of_row += max(0, Interval(1) + y.squared(i, j) - far);
    }
    push += of_row;
  }
  for (const auto& [t, times] : problem.listed)
    push += static_cast<double>(times) * max(0, Interval(1) + y.squared(t.anchor, t.near) - y.squared(t.anchor, t.far));

  // 3. The bound of the multipliers.
  std::vector<Weighted> pushed;
  Interval total;
  std::map<Triplet, Index> seen;
  for (const auto& m : given.proof.at("multipliers").rowwise()) {
    require(m.size() == 4 && m(3) >= 0 && m(3) <= mu, "a multiplier is not within the push weight");
    const Triplet t{given.row(m(0)), given.row(m(1)), given.row(m(2))};
    const auto own = problem.targets.find(t.anchor);
    const auto listed = problem.listed.find(t);
    const Index most = listed != problem.listed.end() ? listed->second : unlike(t.anchor, t.far) ? 1 : 0;
    require(own != problem.targets.end() && has(own->second, t.near) && ++seen[t] <= most,
            "a multiplier is of no triplet");
    pushed.insert(pushed.end(), {{t.anchor, t.far, m(3)}, {t.anchor, t.near, -m(3)}});
    total += m(3);
  }
  const Interval t = ratio(scatter(z, pushed, diagonal), scatter(z, pulled, diagonal));
  return {(Interval(1) - mu) * pull + mu * push, (total / max(t, 1)).lo};
}

}  // namespace maha::prove
