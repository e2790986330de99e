#pragma once
/// Rows chosen to hurt a filter: ties, duplicates, tight clusters, outliers, and numbers of any size.

#include <cmath>

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha {

inline double normal(Random& random) {  // Irwin-Hall of 12: near enough
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += random.uniform();
  return sum;
}

enum Kind {
  kGaussian,
  kTies,   // a handful of values: almost all distances tie
  kEqual,  // all rows the same
  kConstantColumns,
  kOffset,    // 1e8 + tiny differences
  kClusters,  // tight and far apart
  kOutlier,
  kDecaying,     // correlated: a few axes carry it all
  kTiny,         // 1e-150
  kHuge,         // 1e150
  kUnderflow,    // squares are no numbers any more
  kOverflow,     // squares are infinite
  kAllSizes,     // of a row: 1e-300 beside 1 beside 1e300
  kMixedScales,  // each column of its own size
  kKinds
};

inline Matrix rows_of(Random& random, Kind kind, Index n, Index d) {
  Matrix X(n, d);
  for (Index i = 0; i < X.size(); ++i) X.data()[i] = normal(random);
  switch (kind) {
    case kTies:
      X = (X.array() * 0.8).round();
      break;
    case kEqual:
      X.rowwise() = RowVector(X.row(0));
      break;
    case kConstantColumns:
      for (Index c = 0; c < d; c += 2) X.col(c).setConstant(X(0, c));
      break;
    case kOffset:
      X = (X.array() * 1e-6).round() * 0x1p-20 + (X.array() * 4).round() * 0x1p-26 + 1e8;
      break;
    case kClusters:
      for (Index i = 0; i < n; ++i)
        X.row(i) = X.row(i) * 1e-9 + RowVector::Constant(d, static_cast<double>(i % 3) * 1e3);
      break;
    case kOutlier:
      X.row(n / 2) *= 1e12;
      break;
    case kDecaying:
      for (Index c = 0; c < d; ++c) X.col(c) *= std::pow(0.7, static_cast<double>(c));
      break;
    case kTiny:
      X *= 1e-150;
      break;
    case kHuge:
      X *= 1e150;
      break;
    case kUnderflow:
      X = (X.array() * 3).round() * 1e-162;
      break;
    case kOverflow:
      X *= 1e155;
      break;
    case kAllSizes:
      for (Index i = 0; i < n; ++i) X.row(i) *= std::pow(10.0, static_cast<double>(random.below(7)) * 100 - 300);
      break;
    case kMixedScales:
      for (Index c = 0; c < d; ++c) X.col(c) *= std::pow(10.0, static_cast<double>(c * 37 % 21) - 10);
      break;
    default:
      break;
  }
  return X;
}

/// Queries of the same kind, some of them reference rows, one of them far out.
inline Matrix queries_for(Random& random, Kind kind, const Matrix& X, Index m) {
  Matrix Q = rows_of(random, kind, m, X.cols());
  for (Index q = 0; q < m; q += 3) Q.row(q) = X.row(random.below(X.rows()));
  if (random.below(4) == 0) Q.row(m - 1).setConstant(random.below(2) == 0 ? 1e30 : -1e150);
  return Q;
}

}  // namespace maha
