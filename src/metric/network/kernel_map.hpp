#pragma once

#include "core/machine/parallel.hpp"
#include "core/options/words.hpp"
#include "core/types.hpp"

namespace maha::metric {

/// How alike two rows u and v are. h: the bandwidth, c: the offset, p: the degree.
enum class Kernel {
  none,
  rbf,         ///< exp(-|u - v|^2 / (2 h^2))
  laplace,     ///< exp(-|u - v| / h)
  polynomial,  ///< (u'v / h^2 + c)^p
};

inline constexpr Words<Kernel> kKernelWords{
    {"none", Kernel::none}, {"rbf", Kernel::rbf}, {"laplace", Kernel::laplace}, {"polynomial", Kernel::polynomial}};

/// x -> (k(u, v_1), ..., k(u, v_m)) with u = (x - shift) / scale, and v_j the same of the landmark z_j: how alike a row
/// is to m others. Landmarks, shift and scale are over the raw features.
class KernelMap {
 public:
  struct Parts {
    Kernel kernel = Kernel::rbf;
    double bandwidth = 1;        ///< h > 0
    Index degree = 1;            ///< p >= 1, of a polynomial
    double offset = 0;           ///< c >= 0, of a polynomial
    RowVector shift{}, scale{};  ///< d each, scale above 0
    Matrix landmarks{};          ///< m x d
  };

  /// Throws InputError, naming the part and counting entries from 1, unless all numbers are finite and in range, the
  /// sizes fit and there is a landmark.
  explicit KernelMap(Parts parts);

  const Parts& parts() const { return parts_; }

  Index dims() const { return parts_.landmarks.cols(); }   ///< d
  Index count() const { return parts_.landmarks.rows(); }  ///< m

  /// n x m for the rows X, n x d. Of a polynomial they may be infinite. The bits of a row depend on that row alone.
  /// Throws InputError if X has another number of columns. Cost: 2 n m d.
  Matrix transform(const MatrixRef& X, const Threads& threads = Threads()) const;

  /// The same for at most a tile of rows, with zeros below them: kTile x m.
  Matrix of_tile(const MatrixRef& rows) const;
  static constexpr Index kTile = 128;  ///< a multiple of the rows that a product treats together

  /// The features in another order: feature j is the one that was at order[j].
  KernelMap reordered(const std::vector<Index>& order) const;

 private:
  Matrix prepared(const MatrixRef& X) const;

  Parts parts_;
  RowVector origin_;  // what is subtracted besides, so that distances cancel less; 0 of a polynomial
  Matrix V_;          // m x d: the landmarks as the kernel sees them, over the bandwidth
  Vector squares_;    // m: their squared norms
};

}  // namespace maha::metric
