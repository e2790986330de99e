#include "learn/covariance/robust/search/dependences.hpp"

#include "learn/covariance/robust/search/subset.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::learn::covariance {
namespace {

/// (d + 1) x (d + 1): the sum of w w' over the rows, w = (u, 1) / |(u, 1)|.
SquareMatrix sign_moments(const Matrix& U, const Threads& threads) {
  const Index d = U.cols();
  SquareMatrix total = SquareMatrix::Zero(d + 1, d + 1);
  threads.sum_ranges(U.rows(), kRowsTogether, total, [&](Index begin, Index end) -> SquareMatrix {
    Matrix W(end - begin, d + 1);
    W << U.middleRows(begin, end - begin), Vector::Ones(end - begin);
    W.rowwise().normalize();
    return W.transpose() * W;
  });
  return total;
}

}  // namespace

SquareMatrix dependences_of(const Matrix& U, double slack, const Threads& threads) {
  const linalg::Eigenpairs moments = linalg::eigenpairs(sign_moments(U, threads));
  const double zero = slack * linalg::rank_tolerance(U.cols() + 1) * moments.values(U.cols());
  return moments.vectors.leftCols((moments.values.array() <= zero).count());
}

}  // namespace maha::learn::covariance
