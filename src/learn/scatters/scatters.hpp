#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "linalg/scatter.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::linalg {
struct ScatterSums;
}

namespace maha::learn {

/// All that a fit to scatters needs of rows, in place of the rows.
struct Scatters {
  linalg::Moments total;                             ///< of all rows, as one group
  std::optional<linalg::Moments> classes;            ///< with each class as a group; none of rows without classes
  std::optional<prepare::PairScatters> pairs;        ///< of pairs that were given
  std::optional<prepare::PairScatters> class_pairs;  ///< of all pairs of rows, similar if of one class

  Index dims() const { return total.dims(); }
  Index rows() const { return total.rows(); }
};

/// From exact sums, each number rounded once or a few times: by class if there are classes; of pairs, if any were given.
/// Cost: C d^2 exact products.
Scatters scatters_of(const std::vector<const linalg::ScatterSums*>& parts, bool by_class,
                     const linalg::ScatterSums* similar, const linalg::ScatterSums* dissimilar);

/// Those of the rows A (x - mean of all rows). A: r x d.
Scatters mapped(const Scatters& scatters, const Matrix& A);

/// The classes. Throws InputError if there are none, saying what needs them.
const linalg::Moments& classes_of(const Scatters& scatters, const std::string& who);

/// The pairs that were given. Throws InputError if there are none.
const prepare::PairScatters& pairs_of(const Scatters& scatters);

/// Rows in coordinates z = P (x - mean) in which their covariance is the identity, as far as scatters tell of them:
/// each is H'H of its H.
struct WhiteScatters {
  Matrix P;       ///< r x d
  Matrix within;  ///< r x r: of the rows about the means of their classes, over n
  Matrix total;   ///< r x r: of all rows about their mean, over n: the identity but for rounding
  Matrix means;   ///< C x r: each times (n_c / n)^(1/2): of the means about that of all rows
};

/// Rank and rounding as in prepare::whiten_rows, but for a scatter that is summed up once more there: of features of
/// unlike size or nearly dependent ones fewer digits are left.
WhiteScatters whiten(const linalg::Moments& classes, const linalg::Moments& total);

}  // namespace maha::learn
