/// The loss of MCML by tiles of rows of one class, each against all rows.
///
/// KL(p0_i | p_i) = mean over the class of D_ij + log sum_k exp(-D_ik) - log m, m the number of its other rows. The
/// multipliers are p0 - p, and their dual value is the entropy of p less log m; shrunk to t of themselves, they are
/// those of the mixture t p + (1 - t) p0.
#include "learn/mcml/loss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "learn/convex/class_tiles.hpp"
#include "linalg/distances.hpp"
#include "linalg/rounding.hpp"

namespace maha::learn::mcml {
namespace {

using convex::ClassTile;
using convex::kShrunk;
using convex::Sums;

/// One row of a tile: its distances D, and p in their place P, both n.
struct Picks {
  double log_sum = 0;  // log sum_k exp(-D_k)

  /// D_self is infinite at first, and 0 at the end.
  template <class Row>
  Picks(Row&& D, Row&& P, Index self) {
    D[self] = std::numeric_limits<double>::infinity();
    const double nearest = D.minCoeff();
    D[self] = 0;
    P.array() = (nearest - D.array()).exp();
    P[self] = 0;
    const double sum = P.sum();
    log_sum = std::log(sum) - nearest;
    P /= sum;
  }
};

/// The entropy of t p + (1 - t) p0, t = kShrunk: in the class entry by entry, beyond it t p alone.
template <class Row>
double mixed_entropy(const Row& D, const Row& P, double log_sum, Index first, Index size) {
  const double m = static_cast<double>(size - 1), share = (1 - kShrunk) / m;
  const auto own = P.segment(first, size).array();
  const double beyond = std::max(0.0, 1 - own.sum());
  const double distances = P.dot(D) - (own * D.segment(first, size).array()).sum();
  const double of_others = kShrunk * (distances + beyond * (log_sum - std::log(kShrunk)));
  const auto mixed = kShrunk * own + share;
  const double of_own = -(mixed * mixed.log()).sum() + share * std::log(share);  // less the row itself, where p = 0
  return of_others + of_own;
}

class McmlLoss final : public convex::Loss {
 public:
  McmlLoss(const Matrix& Z, const Labels& y) : Z_(Z), tiles_(convex::tiles_of(y, 2)) {
    for (const ClassTile& tile : tiles_) rows_ += static_cast<double>(tile.end - tile.begin);
  }

  double value(const Matrix& Y, const Threads& threads) override { return sums(Y, false, threads).value / rows_; }

  convex::Evaluation evaluate(const Matrix& Y, const Threads& threads) override {
    const Sums all = sums(Y, true, threads);
    const Index n = Z_.rows();
    convex::Evaluation e{.value = all.value / rows_, .dual = all.dual / rows_, .shrunk = all.shrunk / rows_};
    e.gradient = convex::gradient_from(Z_, all.ends / rows_, all.across / rows_, threads);
    e.gradient_error = convex::gradient_rounding(Z_, 2, n);  // p0 and p each come to 1
    e.dual_error =
        linalg::product_rounding(2 * n) * (1 + std::log(static_cast<double>(n)));  // entropies are at most log n
    return e;
  }

 private:
  Sums sums(const Matrix& Y, bool gradient, const Threads& threads) const {
    const Vector squares = Y.rowwise().squaredNorm();
    Sums total;
    if (gradient) {
      total.across = SquareMatrix::Zero(Z_.cols(), Z_.cols());
      total.ends = Vector::Zero(Z_.rows());
    }
    threads.sum_ranges(static_cast<Index>(tiles_.size()), 1, total, [&](Index t, Index) {
      return of_tile(tiles_[static_cast<std::size_t>(t)], Y, squares, gradient);
    });
    return total;
  }

  Sums of_tile(const ClassTile& tile, const Matrix& Y, const Vector& squares, bool gradient) const {
    const Index count = tile.end - tile.begin, size = tile.size();
    const double m = static_cast<double>(tile.size() - 1);
    Matrix D =
        linalg::squared_distances(Y.middleRows(tile.begin, count), squares.segment(tile.begin, count), Y, squares);
    Matrix P(count, Y.rows());
    Sums part;  // ends: of each j, the sum over i of w_ij; those over j of w_ij are 0
    for (Index i = 0; i < count; ++i) {
      const Picks picks(D.row(i), P.row(i), tile.begin + i);
      part.value += D.row(i).segment(tile.first, size).sum() / m + picks.log_sum - std::log(m);
      if (!gradient) continue;
      part.dual += P.row(i).dot(D.row(i)) + picks.log_sum - std::log(m);
      part.shrunk += mixed_entropy(D.row(i), P.row(i), picks.log_sum, tile.first, size) - std::log(m);
    }
    if (gradient) take_weights(tile, P, part);
    return part;
  }

  /// w = p0 - p in place of p, and their sums.
  void take_weights(const ClassTile& tile, Matrix& P, Sums& part) const {
    const Index count = tile.end - tile.begin;
    P = -P;
    P.middleCols(tile.first, tile.size()).array() += 1 / static_cast<double>(tile.size() - 1);
    for (Index i = 0; i < count; ++i) P(i, tile.begin + i) = 0;
    const Matrix sums = P * Z_;
    part.across = Z_.middleRows(tile.begin, count).transpose() * sums;
    part.ends = P.colwise().sum().transpose();
  }

  const Matrix& Z_;
  std::vector<ClassTile> tiles_;
  double rows_ = 0;  // that are not alone in their class
};

}  // namespace

std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y) { return std::make_unique<McmlLoss>(Z, y); }

}  // namespace maha::learn::mcml
