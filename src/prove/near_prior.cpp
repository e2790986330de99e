/// ITML and LSML: F(M) = tr N - logdet N - d + loss(D), where M = A'NA and A'A is the prior. If loss(D) >= b + sum c D for
/// all D >= 0, then F(M) >= b + min over N of tr((I + sum c zz') N) - logdet N - d = b + logdet(I + sum c zz'), z = A v.
#include "prove/prove.hpp"

namespace maha::prove {
namespace {

/// The inverse by Newton's iteration, and how far off it is: |X| e / (1 - e) with e = |AX - I|.
Near inverse(const Matrix& A) {
  constexpr int kSteps = 200;
  const Matrix I = Matrix::Identity(A.rows(), A.cols());
  Matrix X = A.transpose() / (A.cwiseAbs().rowwise().sum().maxCoeff() * A.cwiseAbs().colwise().sum().maxCoeff());
  for (int step = 0; step < kSteps; ++step) X = X * (2 * I - A * X);
  const Near error = Near{A} * Near{X} + Near{-I};
  const Interval e = plus_minus(error.at.norm() * (1 + 1e-9), error.off);  // the norm's own rounding is far below that
  return {X, (X.norm() * (1 + 1e-9) * e / (Interval(1) - e)).hi};
}

struct Prior {
  Cloud z, y;  // rows in which the prior, and the model's metric, is the identity
  Interval divergence;

  explicit Prior(const Given& given) {
    const Matrix& A = given.proof.at("prior");
    require(A.rows() == A.cols() && A.rows() == given.X.cols(), "no proof is known for a prior of lower rank");
    z = map(given.rows(0), A);
    y = map(given.rows(0), given.factor());
    const Vector units =
        A.colwise().norm().unaryExpr([](double size) { return std::exp2(-std::round(std::log2(size))); });
    const Near half = Near{given.factor() * units.asDiagonal()} * inverse(A * units.asDiagonal());  // in units of 2^k
    require(half.at.rows() == A.rows(), "the metric is of lower rank");
    for (const Interval& each : eigenvalues(half * Near{half.at.transpose(), half.off}))
      divergence += each - log(each) - 1;
  }

  double bound(const Interval& b, const std::vector<Weighted>& c) const {
    Interval total = b;
    const Near I{Matrix::Identity(z.at.cols(), z.at.cols())};
    for (const Interval& each : eigenvalues(I + scatter(z, c))) total += log(each);
    return std::max(total.lo, 0.0);  // which no F is below
  }
};

}  // namespace

/// loss = gamma sum (x - log x - 1), x = D/xi, over similar pairs of x > 1, xi = u^2, and dissimilar ones of x < 1, xi = l^2.
/// It is at least sum (c D + gamma log(1 - c xi/gamma)), c >= 0 for similar pairs and c <= 0 for dissimilar ones.
Proven prove_itml(const Given& given) {
  const Prior prior(given);
  const double gamma = given.number("gamma");
  const Interval u = given.number("similar_within"), l = given.number("dissimilar_beyond");
  const Matrix& c = given.proof.at("multipliers");
  Interval loss, b;
  std::vector<Weighted> pairs;
  for (const auto& [i, j, similar] : given.pairs) {
    if (given.X.row(i) == given.X.row(j)) continue;  // no metric tells these apart
    const Interval xi = similar ? u * u : l * l, x = prior.y.squared(i, j) / xi;
    const auto beyond = [similar = similar](double at) { return similar ? std::max(at, 1.0) : std::min(at, 1.0); };
    const auto value = [](double at) { return Interval(at) - log(at) - 1; };
    const Interval low = value(beyond(x.lo)), high = value(beyond(x.hi));
    loss += Interval(std::min(low.lo, high.lo), std::max(low.hi, high.hi));
    require(std::ssize(pairs) < c.rows(), "the proof is of other pairs");
    const double multiplier = c(std::ssize(pairs), 0);
    require(similar ? multiplier >= 0 : multiplier <= 0, "a multiplier has the wrong sign");
    b += gamma * log(Interval(1) - multiplier * xi / gamma);
    pairs.push_back({i, j, multiplier});
  }
  require(std::ssize(pairs) == c.rows() && gamma > 0, "the proof is of other pairs");
  return {prior.divergence + gamma * loss, prior.bound(b, pairs)};
}

/// loss = gamma sum w [D_ij^(1/2) - D_kl^(1/2)]_+^2 over the proof's quadruplets, each of them at least
/// w ((1 - s) D_ij + (1 - 1/s) D_kl) for any 0 < s <= 1; w is its share of all weights.
Proven prove_lsml(const Given& given) {
  constexpr double kLeast = 1e-9;
  const Prior prior(given);
  const double gamma = given.number("gamma");
  const Matrix &q = given.proof.at("quadruplets"), &c = given.proof.at("multipliers");
  require(q.cols() == 5 && q.col(4).minCoeff() > 0 && c.rows() == 2 * q.rows() && gamma > 0,
          "the proof is of other pairs");
  Interval all, loss;
  for (const double weight : q.col(4)) all += weight;
  std::vector<Weighted> pairs;
  for (Index r = 0; r < q.rows(); ++r) {
    const auto row = [&](Index side) { return given.row(q(r, side)); };
    const Interval weight = gamma * q(r, 4) / all;
    const Interval residual = max(0, prior.y.distance(row(0), row(1)) - prior.y.distance(row(2), row(3)));
    loss += weight * residual * residual;
    const Interval s = std::clamp(1 - c(2 * r, 0) / weight.hi, kLeast, 1.0);
    pairs.push_back({row(0), row(1), (weight * (Interval(1) - s)).lo});
    if (given.X.row(row(2)) == given.X.row(row(3))) continue;  // their distance is 0
    pairs.push_back({row(2), row(3), (weight * (Interval(1) - Interval(1) / s)).lo});
  }
  return {prior.divergence + loss, prior.bound({}, pairs)};
}

}  // namespace maha::prove
