#include "learn/lsml/lsml.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/logdet/near_prior.hpp"
#include "learn/logdet/prior.hpp"
#include "prepare/draw/draw_triplets.hpp"

namespace maha::learn::lsml {
namespace {

// Drawn unless options say how many. Five times as many changed 3-NN by 0 to 2 errors in 5 folds of wine and of wdbc.
constexpr Index kDrawn = 10000;

// ---- Quadruplets ----------------------------------------------------------------------------------------------------

void check(const Quadruplets& quadruplets, Index n) {
  for (std::size_t q = 0; q < quadruplets.size(); ++q) {
    const auto [i, j, k, l, weight] = quadruplets[q];
    const auto is_row = [n](Index row) { return row >= 0 && row < n; };
    const bool rows = is_row(i) && is_row(j) && is_row(k) && is_row(l);
    const bool same = (i == k && j == l) || (i == l && j == k);
    if (rows && i != j && k != l && !same && weight > 0 && std::isfinite(weight)) continue;
    throw InputError("quadruplet " + std::to_string(q + 1) + ": two different pairs of rows of 1 to " +
                     std::to_string(n) + " are wanted, and a weight above 0");
  }
}

/// Given or drawn; fewer of them than usual only where nobody said how many.
Quadruplets quadruplets_of(const Samples& samples, const LsmlOptions& options) {
  if (!samples.quadruplets.empty()) {
    check(samples.quadruplets, samples.X.rows());
    return samples.quadruplets;
  }
  if (static_cast<Index>(samples.y.size()) != samples.X.rows()) throw InputError("rows and labels differ in number");
  require_pairs_of_class(samples);
  const Index there = prepare::count_quadruplets(samples.y);
  return prepare::draw_quadruplets(samples.y, options.draw.value_or(std::min(kDrawn, there)), options.seed);
}

/// The pairs of all, two of each.
Pairs pairs_in(const Quadruplets& quadruplets) {
  Pairs pairs;
  for (const auto& [i, j, k, l, weight] : quadruplets) {
    pairs.push_back({i, j, true});
    pairs.push_back({k, l, false});
  }
  return pairs;
}

/// A row of numbers for each.
Matrix listed(const Quadruplets& quadruplets) {
  Matrix list(std::ssize(quadruplets), 5);
  Index q = 0;
  for (const auto& [i, j, k, l, weight] : quadruplets) {
    list.row(q++) << static_cast<double>(i), static_cast<double>(j), static_cast<double>(k), static_cast<double>(l),
        weight;
  }
  return list;
}

/// The share of each of the sum; weights however large have one.
Vector shares_of(const Quadruplets& quadruplets) {
  Vector w(static_cast<Index>(quadruplets.size()));
  std::transform(quadruplets.begin(), quadruplets.end(), w.begin(), [](const Quadruplet& q) { return q.weight; });
  w /= w.maxCoeff();
  return w / w.sum();
}

// ---- The loss -------------------------------------------------------------------------------------------------------

/// sum w (x^(1/2) - y^(1/2))_+^2, of the squared distances (x, y) in p, two of each quadruplet.
class ResidualLoss final : public logdet::PairLoss {
 public:
  explicit ResidualLoss(Vector w) : w_(std::move(w)) {}

  double value(const Vector& p, Vector& active) const override {
    double sum = 0;
    active = Vector::Zero(p.size());
    for (Index q = 0; q < w_.size(); ++q) {
      const double x = p[2 * q], y = p[2 * q + 1];
      if (x - y <= logdet::kEqual * x) continue;
      active[2 * q] = active[2 * q + 1] = 1;
      const double residual = (x - y) / (std::sqrt(x) + std::sqrt(y));
      sum += w_[q] * residual * residual;
    }
    return sum;
  }

  /// 1 - (y/x)^(1/2) and 1 - (x/y)^(1/2), to all digits also where x is nearly y. A pair of equal rows has no part.
  Vector gradient(double gamma, const Vector& p, const Vector& active) const override {
    Vector c = Vector::Zero(p.size());
    for (Index q = 0; q < w_.size(); ++q) {
      if (active[2 * q] == 0) continue;
      const double x = p[2 * q], y = p[2 * q + 1], mean = std::sqrt(x) * std::sqrt(y);
      c[2 * q] = gamma * w_[q] * ((x - y) / (x + mean));
      if (y > 0) c[2 * q + 1] = -gamma * w_[q] * ((x - y) / (y + mean));
    }
    return c;
  }

  /// The second derivative along (dx, dy) is (xy)^(1/2)/2 (dx/x - dy/y)^2.
  Vector hessian_times(double gamma, const Vector& p, const Vector& active, const Vector& dp) const override {
    Vector dc = Vector::Zero(p.size());
    for (Index q = 0; q < w_.size(); ++q) {
      const double x = p[2 * q], y = p[2 * q + 1];
      if (active[2 * q] == 0 || !(y > 0)) continue;
      const double half_mean = 0.5 * (std::sqrt(x) * std::sqrt(y));
      const double change = gamma * w_[q] * half_mean * (dp[2 * q] / x - dp[2 * q + 1] / y);
      dc[2 * q] = change / x;
      dc[2 * q + 1] = -change / y;
    }
    return dc;
  }

  /// It is linear along rays: at any of its gradients, or a part of one, the minimum is 0, at p = 0.
  DualTerm dual_term(double, const Vector&) const override { return {}; }

 private:
  Vector w_;
};

/// In the unit of the rows.
double gamma_of_unit(double gamma, double unit) {
  const double result = gamma * unit * unit;
  if (result > 0 && std::isfinite(result)) return result;
  throw InputError(
      "distances under the prior are too large or too small for their squares: --standardize makes them "
      "common ones");
}

/// Counts the quadruplets of different first rows and equal second ones.
void warn_of_equal(const Vector& squared, Fit& fit) {
  Index equal = 0;
  for (Index p = 0; p < squared.size(); p += 2) equal += squared[p] > 0 && squared[p + 1] == 0;
  if (equal == 0) return;
  fit.warnings.push_back({Warning::Code::equal_pairs, "the second pair of " + std::to_string(equal) +
                                                          " quadruplets does not differ: no metric can make it the "
                                                          "farther one"});
}

}  // namespace

void declare(OptionList& all, LsmlOptions& options) {
  all.number("--gamma", options.gamma, "weight of the quadruplets against the prior").above(0);
  logdet::declare_prior(all, options.prior_name);
  all.number("--draw", options.draw, "draw so many quadruplets by label (default: 10000, or as many as there are)")
      .at_least(1);
  all.number("--tolerance", options.tolerance, "relative gap to the optimum at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
  all.number("--seed", options.seed, "of the quadruplets that are drawn").unrecorded();
}

void describe(Hooks& hooks, LsmlOptions& options) {
  hooks.start = "start from this model; changes only the time it takes";
  hooks.want_proof = &options.want_proof;
  logdet::describe_prior(hooks, options.prior_name);
  hooks.without_classes = {{"draw", "quadruplets to be drawn"}, {"seed", "quadruplets to be drawn"}};
  hooks.examples = {"maha-lsml --standardize datasets/wine.csv -o lsml.json",
                    "maha-pairs --quadruplets 500 datasets/wine.csv > nearer.csv",
                    "maha-lsml --prior covariance --quadruplets nearer.csv < datasets/wine.csv > lsml.json"};
}

Fit fit_lsml(const Samples& samples, const LsmlOptions& options, const Run& run) {
  check_ranges(options);
  logdet::check_prior(samples, options.prior_name);
  const metric::Metric* start = start_metric(samples);
  Fit fit;

  // 1. Quadruplets, and their rows in coordinates in which the prior is the identity.
  const Quadruplets quadruplets = quadruplets_of(samples, options);
  const logdet::NearPrior near(samples.X, pairs_in(quadruplets),
                               logdet::prior_of(samples, options.prior_name, "LSML", run, fit.warnings), run.threads);
  warn_of_equal(near.squared(run.threads), fit);

  // 2. M by Newton's method.
  const ResidualLoss loss(shares_of(quadruplets));
  const double gamma = gamma_of_unit(options.gamma, near.unit());
  const logdet::LogDetSolution solution = near.solve(
      near.pairs(), loss, gamma, {start, options.tolerance, options.max_iterations, options.want_proof}, run, fit);

  if (options.want_proof) fit.proof.push_back({"quadruplets", listed(quadruplets)});

  Vector violated;
  loss.value(solution.p, violated);
  fit.rows = near.rows();
  if (samples.quadruplets.empty()) {
    fit.seed = options.seed;
  } else {
    fit.unused = {"draw"};
  }
  fit.extras.set("quadruplets", static_cast<Index>(quadruplets.size()))
      .set("violated", static_cast<Index>(violated.sum() / 2));
  return fit;
}

}  // namespace maha::learn::lsml
