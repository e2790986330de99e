#include "learn/lmnn/problem/dual.hpp"

#include <algorithm>
#include <utility>

namespace maha::learn::lmnn {
namespace {

// On wine, wdbc, balance-scale and digits, to a gap of 1e-3:
constexpr int kRounds = 6;  // of least squares and clipping, until the bound stops rising: 3 and 12 did the same
constexpr int kSteps = 15;  // of conjugate gradients a round, which clipping spoils anyway: 8 and 30 did the same
constexpr double kSolved = 1e-10;  // of the residual: below that, steps only add rounding

/// The linear map from multipliers of some triplets to H over a face of the cone, and its transpose.
class FaceMap {
 public:
  FaceMap(const Cone& face, const MeasuredPairs& pairs, std::vector<Multiplier> free)
      : face_(face), pairs_(pairs), free_(std::move(free)) {}

  SquareMatrix apply(const Vector& delta) const {
    PairValues weights{Vector::Zero(pairs_.targets.size()), Vector::Zero(pairs_.impostors.size())};
    for (std::size_t t = 0; t < free_.size(); ++t) {
      weights.target(free_[t].target) -= delta(t);
      weights.impostor(free_[t].impostor) += delta(t);
    }
    return face_.scatter(pairs_, weights);
  }

  Vector transposed(const SquareMatrix& Y) const {
    const PairValues forms = face_.forms(pairs_, Y);
    Vector result(static_cast<Index>(free_.size()));
    for (std::size_t t = 0; t < free_.size(); ++t) {
      result(t) = forms.impostor(free_[t].impostor) - forms.target(free_[t].target);
    }
    return result;
  }

 private:
  const Cone& face_;
  const MeasuredPairs& pairs_;
  std::vector<Multiplier> free_;
};

/// The smallest change delta with map(delta) = residual, approximated by conjugate gradients on the normal equations.
Vector least_squares(const FaceMap& map, SquareMatrix residual) {
  const double enough = kSolved * residual.norm();
  Vector gradient = map.transposed(residual), direction = gradient;
  Vector delta = Vector::Zero(gradient.size());
  double squared = gradient.squaredNorm();
  for (int step = 0; step < kSteps && squared > 0 && residual.norm() > enough; ++step) {
    const SquareMatrix image = map.apply(direction);
    const double image_squared = image.squaredNorm();
    if (!(image_squared > 0)) break;  // nothing but underflow is left
    const double length = squared / image_squared;
    delta += length * direction;
    residual -= length * image;
    gradient = map.transposed(residual);
    const double next = gradient.squaredNorm();
    direction = gradient + next / squared * direction;
    squared = next;
  }
  return delta;
}

}  // namespace

double Dual::bound(double upper) const {
  return std::max(sum / std::max(1.0, lambda), sum - upper * std::max(0.0, lambda - 1));
}

Dual dual_from(const Cone& cone, const MeasuredPairs& pairs, const LinearPart& rest, std::vector<Multiplier> triplets) {
  Dual dual{std::move(triplets), rest.alpha, 0};
  for (const Multiplier& triplet : dual.triplets) dual.sum += triplet.alpha;
  const PairValues weights = weights_of(pairs, dual.triplets);
  SquareMatrix H = -cone.scatter(pairs, weights);
  if (rest.triplets > 0) H += rest.H;
  dual.lambda = cone.largest_ratio(H, cone.doubt(pairs, weights) + rest.doubt);
  return dual;
}

Dual dual_from(const Cone& cone, const LinearPart& all) {
  return {{}, all.alpha, cone.largest_ratio(all.H, all.doubt)};
}

Dual polish(const Cone& cone, const MeasuredPairs& pairs, const Point& point, double mu, double upper, Dual dual) {
  const std::unique_ptr<Cone> face = cone.face(point);
  Dual best = dual;
  for (int round = 0; round < kRounds; ++round) {
    // 1. The multipliers strictly inside the box may move.
    std::vector<std::size_t> places;
    std::vector<Multiplier> free;
    for (std::size_t t = 0; t < dual.triplets.size(); ++t) {
      if (dual.triplets[t].alpha <= 0 || dual.triplets[t].alpha >= mu) continue;
      places.push_back(t);
      free.push_back(dual.triplets[t]);
    }
    // 2. Move them by least squares towards V'(I - H)V = 0, and clip.
    const SquareMatrix residual = face->identity() + face->scatter(pairs, weights_of(pairs, dual.triplets));
    const Vector delta = least_squares(FaceMap(*face, pairs, std::move(free)), residual);
    for (std::size_t t = 0; t < places.size(); ++t) {
      double& alpha = dual.triplets[places[t]].alpha;
      alpha = std::clamp(alpha + delta(t), 0.0, mu);
    }
    // 3. Keep the result if its bound is higher.
    dual = dual_from(cone, pairs, {}, std::move(dual.triplets));
    if (!(dual.bound(upper) > best.bound(upper))) break;
    best = dual;
  }
  return best;
}

}  // namespace maha::learn::lmnn
