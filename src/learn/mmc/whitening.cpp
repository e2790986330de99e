#include "learn/mmc/whitening.hpp"

#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "metric/metric.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::mmc {
namespace {

constexpr double kRidgeOfSingular = 1e-6;  // small beside the scatter, yet far above its rounding of about 1e-13
constexpr int kPasses = 5;          // of whitening; each gains some eight digits of condition, and doubles have 16
constexpr double kGoodPass = 1e-8;  // relative size of the smallest eigenvalue that one pass still whitens well
constexpr double kWhite = 1e-10;    // distance from the identity that is near enough: it only widens the bound
constexpr double kDigits = 1e-5;    // directions whose differences rounding changes by a larger share are left out
constexpr double kMissed = 1e-7;    // share of the objective that a basis may miss: far below usual tolerances

Vector ones(const Pairs& pairs) { return Vector::Ones(static_cast<Index>(pairs.size())); }

// |z_i - z_j| of each pair.
Vector lengths_in(const Matrix& Z, const Pairs& pairs, const Run& run) {
  return prepare::squared_lengths(Z, pairs, run).cwiseSqrt();
}

// For each coordinate, what rounding alone may add to the scatter of the pairs.
Vector noise(const Matrix& E, const Pairs& pairs) {
  Vector sum = Vector::Zero(E.cols());
  for (const Pair& pair : pairs) sum += (E.row(pair.i) + E.row(pair.j)).cwiseAbs2().transpose();
  return sum;
}

std::vector<Index> all_of(Index count) {
  std::vector<Index> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

/// Rows about their middle, and their pairs.
struct Rows {
  const Matrix& C;
  Pairs all, similar, dissimilar;
  Vector scatter, alike;  // the diagonals of the scatters of all pairs and of the similar ones
  const Run& run;

  Rows(const Matrix& X, const Pairs& pairs, const Run& with)
      : C(X),
        all(pairs),
        similar(prepare::pairs_with(pairs, true)),
        dissimilar(prepare::pairs_with(pairs, false)),
        scatter(prepare::pair_scatter_diagonal(C, all, ones(all), with)),
        alike(prepare::pair_scatter_diagonal(C, similar, ones(similar), with)),
        run(with) {}

  double ridge(double eps) const {
    const double trace = alike.sum() > 0 ? alike.sum() : scatter.sum();
    return eps * trace / static_cast<double>(scatter.size());
  }

  /// C P; equal rows stay equal.
  Matrix in(const SquareMatrix& P) const {
    return metric::Metric::from_factor(P.transpose()).transform(C, run.threads);
  }

  /// The scatter of pairs of rows Z, which stand for those of C.
  SquareMatrix scatter_in(const Matrix& Z, const Pairs& pairs) const {
    return prepare::pair_scatter(Z, pairs, ones(pairs), run);
  }

  /// n x r: how far off each coordinate of C P may be, including the rounding of C and of the rows it came from.
  Matrix rounding_in(const SquareMatrix& P) const {
    const SquareMatrix size = P.cwiseAbs();
    Matrix E(C.rows(), P.cols());
    run.threads.for_ranges(C.rows(), 1024, [&](Index begin, Index end) {
      E.middleRows(begin, end - begin).noalias() = C.middleRows(begin, end - begin).cwiseAbs() * size;
    });
    return linalg::product_rounding(C.cols()) * E;
  }

  /// The columns of P along which rounding leaves some digits of the pairs' differences. They are measured one by one,
  /// since the rounding of a scatter matrix hides small eigenvalues behind large ones.
  std::vector<Index> told_apart(const SquareMatrix& P, const Pairs& pairs) const {
    const Vector along = prepare::pair_scatter_diagonal(in(P), pairs, ones(pairs), run);
    const Vector floor = noise(rounding_in(P), pairs) / (kDigits * kDigits);
    std::vector<Index> columns;
    for (Index k = 0; k < P.cols(); ++k) {
      if (along[k] > floor[k]) columns.push_back(k);
    }
    return columns;
  }
};

Warning warning_of_ridge(Index directions, const std::string& of_what) {
  return {Warning::Code::ridge_added,
          "the similar pairs do not differ in " + std::to_string(directions) + of_what +
              ", so that the objective has no bound: a ridge of 1e-6 of their mean scatter was added"};
}

Warning warning_of_left_out(Index left_out, Index of) {
  return {Warning::Code::directions_left_out,
          "but for rounding the pairs do not differ in " + std::to_string(left_out) + " of " + std::to_string(of) +
              " directions: these get no weight, and the bound is over metrics that give them none"};
}

// P V lambda^-1/2, from the eigenpairs of the scatter over P: nearer to white than P.
SquareMatrix whiter(const SquareMatrix& P, const SquareMatrix& V, const Vector& lambda) {
  return P * V * lambda.cwiseSqrt().cwiseInverse().asDiagonal();
}

// ---- The range of the pairs' differences ----------------------------------------------------------------------------

struct Range {
  SquareMatrix P;      // d x r: coordinates in which the scatter of all pairs is the identity
  Index features = 0;  // in which any pair differs
  bool plain = false;  // whether one pass sufficed, so that rounding is far below every difference
};

// The features, each scaled by its own scatter; if there are fewer rows than features, a basis of the span of the
// scaled rows. It contains the range.
SquareMatrix scaled_features(const Rows& rows, const std::vector<Index>& features) {
  const Vector scale = rows.scatter(features).cwiseSqrt().cwiseInverse();
  const auto r = static_cast<Index>(features.size());
  SquareMatrix P = SquareMatrix::Zero(rows.C.cols(), r);
  for (Index k = 0; k < r; ++k) P(features[k], k) = scale[k];
  if (rows.C.rows() >= r) return P;
  return P * linalg::orthonormal(SquareMatrix(scale.asDiagonal() * rows.C(Eigen::all, features).transpose()));
}

Range range_of_pairs(const Rows& rows) {
  Range range;
  std::vector<Index> features;
  for (Index f = 0; f < rows.C.cols(); ++f) {
    if (rows.scatter[f] > 0) features.push_back(f);
  }
  range.features = static_cast<Index>(features.size());
  range.P = scaled_features(rows, features);
  for (int pass = 0; pass < kPasses && range.P.cols() > 0; ++pass) {
    const linalg::Eigenpairs T = linalg::eigenpairs(rows.scatter_in(rows.in(range.P), rows.all));
    const Vector& lambda = T.values;
    const double largest = lambda.maxCoeff(), least = linalg::rank_tolerance(lambda.size()) * largest;
    const bool good = lambda.minCoeff() > kGoodPass * largest;
    range.plain = good && pass == 0;
    const std::vector<Index> kept =
        range.plain ? all_of(lambda.size()) : rows.told_apart(range.P * T.vectors, rows.all);
    range.P = whiter(range.P, T.vectors(Eigen::all, kept), lambda.cwiseMax(least)(kept));
    if (good) break;
  }
  return range;
}

// An orthonormal basis of the same range in the units of the features, in which a ridge is measured.
SquareMatrix basis_of(const Range& range, const Rows& rows) {
  return linalg::orthonormal(
      SquareMatrix(rows.scatter.asDiagonal() * range.P));  // P over scaled features, its span unscaled
}

// |v - QQ'v| of each pair's difference v.
Vector beyond(const SquareMatrix& Q, const Rows& rows, const Pairs& pairs) {
  Vector lengths(static_cast<Index>(pairs.size()));
  Team(rows.run).fill(lengths, 1024, [&](Index begin, Index end) {
    const Matrix V = prepare::pair_differences(rows.C, pairs, begin, end);
    lengths.segment(begin, end - begin) = (V - V * Q * Q.transpose()).rowwise().norm();
  });
  return lengths;
}

// ---- The constraint as the identity ---------------------------------------------------------------------------------

// Z = C P, and the eigenpairs of the similar pairs' scatter over Z plus ridge P'P.
struct Constraint {
  Matrix Z;
  linalg::Eigenpairs A;

  Constraint(const Rows& rows, const SquareMatrix& P, double ridge) : Z(rows.in(P)) {
    SquareMatrix sum = rows.scatter_in(Z, rows.similar);
    if (ridge > 0) sum += ridge * P.transpose() * P;
    A = linalg::eigenpairs(sum);
  }
};

// Whitens the constraint, starting from its form over P, and records how far from the identity it may be at the end.
void whiten_constraint(const Rows& rows, SquareMatrix P, Constraint now, SimilarWhitening& white) {
  for (int pass = 0;; ++pass) {
    const Vector& lambda = now.A.values;
    white.margins.excess = (lambda.array() - 1).abs().maxCoeff();
    if (white.margins.excess <= kWhite || pass == kPasses) break;
    const double least = linalg::rank_tolerance(lambda.size()) * lambda.maxCoeff();
    if (!(least > 0)) break;
    P = whiter(P, now.A.vectors, lambda.cwiseMax(least));
    now = Constraint(rows, P, white.ridge);
  }
  if (!(white.margins.excess < 0.5)) throw InputError("the ridge is too small for these similar pairs");
  white.P = std::move(P);
  white.Z = std::move(now.Z);
}

// Adds to the margins the rounding of the rows in these coordinates and of the sums of the constraint.
void add_rounding(const Rows& rows, const Matrix& E, SimilarWhitening& white) {
  const Vector off = E.rowwise().norm();
  // use(length, error) for the difference of each pair.
  const auto for_each = [&](const Pairs& pairs, auto&& use) {
    const Vector lengths = lengths_in(white.Z, pairs, rows.run);
    for (Index p = 0; p < lengths.size(); ++p) {
      const Pair& pair = pairs[static_cast<std::size_t>(p)];
      use(lengths[p], off[pair.i] + off[pair.j] + 4 * linalg::kUnitRoundoff * lengths[p]);
    }
  };
  double largest = 0;
  for_each(rows.dissimilar, [&](double, double error) {
    white.margins.added += error;
    largest = std::max(largest, error);
  });
  white.margins.largest += largest;
  for_each(rows.similar, [&](double length, double error) { white.margins.excess += (2 * length + error) * error; });
  white.margins.excess +=
      static_cast<double>(white.Z.cols()) * prepare::pair_scatter_rounding(rows.similar, white.Z.cols());
}

// With a ridge, some M outside the range of Q is feasible too, but gains no more than this.
MmcMargins missed(const SquareMatrix& Q, const Rows& rows, double ridge) {
  const double growth = 1 + beyond(Q, rows, rows.similar).norm() / std::sqrt(ridge);
  const Vector lengths = beyond(Q, rows, rows.dissimilar) / std::sqrt(ridge);
  return {lengths.sum(), 1 - 1 / (growth * growth), lengths.maxCoeff()};
}

void whiten_with_ridge(const Rows& rows, const Range& range, SimilarWhitening& white) {
  const Index d = rows.C.cols();
  const SquareMatrix Q = range.P.cols() < d ? basis_of(range, rows) : SquareMatrix::Identity(d, d);
  whiten_constraint(rows, Q, Constraint(rows, Q, white.ridge), white);
  if (Q.cols() == d) return;
  const MmcMargins more = missed(Q, rows, white.ridge);
  const double about = lengths_in(white.Z, rows.dissimilar, rows.run).sum();
  if (more.added > kMissed * about / std::sqrt(static_cast<double>(Q.cols())) || more.excess > kMissed) {
    const SquareMatrix I = SquareMatrix::Identity(d, d);  // the basis misses too much: use all directions
    whiten_constraint(rows, I, Constraint(rows, I, white.ridge), white);
    return;
  }
  white.margins.added += more.added;
  white.margins.largest += more.largest;
  white.margins.excess += more.excess;
}

// The number of directions of the range in which the similar pairs differ by no more than rounding.
Index missing_directions(const Rows& rows, const Range& range, const Constraint& similar) {
  const Vector& lambda = similar.A.values;
  if (range.plain && lambda.minCoeff() > kGoodPass) return 0;
  return lambda.size() - static_cast<Index>(rows.told_apart(range.P * similar.A.vectors, rows.similar).size());
}

}  // namespace

SimilarWhitening whiten_similar(const Matrix& X, const Pairs& pairs, std::optional<double> ridge, const Run& run) {
  // 1. The range of all pairs' differences.
  const Rows rows(X, pairs, run);
  const Range range = range_of_pairs(rows);
  SimilarWhitening white;
  if (range.P.cols() == 0) {
    white.P = range.P;
    white.Z = Matrix(X.rows(), 0);
    return white;
  }

  // 2. A ridge, if asked for or if the similar pairs do not differ in some direction of the range.
  Constraint plain(rows, range.P, 0);
  const Index missing = ridge ? 0 : missing_directions(rows, range, plain);
  if (missing > 0) {
    ridge = kRidgeOfSingular;
    white.warnings.push_back(warning_of_ridge(missing, " of " + std::to_string(range.P.cols()) + " directions"));
  }
  white.ridge = rows.ridge(ridge.value_or(0));

  // 3. The constraint as the identity, with margins for what rounding and the basis may miss.
  if (white.ridge > 0) {
    whiten_with_ridge(rows, range, white);
  } else {
    whiten_constraint(rows, range.P, std::move(plain), white);
    const Index left_out = range.features - range.P.cols();
    if (left_out > 0) white.warnings.push_back(warning_of_left_out(left_out, range.features));
  }
  add_rounding(rows, rows.rounding_in(white.P), white);
  return white;
}

SimilarWhitening whiten_similar_diagonal(const Matrix& X, const Pairs& pairs, std::optional<double> ridge,
                                         const Run& run) {
  const Rows rows(X, pairs, run);
  SimilarWhitening white;
  const auto differs = rows.scatter.array() > 0;
  const Vector floor = noise(8 * linalg::kUnitRoundoff * rows.C.cwiseAbs(), rows.similar) / (kDigits * kDigits);
  const Index missing = (differs && rows.alike.array() <= floor.array()).count();
  if (missing > 0 && !ridge) {
    ridge = kRidgeOfSingular;
    white.warnings.push_back(warning_of_ridge(missing, missing == 1 ? " feature" : " features"));
  }
  white.ridge = rows.ridge(ridge.value_or(0));
  const Vector bounded = rows.alike.array() + white.ridge;
  white.P = differs.select(bounded.cwiseSqrt().cwiseInverse(), 0);
  white.Z = rows.C * white.P.col(0).asDiagonal();
  const double of_sums = prepare::pair_scatter_rounding(rows.similar, 1);
  white.margins.excess = 2 * of_sums + 8 * linalg::kUnitRoundoff;
  add_rounding(rows, 8 * linalg::kUnitRoundoff * white.Z.cwiseAbs(), white);
  return white;
}

}  // namespace maha::learn::mmc
