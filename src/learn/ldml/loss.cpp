/// The loss of LDML, of pairs that are listed or of all pairs by tiles.
///
/// With x = D - b of a similar pair and b - D of a dissimilar one, each loses log(1 + exp(x)). The multipliers of D are
/// +-s, s = 1 / (1 + exp(-x)) the chance that the pair is of the other kind; at the best b they add up to 0. Their dual
/// value is the entropy of (s, 1 - s), and shrunk to t of themselves that of (t s, 1 - t s).
#include "learn/ldml/loss.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "learn/convex/class_tiles.hpp"
#include "learn/ldml/bias.hpp"
#include "linalg/distances.hpp"
#include "linalg/rounding.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::ldml {
namespace {

constexpr double kBalance = 1e-12;  // of the slope in b: far below what a bound notices, a Newton step before the end
constexpr double kEntropyOverChance = 710;  // entropy / s is at most 1 - log s, and no s is below the least double

struct Sums : convex::Sums {
  double slope = 0, curvature = 0;

  Sums& operator+=(const Sums& part) {
    convex::Sums::operator+=(part);
    slope += part.slope;
    curvature += part.curvature;
    return *this;
  }
};

/// What a pass over the pairs is for. Only the last one at each M needs more than the slope in b.
enum class Wanted { slope, value, gradient };

using Run = Eigen::Map<Eigen::ArrayXd>;

/// Adds a run of pairs of one kind at distances D, which for a gradient become their multipliers. Runs are short enough
/// for what is worked out of them to stay in cache.
void add_pairs(Run D, bool similar, double b, Wanted wanted, Sums& sums) {
  const double sign = similar ? 1 : -1;
  const Eigen::ArrayXd x = sign * (D - b);
  const Eigen::ArrayXd s = (1 + (-x).exp()).inverse();
  sums.slope -= sign * s.sum();
  if (wanted == Wanted::slope) {
    sums.curvature += (s * (1 - s)).sum();
    return;
  }
  const Eigen::ArrayXd loss = x.max(0) + (-x.abs()).exp().log1p();
  sums.value += loss.sum();
  if (wanted == Wanted::value) return;
  constexpr double t = convex::kShrunk;
  sums.dual += (loss - s * x).sum();
  // -t s log(t s) - (1 - t s) log(1 - t s), where log s = x - loss.
  sums.shrunk -= (t * s * (x - loss + std::log(t)) + (1 - t * s) * (1 - t * s).log()).sum();
  D = sign * s;
}

/// What the two kinds of sources of pairs have in common: the search for b.
class LdmlLoss : public convex::Loss {
 public:
  LdmlLoss(const Matrix& Z, double pairs) : Z_(Z), pairs_(pairs) {}

  double value(const Matrix& Y, const Threads& threads) override {
    take(Y, threads);
    find_bias(threads);
    return pass(Wanted::value, threads).value / pairs_;
  }

  convex::Evaluation evaluate(const Matrix& Y, const Threads& threads) override {
    take(Y, threads);
    find_bias(threads);
    Sums all = pass(Wanted::gradient, threads);
    convex::Evaluation e{.value = all.value / pairs_, .dual = all.dual / pairs_, .shrunk = all.shrunk / pairs_};
    e.gradient = gradient(all, threads) / pairs_;
    // The multipliers add up to `off` in place of 0. Taking that from the larger kind makes them do so: it moves the
    // gradient by no more than `off` times the largest squared length of a difference, the dual value by as much as
    // that kind's entropies come to beside its chances.
    const double off = std::abs(all.slope) / pairs_;
    e.gradient_error =
        convex::gradient_rounding(Z_, 1, longest_sum()) + 4 * off * Z_.rowwise().squaredNorm().maxCoeff();
    e.dual_error = linalg::product_rounding(longest_sum()) + kEntropyOverChance * off;
    return e;
  }

  void report(const Matrix& Y, const Threads& threads, Report& extras) override {
    take(Y, threads);
    find_bias(threads);
    extras.set("bias", b_);
  }

  void visit(State& state) override { state(b_); }

 protected:
  /// Makes ready for passes over the pairs of the rows Y.
  virtual void take(const Matrix& Y, const Threads& threads) = 0;
  /// Sums over all pairs at b_.
  virtual Sums pass(Wanted wanted, const Threads& threads) = 0;
  /// From the sums of the last pass.
  virtual SquareMatrix gradient(const Sums& sums, const Threads& threads) = 0;
  /// The number of terms of the longest sum.
  virtual Index longest_sum() const = 0;

  const Matrix& Z_;
  double b_ = 0;  // the best one of the last rows; the next search starts there

 private:
  void find_bias(const Threads& threads) {
    const auto at = [&](double b) {
      b_ = b;
      const Sums sums = pass(Wanted::slope, threads);
      return Slope{sums.slope / pairs_, sums.curvature / pairs_};
    };
    b_ = find_least(at, b_, kBalance);
  }

  double pairs_;
};

class ListedLoss final : public LdmlLoss {
 public:
  ListedLoss(const Matrix& Z, const Pairs& pairs) : LdmlLoss(Z, static_cast<double>(pairs.size())) {
    ordered_ = prepare::pairs_with(pairs, true);
    similar_ = static_cast<Index>(ordered_.size());
    const Pairs others = prepare::pairs_with(pairs, false);
    ordered_.insert(ordered_.end(), others.begin(), others.end());
  }

 private:
  static constexpr Index kTile = 1024;  // pairs of one partial sum

  void take(const Matrix& Y, const Threads& threads) override {
    distances_ = prepare::squared_lengths(Y, ordered_, threads);
  }

  Sums pass(Wanted wanted, const Threads& threads) override {
    if (wanted == Wanted::gradient) weights_ = distances_;
    Vector& D = wanted == Wanted::gradient ? weights_ : distances_;
    Sums total;
    threads.sum_ranges(D.size(), kTile, total, [&](Index begin, Index end) {
      const Index middle = std::clamp(similar_, begin, end);
      Sums part;
      if (middle > begin) add_pairs(Run(&D[begin], middle - begin), true, b_, wanted, part);
      if (end > middle) add_pairs(Run(&D[middle], end - middle), false, b_, wanted, part);
      return part;
    });
    return total;
  }

  SquareMatrix gradient(const Sums&, const Threads& threads) override {
    return prepare::pair_scatter(Z_, ordered_, weights_, threads);
  }

  Index longest_sum() const override { return kTile + distances_.size() / kTile + 1; }

  Pairs ordered_;      // the similar ones first
  Index similar_ = 0;  // their number
  Vector distances_, weights_;
};

class LabelledLoss final : public LdmlLoss {
 public:
  LabelledLoss(const Matrix& Z, const Labels& y)
      : LdmlLoss(Z, static_cast<double>(Z.rows()) * static_cast<double>(Z.rows() - 1) / 2),
        tiles_(convex::tiles_of(y, 1)) {}

 private:
  void take(const Matrix& Y, const Threads&) override {
    Y_ = Y;
    squares_ = Y.rowwise().squaredNorm();
  }

  Sums pass(Wanted wanted, const Threads& threads) override {
    Sums total;
    if (wanted == Wanted::gradient) {
      total.across = SquareMatrix::Zero(Z_.cols(), Z_.cols());
      total.ends = Vector::Zero(Z_.rows());
    }
    threads.sum_ranges(static_cast<Index>(tiles_.size()), 1, total,
                       [&](Index t, Index) { return of_tile(tiles_[static_cast<std::size_t>(t)], wanted); });
    return total;
  }

  /// The pairs of a tile's rows with all rows behind them: first those of their own class.
  Sums of_tile(const convex::ClassTile& tile, Wanted wanted) const {
    const Index count = tile.end - tile.begin, behind = Z_.rows() - tile.begin, own = tile.last - tile.begin;
    Matrix D = linalg::squared_distances(Y_.middleRows(tile.begin, count), squares_.segment(tile.begin, count),
                                         Y_.bottomRows(behind), squares_.tail(behind));
    Sums part;
    for (Index i = 0; i < count; ++i) {
      D.row(i).head(i + 1).setZero();
      if (own > i + 1) add_pairs(Run(&D(i, i + 1), own - i - 1), true, b_, wanted, part);
      if (behind > own) add_pairs(Run(&D(i, own), behind - own), false, b_, wanted, part);
    }
    if (wanted == Wanted::gradient) {
      const Matrix sums = D * Z_.bottomRows(behind);
      part.across = Z_.middleRows(tile.begin, count).transpose() * sums;
      part.ends = Vector::Zero(Z_.rows());
      part.ends.tail(behind) = D.colwise().sum().transpose();
      part.ends.segment(tile.begin, count) += D.rowwise().sum();
    }
    return part;
  }

  SquareMatrix gradient(const Sums& sums, const Threads& threads) override {
    return convex::gradient_from(Z_, sums.ends, sums.across, threads);
  }

  Index longest_sum() const override { return 256 * Z_.rows(); }

  std::vector<convex::ClassTile> tiles_;
  Matrix Y_;
  Vector squares_;
};

}  // namespace

std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Pairs& pairs) {
  return std::make_unique<ListedLoss>(Z, pairs);
}

std::unique_ptr<convex::Loss> make_loss(const Matrix& Z, const Labels& y) {
  return std::make_unique<LabelledLoss>(Z, y);
}

}  // namespace maha::learn::ldml
