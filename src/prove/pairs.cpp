/// MMC and DML-eig: over metrics with tr(AM) <= 1, A = sum over similar pairs of vv' + ridge I, v the difference of the rows
/// of a pair. Where t A - G is positive semidefinite, tr(GM) <= t.
#include "prove/prove.hpp"

namespace maha::prove {
namespace {

struct Sides {
  std::vector<Weighted> similar, dissimilar;  // the ridge as similar pairs; of the others those that differ
  Cloud z, y;                                 // rows over the proof's basis, and in which M is the identity
  Near A;                                     // over z
  Interval constraint;                        // tr(AM)
  bool diagonal;
};

/// `numbers`: one for each dissimilar pair, or for each that differs.
Sides sides_of(const Given& given, const Matrix& numbers, bool of_all) {
  Sides s;
  s.diagonal = given.number("diagonal") != 0;
  s.similar = given.ridge(given.number("ridge"), 1);
  std::vector<Index> among;
  Index k = 0;
  for (const auto& [i, j, similar] : given.pairs) {
    const bool differ = given.X.row(i) != given.X.row(j);
    among.insert(among.end(), {i, j});
    if (similar) s.similar.push_back({i, j, 1});
    if (similar || !(differ || of_all)) continue;
    require(k < numbers.rows() && numbers(k, 0) >= 0, "the proof has too few numbers for the pairs, or one below 0");
    if (differ) s.dissimilar.push_back({i, j, numbers(k, 0)});
    ++k;
  }
  require(k > 0 && k == numbers.rows(), "the proof is of other pairs");
  const Matrix rows = given.rows(given.number("ridge"));
  s.z = map(rows, given.basis(among));
  s.y = map(rows, given.factor());
  s.A = scatter(s.z, s.similar, s.diagonal);
  for (const auto& [i, j, weight] : s.similar) s.constraint += s.y.squared(i, j);
  return s;
}

}  // namespace

/// f(M) = sum D^(1/2) + sigma tr (A^(1/2) M A^(1/2))^(1/2), sigma = spread sum (v'A^-1 v)^(1/2) / r. For any w and K > 0,
///   2 f <= sum w + sigma tr(KA) + tr(GM),  G = sum vv'/w + sigma K^-1,  which at the best scale of w and K gives
///   f <= ((sum w + sigma tr(KA)) t)^(1/2).  Over z K is diagonal.
Proven prove_mmc(const Given& given) {
  Sides s = sides_of(given, given.proof.at("weights"), true);
  const double spread = given.number("spread");
  Interval distances, weights, white;
  for (auto& [i, j, weight] : s.dissimilar) {
    distances += s.y.distance(i, j);
    white += s.z.distance(i, j);
    weights += weight;
    weight = 1 / weight;  // infinite if it is 0, and then nothing is proven
  }
  Near G = scatter(s.z, s.dissimilar, s.diagonal);
  if (spread > 0) {
    const std::vector<Interval> size = eigenvalues(s.A);
    const Interval to_root = root({size.front().lo, size.back().hi});
    const Interval sigma = spread * white / to_root / static_cast<double>(s.z.at.cols());
    const Vector inverse = given.proof.at("roots").col(0).cwiseInverse();
    require(inverse.size() == s.z.at.cols() && inverse.minCoeff() > 0, "the roots are not above 0");
    G = G + Near{Matrix((sigma.hi * inverse).asDiagonal())};
    for (Index k = 0; k < inverse.size(); ++k) weights += sigma / inverse(k) * plus_minus(s.A.at(k, k), s.A.off);
    for (const Interval& each : eigenvalues(scatter(s.y, s.similar, s.diagonal))) distances += sigma * root(each);
  }
  return {distances / root(s.constraint), root(weights * ratio(G, s.A)).hi, true};
}

/// f(M) = least D of the dissimilar pairs that differ <= sum u D / sum u <= t / sum u,  G = sum u vv'.
Proven prove_dml_eig(const Given& given) {
  const Sides s = sides_of(given, given.proof.at("multipliers"), false);
  Interval least(kInfinity), total;
  for (const auto& [i, j, weight] : s.dissimilar) {
    least = min(least, s.y.squared(i, j));
    total += weight;
  }
  return {least / s.constraint, (ratio(scatter(s.z, s.dissimilar), s.A) / total).hi, true};
}

}  // namespace maha::prove
