#include "learn/lmnn/solver/whitening.hpp"

#include <algorithm>
#include <cmath>

#include "linalg/rounding.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/tiled_product.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr Index kWhiteTile = 1024;
constexpr double kExact = 1e-13;      // of a feature's spread: less left out than that is rounding
constexpr double kExactOfRow = 1e-7;  // of a row's own size, which may be far below the spread: half its digits
constexpr double kWellWhite = 1e-11;  // distance from the identity above which rows are whitened once more

/// The row nearest to the medians of the features. Rows about it keep the digits of their differences. About the mean
/// they might not, as one far row can draw the mean away from all others.
RowVector middle_row(const MatrixRef& X, const Threads& threads) {
  const Index n = X.rows(), d = X.cols();
  RowVector median(d), size(d);
  threads.for_ranges(d, 1, [&](Index f, Index) {
    Vector values = X.col(f);
    std::nth_element(values.begin(), values.begin() + n / 2, values.end());
    median(f) = values(n / 2);
    size(f) = (X.col(f).array() - median(f)).abs().maxCoeff();
  });
  const RowVector scale = size.unaryExpr([](double s) { return s > 0 ? 1 / s : 0; });
  Vector distance(n);
  threads.for_ranges(n, kWhiteTile, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) distance(i) = (X.row(i) - median).cwiseProduct(scale).squaredNorm();
  });
  Index middle = 0;
  distance.minCoeff(&middle);
  return X.row(middle);
}

Matrix centred(const MatrixRef& X, const Threads& threads) { return X.rowwise() - middle_row(X, threads); }

Pairs pairs_of(const RowLists& targets) {
  Pairs pairs;
  pairs.reserve(targets.other.size());
  for (Index i = 0; i < targets.rows(); ++i) {
    for (Index t = targets.begin[i]; t < targets.begin[i + 1]; ++t) pairs.push_back({i, targets.other[t], true});
  }
  return pairs;
}

/// sum over targets of (y_i - y_j)(y_i - y_j)'.
SquareMatrix target_scatter(const Pairs& targets, const Matrix& Y, const Threads& threads) {
  return prepare::pair_scatter(Y, targets, Vector::Ones(static_cast<Index>(targets.size())), threads);
}

/// An orthonormal basis of the range of the total scatter S, whose rank is judged after scaling to a unit diagonal; the
/// identity if S has full rank.
SquareMatrix range_basis(const SquareMatrix& S) {
  const linalg::PsdFactor factor = linalg::factor_psd(S);
  const Index d = S.rows(), r = factor.L.rows();
  if (factor.positive_definite || r == d) return SquareMatrix::Identity(d, d);
  return r > 0 ? linalg::orthonormal(SquareMatrix(factor.L.transpose())) : SquareMatrix(d, 0);
}

/// The same for n <= d rows Y about one of them, from their n x n Gram matrix. With D the root of the diagonal of S, if
///   K = Y D^-2 Y' = U diag(lambda) U',
/// then the range of D^-1 S D^-1 is spanned by D^-1 Y'U diag(lambda)^-1/2.
SquareMatrix range_basis(const Matrix& Y, const RowVector& squares) {
  const RowVector scale = squares.unaryExpr([](double s) { return s > 0 ? std::sqrt(s) : 1.0; });
  const Matrix scaled = Y * scale.cwiseInverse().asDiagonal();
  const linalg::Eigenpairs pairs = linalg::eigenpairs(scaled * scaled.transpose());
  const double cut = std::max(0.0, linalg::rank_tolerance(Y.cols()) * pairs.values.tail(1)(0));
  const Index r = (pairs.values.array() > cut).count();
  const SquareMatrix axes = scaled.transpose() * pairs.vectors.rightCols(r);
  return r > 0 ? linalg::orthonormal(SquareMatrix(scale.asDiagonal() * axes)) : SquareMatrix(Y.cols(), 0);
}

/// The ridge relative to the mean diagonal of C, or to that of all data if no target differs from its row.
double ridge_size(double ridge, double trace, double total, Index d) {
  return ridge * (trace > 0 ? trace : total) / static_cast<double>(d);
}

/// What the basis misses of each feature: the sum of squares over all rows, and the largest part of one row's size.
struct Beside {
  RowVector squares, of_a_row;

  Beside& operator+=(const Beside& more) {
    squares += more.squares;
    of_a_row = of_a_row.cwiseMax(more.of_a_row);
    return *this;
  }
};

/// Notes which features vary by more than rounding outside the basis, and by what share of their spread. Each row is
/// also judged by its own size: beside one far row, all others together may be no more than its rounding.
void note_left_out(const Matrix& Y, const Matrix& coordinates, const SquareMatrix& basis, const RowVector& squares,
                   const Threads& threads, Whitening& white) {
  const RowVector size = squares.cwiseSqrt();
  const RowVector scale = size.unaryExpr([](double s) { return s > 0 ? 1 / s : 0; });
  Beside beside{RowVector::Zero(Y.cols()), RowVector::Zero(Y.cols())};
  threads.sum_ranges(Y.rows(), kWhiteTile, beside, [&](Index begin, Index end) -> Beside {
    const Index count = end - begin;
    const auto rows = Y.middleRows(begin, count);
    const Matrix rest = rows - coordinates.middleRows(begin, count) * basis.transpose();
    const Vector lengths = (rows * scale.asDiagonal()).rowwise().norm();
    const Vector each = lengths.unaryExpr([](double length) { return length > 0 ? 1 / length : 0; });
    const RowVector of_a_row = (each.asDiagonal() * rest.cwiseAbs() * scale.asDiagonal()).colwise().maxCoeff();
    return {rest.colwise().squaredNorm(), of_a_row};
  });
  for (Index f = 0; f < Y.cols(); ++f) {
    const double share = squares(f) > 0 ? std::sqrt(beside.squares(f) / squares(f)) : 0;
    if (share <= kExact && beside.of_a_row(f) <= kExactOfRow) continue;
    white.left_out.push_back(f);
    white.left_out_share = std::max(white.left_out_share, share);
  }
}

/// The matrix of the pull for rows Z = Y V, with the ridge `added` to C: I up to rounding.
SquareMatrix pull_of(const Pairs& targets, const Matrix& Z, const SquareMatrix& V, double mu, double added,
                     const Threads& threads) {
  SquareMatrix pull = target_scatter(targets, Z, threads);
  if (added > 0) pull += added * V.transpose() * V;
  return (1 - mu) * pull;
}

/// z = V'y, for which the pull is I; R V = I. `size`: a bound on |V| that allows for the cancellation in its products.
struct Whitener {
  SquareMatrix V, R, size;
  double pull_error = 0;
};

/// One Cholesky factor of C whitens as well as the condition of C allows; a second one corrects the rest.
Whitener whitener(const Pairs& targets, const Matrix& Y, const SquareMatrix& upper, double mu, double added,
                  const Threads& threads, Matrix& Z) {
  const Index r = Y.cols();
  const SquareMatrix I = SquareMatrix::Identity(r, r);
  const auto inverse = [&](const SquareMatrix& R) -> SquareMatrix {
    return linalg::solve_lower(R.transpose(), I).transpose();
  };
  Whitener white;
  white.R = std::sqrt(1 - mu) * upper;
  white.V = inverse(white.R);
  white.size = white.V.cwiseAbs();
  Z = linalg::tiled_product(Y, white.V, kWhiteTile, threads);
  SquareMatrix pull = pull_of(targets, Z, white.V, mu, added, threads);
  if ((pull - I).norm() > kWellWhite) {
    if (const auto again = linalg::cholesky(pull)) {
      const SquareMatrix R = again->L.transpose(), V = inverse(R);
      white.V = white.V * V;
      white.R = R * white.R;
      white.size = white.size * V.cwiseAbs();
      Z = linalg::tiled_product(Z, V, kWhiteTile, threads);
      pull = pull_of(targets, Z, white.V, mu, added, threads);
    }
  }
  white.pull_error = (pull - I).norm() + 8 * static_cast<double>(r * r) * linalg::kUnitRoundoff;
  return white;
}

/// The largest rounding error of an inner product of `terms` entries of a row of Y with columns of these sizes.
double row_error(const Matrix& Y, const SquareMatrix& size, Index terms) {
  const Vector rows = size.rowwise().norm();
  return static_cast<double>(terms + 4) * linalg::kUnitRoundoff * (Y.cwiseAbs() * rows).maxCoeff();
}

double pull_doubt(const WhiteRows& rows, const RowLists& targets, double mu) {
  const MeasuredPairs pairs{targets, {std::vector<Index>(targets.begin.size(), 0), {}}};
  return scatter_doubt(rows, degrees(pairs, {Vector::Constant(targets.size(), 1 - mu), Vector()}));
}

}  // namespace

Whitening whiten(const MatrixRef& X, const RowLists& targets, double mu, double ridge, const Threads& threads) {
  // 1. The range of the data: rows y in an orthonormal basis of it.
  Whitening white;
  const bool wide = X.rows() <= X.cols();
  const linalg::Moments moments =
      linalg::moments_of(X, wide ? linalg::MomentOrder::variances : linalg::MomentOrder::scatter, threads);
  Matrix Y = centred(X, threads);
  const SquareMatrix basis = wide ? range_basis(Y, moments.squares) : range_basis(moments.scatter);
  const Index d = X.cols(), r = basis.cols();
  if (r == 0) return white;

  Matrix raw;
  if (r < d) {
    raw = std::move(Y);
    Y = linalg::tiled_product(raw, basis, kWhiteTile, threads);
    note_left_out(raw, Y, basis, moments.squares, threads, white);
  }

  // 2. The scatter C of the targets, with a ridge if it is singular.
  const Pairs pairs = pairs_of(targets);
  SquareMatrix C = target_scatter(pairs, Y, threads);
  linalg::PsdFactor factor = linalg::factor_psd(C);
  double added = 0;
  if (!factor.positive_definite) {
    white.ridge = ridge;
    added = ridge_size(ridge, C.trace(), moments.squares.sum(), r);
    C.diagonal().array() += added;
    if (const auto ridged = linalg::cholesky(C)) factor.L = ridged->L.transpose();
  }

  // 3. z = V'y with (1-mu) V'C V = I, and bounds on the rounding.
  const Whitener whitening = whitener(pairs, Y, factor.L, mu, added, threads, white.rows.Z);
  white.W = basis * whitening.V;
  white.T = whitening.R * basis.transpose();
  white.rows.error = r < d ? row_error(raw, basis.cwiseAbs() * whitening.size, d + r) : row_error(Y, whitening.size, r);
  white.rows.pull_error = whitening.pull_error + pull_doubt(white.rows, targets, mu);
  return white;
}

WeightWhitening whiten_features(const MatrixRef& X, const RowLists& targets, double mu, double ridge,
                                const Threads& threads) {
  WeightWhitening white;
  const linalg::Moments moments = linalg::moments_of(X, linalg::MomentOrder::variances, threads);
  Matrix& Z = white.rows.Z;
  Z = centred(X, threads);
  const Vector total = moments.squares.transpose();
  for (Index f = 0; f < X.cols(); ++f) {
    if (moments.low(f) < moments.high(f)) white.features.push_back(f);
  }
  const Index r = static_cast<Index>(white.features.size());
  if (r == 0) return white;
  if (r < X.cols()) Z = Matrix(Z(Eigen::all, white.features));

  const Pairs pairs = pairs_of(targets);
  Vector C = prepare::pair_scatter_diagonal(Z, pairs, Vector::Ones(targets.size()), threads);
  const double zero = linalg::rank_tolerance(r);
  if ((C.array() <= zero * total(white.features).array()).any()) {
    white.ridge = ridge;
    C.array() += ridge_size(ridge, C.sum(), total.sum(), r);
  }
  white.scale = (1 - mu) * C;
  Z = (Z * white.scale.cwiseSqrt().cwiseInverse().asDiagonal()).eval();
  white.rows.error = 4 * linalg::kUnitRoundoff * Z.rowwise().norm().maxCoeff();
  white.rows.pull_error = prepare::pair_scatter_rounding(pairs, 1) + pull_doubt(white.rows, targets, mu);
  return white;
}

}  // namespace maha::learn::lmnn
