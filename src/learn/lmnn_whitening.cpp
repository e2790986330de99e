#include "learn/lmnn_whitening.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include "linalg/psd.hpp"
#include "linalg/scatter.hpp"

namespace maha::lmnn {
namespace {

constexpr Index kRowTile = 1024;

Moments moments_of(const MatrixRef& X, MomentOrder order, const Threads& threads) {
  MomentStream stream(X.cols(), order, threads);
  stream.add(X);
  return stream.finish();
}

Matrix centred(const MatrixRef& X, const Moments& moments) {
  return X.rowwise() - (moments.origin + moments.mean.row(0));
}

/// An orthonormal basis of the range of the total scatter S, judged after scaling it to a unit diagonal; the identity
/// where S has full rank.
SquareMatrix range_basis(const SquareMatrix& S) {
  const PsdFactor factor = factor_psd(S);
  const Index d = S.rows(), r = factor.L.rows();
  if (factor.positive_definite) return SquareMatrix::Identity(d, d);
  const Eigen::HouseholderQR<SquareMatrix> qr(factor.L.transpose());
  return qr.householderQ() * SquareMatrix::Identity(d, r);
}

/// The same of n <= d centred rows Y by way of their Gram matrix, n x n: if K = Y D^-2 Y' = U diag(lambda) U', D the
/// root of the diagonal of S = Y'Y, then D^-1 Y'U diag(lambda)^-1/2 are eigenvectors of D^-1 S D^-1.
SquareMatrix range_basis(const Matrix& Y, const RowVector& squares) {
  const RowVector scale = squares.unaryExpr([](double s) { return s > 0 ? std::sqrt(s) : 1.0; });
  const Matrix scaled = Y * scale.cwiseInverse().asDiagonal();
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(scaled * scaled.transpose());
  const Vector& lambda = eigen.eigenvalues();  // ascending
  const double cut = std::max(0.0, rank_tolerance(Y.cols()) * lambda.tail(1)(0));
  const Index r = (lambda.array() > cut).count();
  const SquareMatrix axes = scaled.transpose() * eigen.eigenvectors().rightCols(r);
  const Eigen::HouseholderQR<SquareMatrix> qr(scale.asDiagonal() * axes);
  return qr.householderQ() * SquareMatrix::Identity(Y.cols(), r);
}

/// Y A, tile by tile.
Matrix multiply(const Matrix& Y, const SquareMatrix& A, const Threads& threads) {
  Matrix product(Y.rows(), A.cols());
  threads.for_ranges(Y.rows(), kRowTile, [&](Index begin, Index end) {
    product.middleRows(begin, end - begin).noalias() = Y.middleRows(begin, end - begin) * A;
  });
  return product;
}

Pairs only(const RowLists& targets) { return {targets, {std::vector<Index>(targets.begin.size(), 0), {}}}; }

/// The ridge relative to the mean diagonal, or to that of all the data if no target differs from its row.
double ridge_size(double ridge, double trace, double total, Index d) {
  return ridge * (trace > 0 ? trace : total) / static_cast<double>(d);
}

}  // namespace

Whitening whiten(const MatrixRef& X, const RowLists& targets, double mu, double ridge, const Threads& threads) {
  Whitening white;
  const bool wide = X.rows() <= X.cols();
  const Moments moments = moments_of(X, wide ? MomentOrder::variances : MomentOrder::scatter, threads);
  Matrix Y = centred(X, moments);
  const SquareMatrix basis = wide ? range_basis(Y, moments.squares) : range_basis(moments.scatter);
  const Index d = X.cols(), r = basis.cols();
  if (r == 0) return white;

  if (r < d) Y = multiply(Y, basis, threads);
  SquareMatrix C = scatter(only(targets), {Vector::Ones(targets.size()), Vector()}, Y, threads);
  PsdFactor factor = factor_psd(C);
  if (!factor.positive_definite) {
    white.ridge = ridge;
    C.diagonal().array() += ridge_size(ridge, C.trace(), moments.squares.sum(), r);
    factor.L = Eigen::LLT<SquareMatrix>(C).matrixU();
  }
  const SquareMatrix R = std::sqrt(1 - mu) * factor.L;
  const SquareMatrix whitener = R.triangularView<Eigen::Upper>().solve(SquareMatrix::Identity(r, r));
  white.W = basis * whitener;
  white.T = R * basis.transpose();
  white.Z = multiply(Y, whitener, threads);
  return white;
}

WeightWhitening whiten_features(const MatrixRef& X, const RowLists& targets, double mu, double ridge,
                                const Threads& threads) {
  WeightWhitening white;
  const Moments moments = moments_of(X, MomentOrder::variances, threads);
  white.Z = centred(X, moments);
  const Vector total = moments.squares.transpose();
  for (Index f = 0; f < X.cols(); ++f) {
    if (moments.low(f) < moments.high(f)) white.features.push_back(f);
  }
  const Index r = static_cast<Index>(white.features.size());
  if (r == 0) return white;
  if (r < X.cols()) white.Z = Matrix(white.Z(Eigen::all, white.features));

  Vector C = diagonal_scatter(only(targets), {Vector::Ones(targets.size()), Vector()}, white.Z, threads);
  const double zero = rank_tolerance(r);
  if ((C.array() <= zero * total(white.features).array()).any()) {
    white.ridge = ridge;
    C.array() += ridge_size(ridge, C.sum(), total.sum(), r);
  }
  white.scale = (1 - mu) * C;
  white.Z = (white.Z * white.scale.cwiseSqrt().cwiseInverse().asDiagonal()).eval();
  return white;
}

}  // namespace maha::lmnn
