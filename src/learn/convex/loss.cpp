#include "learn/convex/loss.hpp"

#include "linalg/rounding.hpp"

namespace maha::learn::convex {

Sums& Sums::operator+=(const Sums& part) {
  value += part.value;
  dual += part.dual;
  shrunk += part.shrunk;
  if (part.ends.size() > 0) {
    across += part.across;
    ends += part.ends;
  }
  return *this;
}

SquareMatrix gradient_from(const Matrix& Z, const Vector& ends, const SquareMatrix& across, const Threads& threads) {
  constexpr Index kTile = 1024;  // rows of one partial sum
  SquareMatrix G = -(across + across.transpose());
  threads.sum_ranges(Z.rows(), kTile, G, [&](Index begin, Index end) {
    const auto rows = Z.middleRows(begin, end - begin);
    return SquareMatrix(rows.transpose() * ends.segment(begin, end - begin).asDiagonal() * rows);
  });
  return (G + G.transpose()) / 2;
}

double gradient_rounding(const Matrix& Z, double mass, Index terms) {
  const double longest = Z.rows() > 0 ? Z.rowwise().squaredNorm().maxCoeff() : 0;
  return 4 * mass * longest * linalg::product_rounding(terms);
}

}  // namespace maha::learn::convex
