#include "learn/lmnn_whitening.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include "linalg/psd.hpp"

namespace maha::lmnn {
namespace {

constexpr Index kRowTile = 1024;

RowVector mean_row(const MatrixRef& X, const Threads& threads) {
  RowVector sum = RowVector::Zero(X.cols());
  threads.sum_ranges(X.rows(), kRowTile, sum, [&](Index begin, Index end) -> RowVector {
    return (X.middleRows(begin, end - begin).rowwise() - X.row(0)).colwise().sum();
  });
  return X.row(0) + sum / static_cast<double>(X.rows());
}

SquareMatrix gram(const Matrix& X, const Threads& threads) {
  SquareMatrix sum = SquareMatrix::Zero(X.cols(), X.cols());
  threads.sum_ranges(X.rows(), kRowTile, sum, [&](Index begin, Index end) -> SquareMatrix {
    return X.middleRows(begin, end - begin).transpose() * X.middleRows(begin, end - begin);
  });
  return sum;
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

Pairs only(const RowLists& targets) {
  return {targets, {std::vector<Index>(targets.begin.size(), 0), {}}};
}

/// The ridge relative to the mean diagonal, or to that of all the data if no target differs from its row.
double ridge_size(double ridge, double trace, double total, Index d) {
  return ridge * (trace > 0 ? trace : total) / static_cast<double>(d);
}

}  // namespace

Whitening whiten(const MatrixRef& X, const RowLists& targets, double mu, double ridge, const Threads& threads) {
  Whitening white;
  Matrix centred = X.rowwise() - mean_row(X, threads);
  const SquareMatrix total = gram(centred, threads);
  const SquareMatrix basis = range_basis(total);
  const Index r = basis.cols();
  if (r == 0) return white;

  const Pairs pairs = only(targets);
  const SquareMatrix over_X = scatter(pairs, {Vector::Ones(targets.size()), Vector()}, centred, threads);
  SquareMatrix C = basis.transpose() * over_X * basis;
  PsdFactor factor = factor_psd(C);
  if (!factor.positive_definite) {
    white.ridge = ridge;
    C.diagonal().array() += ridge_size(ridge, C.trace(), total.trace(), r);
    factor.L = Eigen::LLT<SquareMatrix>(C).matrixU();
  }
  const SquareMatrix R = std::sqrt(1 - mu) * factor.L;
  white.W = R.triangularView<Eigen::Upper>().solve<Eigen::OnTheRight>(basis);
  white.T = R * basis.transpose();
  white.Z.resize(X.rows(), r);
  threads.for_ranges(X.rows(), kRowTile, [&](Index begin, Index end) {
    white.Z.middleRows(begin, end - begin).noalias() = centred.middleRows(begin, end - begin) * white.W;
  });
  return white;
}

WeightWhitening whiten_features(const MatrixRef& X, const RowLists& targets, double mu, double ridge,
                                const Threads& threads) {
  WeightWhitening white;
  white.Z = X.rowwise() - mean_row(X, threads);
  const Vector total = white.Z.colwise().squaredNorm().transpose();
  for (Index f = 0; f < X.cols(); ++f) {
    if ((X.col(f).array() != X(0, f)).any()) white.features.push_back(f);
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
