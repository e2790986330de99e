#include "learn/itml/itml.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/random.hpp"
#include "learn/logdet/beyond_log.hpp"
#include "learn/logdet/near_prior.hpp"
#include "learn/logdet/prior.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::itml {
namespace {

constexpr Index kSample = 100000;  // pairs of rows for percentiles: so many give a percentile to about 0.2 of a percent

void check(const Samples& samples, const ItmlOptions& options) {
  prepare::check_pairs(samples.pairs, samples.X.rows());
  if (samples.pairs.empty()) throw InputError("there is no pair");
  check_ranges(options);
  logdet::check_prior(samples, options.prior_name);
}

// Every pair of rows, or a random sample that is large enough for percentiles.
Pairs pairs_of_rows(Index n, std::uint64_t seed) {
  Pairs pairs;
  if (n * (n - 1) / 2 <= kSample) {
    for (Index i = 0; i < n; ++i) {
      for (Index j = i + 1; j < n; ++j) pairs.push_back({i, j});
    }
  } else {
    Random random(seed);
    while (static_cast<Index>(pairs.size()) < kSample) {
      const Index i = random.below(n);
      pairs.push_back({i, (i + 1 + random.below(n - 1)) % n});
    }
  }
  return pairs;
}

// With linear interpolation between neighbouring values, the usual definition. `values` must be sorted.
double percentile(const std::vector<double>& values, double percent) {
  const double place = percent / 100 * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

struct SquaredBounds {
  double u2, l2;
};

/// The squared lengths of pairs under the prior, in `unit`.
Vector squared_under(const metric::Metric& prior, const prepare::PairRows& rows, double unit, const Threads& threads) {
  return prepare::squared_lengths(prior.transform(rows.X, threads) / unit, rows.pairs, threads);
}

/// The bounds u^2 and l^2 for rows X under the prior, in `unit`.
SquaredBounds squared_bounds(const MatrixRef& X, const metric::Metric& prior, double unit, const ItmlOptions& options,
                             const Threads& threads) {
  std::vector<double> positive;  // equal rows say nothing about the scale
  if (!options.similar_within || !options.dissimilar_beyond) {
    const prepare::PairRows sample = prepare::about_their_middle({X, pairs_of_rows(X.rows(), options.seed)});
    const Vector squared = squared_under(prior, sample, unit, threads);
    std::copy_if(squared.begin(), squared.end(), std::back_inserter(positive), [](double s) { return s > 0; });
    std::sort(positive.begin(), positive.end());
    if (positive.empty()) positive.push_back(1);
  }
  const auto bound = [&](std::optional<double> distance, double percent) {
    const double squared = distance ? *distance / unit * (*distance / unit) : percentile(positive, percent);
    if (squared > 0 && std::isfinite(squared)) return squared;
    throw InputError("a distance that pairs shall have is too unlike those of the data for squares of both");
  };
  return {bound(options.similar_within, options.similar_percentile),
          bound(options.dissimilar_beyond, options.dissimilar_percentile)};
}

/// gamma sum over violated pairs of (t - log t - 1), t = p / xi: pairs are violated if t > 1 (similar) or t < 1.
class BoundLoss final : public logdet::PairLoss {
 public:
  BoundLoss(const Pairs& pairs, Vector xi) : pairs_(pairs), xi_(std::move(xi)) {}

  double value(const Vector& p, Vector& active) const override {
    double sum = 0;
    active = Vector::Zero(p.size());
    for (Index k = 0; k < p.size(); ++k) {
      const double t = p[k] / xi_[k], excess = (p[k] - xi_[k]) / xi_[k];
      if ((pairs_[static_cast<std::size_t>(k)].similar ? excess : -excess) <= logdet::kEqual) continue;
      active[k] = 1;
      sum += excess < -0.5 ? excess - std::log(t) : logdet::beyond_log(excess);  // log(1 + excess) would lose a small t
    }
    return sum;
  }
  Vector gradient(double gamma, const Vector& p, const Vector& active) const override {
    return gamma * active.cwiseProduct(xi_.cwiseInverse() - p.cwiseInverse());
  }
  Vector hessian_times(double gamma, const Vector& p, const Vector& active, const Vector& dp) const override {
    return (active.array() > 0).select((gamma * active.cwiseQuotient(p.cwiseAbs2())).cwiseProduct(dp), 0);
  }
  DualTerm dual_term(double gamma, const Vector& c) const override {
    const Vector logs = (-c.array() * xi_.array() / gamma).log1p();
    return {gamma * logs.sum(), gamma * logs.cwiseAbs().sum()};
  }

 private:
  const Pairs& pairs_;
  Vector xi_;
};

}  // namespace

Fit fit_itml(const Samples& samples, const ItmlOptions& options, const Run& run) {
  const SharedRows& X = samples.X;
  const Pairs& pairs = samples.pairs;
  check(samples, options);
  const metric::Metric* init = start_metric(samples);
  // 1. Rows z = A x, with the prior M0 = A'A: there the prior is the identity, and M = A'NA. Distances and their bounds
  // have one unit, so that M does not change.
  Fit fit;
  const logdet::NearPrior near(X, pairs, logdet::prior_of(samples, options.prior_name, "ITML", run, fit.warnings),
                               run.threads);
  const double unit = near.unit();

  // 2. The bounds: xi0 = u^2 for similar pairs and l^2 for dissimilar ones, for pairs that a metric can tell apart.
  const auto [u2, l2] = squared_bounds(X, near.prior(), unit, options, run.threads);

  Pairs apart;  // the pairs that some metric can tell apart
  const Vector squared = near.squared(run.threads);
  for (Index p = 0; p < squared.size(); ++p) {
    if (squared[p] > 0) apart.push_back(near.pairs()[static_cast<std::size_t>(p)]);
  }
  const std::size_t equal = prepare::pairs_with(pairs, false).size() - prepare::pairs_with(apart, false).size();
  if (equal > 0) {
    fit.warnings.push_back({Warning::Code::equal_pairs, std::to_string(equal) +
                                                            " dissimilar pairs do not differ: no metric can tell them "
                                                            "apart"});
  }
  Vector xi(static_cast<Index>(apart.size()));
  std::transform(apart.begin(), apart.end(), xi.begin(),
                 [u2 = u2, l2 = l2](const Pair& pair) { return pair.similar ? u2 : l2; });

  // 3. N by Newton's method.
  const BoundLoss loss(apart, std::move(xi));
  const logdet::LogDetSolution solution = near.solve(
      apart, loss, options.gamma, {init, options.tolerance, options.max_iterations, options.want_proof}, run, fit);
  Vector violated;
  loss.value(solution.p, violated);
  fit.seed = options.seed;
  fit.extras.set("similar_within", std::sqrt(u2) * unit)
      .set("dissimilar_beyond", std::sqrt(l2) * unit)
      .set("violated", static_cast<Index>(violated.sum()))
      .set("similar", prepare::pairs_with(pairs, true).size())
      .set("dissimilar", prepare::pairs_with(pairs, false).size());
  return fit;
}

}  // namespace maha::learn::itml
