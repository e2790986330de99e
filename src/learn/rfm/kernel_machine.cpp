#include "learn/rfm/kernel_machine.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "linalg/distances.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/symmetric.hpp"
#include "linalg/tiled_product.hpp"

namespace maha::learn::rfm {
namespace {

constexpr Index kTile = 64;      // rows of a block that a thread computes: 32 tiles
constexpr Index kColumns = 256;  // of the gradients of several outputs that one product gives; few would be slow

/// |u_i - z_j| / h
class Lengths {
 public:
  Lengths(const Matrix& Z, double bandwidth) : Z_(Z), squares_(Z.rowwise().squaredNorm()), bandwidth_(bandwidth) {}

  Matrix to(const MatrixRef& U) const {
    const Vector own = U.rowwise().squaredNorm();
    return linalg::careful_squared_distances(U, own, Z_, squares_).cwiseSqrt() / bandwidth_;
  }

 private:
  const Matrix& Z_;
  Vector squares_;
  double bandwidth_;
};

/// Fills `block`, a row for each of U, tile by tile; make(rows) gives those of a tile.
template <class Make>
void fill(Matrix& block, const MatrixRef& U, const Threads& threads, const Make& make) {
  threads.for_ranges(U.rows(), kTile, [&](Index begin, Index end) {
    block.middleRows(begin, end - begin) = make(U.middleRows(begin, end - begin));
  });
}

/// k(u, z), a row for each u.
Matrix kernel(const MatrixRef& U, const Lengths& lengths) { return (-lengths.to(U).array()).exp(); }

/// k(u, z) / |u - z|, in units of h; 0 where u = z.
Matrix pulls(const MatrixRef& U, const Lengths& lengths) {
  const Matrix D = lengths.to(U);
  return (D.array() > kSamePlace).select((-D.array()).exp() / D.array(), 0.0);
}

/// (K + ridge I)^-1 Y
Matrix interpolate(const Matrix& Z, const Lengths& lengths, const Matrix& Y, double ridge, const Threads& threads) {
  SquareMatrix K(Z.rows(), Z.rows());
  threads.for_ranges(Z.rows(), kTile, [&](Index begin, Index end) {
    K.middleCols(begin, end - begin) = kernel(Z.middleRows(begin, end - begin), lengths).transpose();
  });
  K.diagonal().array() += ridge;
  const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(K);
  if (!factor) throw InputError("the kernel is singular in spite of its ridge: it wants a larger --ridge");
  return linalg::solve(*factor, Y);
}

/// (B'B + ridge K)^-1 B'Y. What rounding may leave of B'B is added to its diagonal: centres that M puts in one place
/// make it singular, and then only their sum has a meaning.
std::optional<Matrix> approximate(const MatrixRef& U, const Matrix& Y, const Matrix& Z, const Lengths& lengths,
                                  double ridge, const Run& run) {
  const Index m = Z.rows();
  SquareMatrix A = SquareMatrix::Zero(m, m);
  SquareMatrix right = SquareMatrix::Zero(m, Y.cols());
  for (Index first = 0; first < U.rows(); first += kBlock) {
    if (run.stop()) return std::nullopt;
    const Index rows = std::min(kBlock, U.rows() - first);
    Matrix B(rows, m);
    fill(B, U.middleRows(first, rows), run.threads, [&](const MatrixRef& tile) { return kernel(tile, lengths); });
    linalg::add_gram(A, B, run.threads);
    right += B.transpose() * Y.middleRows(first, rows);
  }
  for (Index begin = 0; begin < m; begin += kBlock) {
    const Index size = std::min(kBlock, m - begin);
    Matrix K(size, m);
    fill(K, Z.middleRows(begin, size), run.threads, [&](const MatrixRef& tile) { return kernel(tile, lengths); });
    A.middleRows(begin, size) += ridge * K;
  }
  A.diagonal().array() += linalg::rank_tolerance(m) * A.trace();
  const std::optional<linalg::CholeskyFactor> factor = linalg::cholesky(A);
  if (!factor) throw InputError("the kernel is singular in spite of its ridge: it wants a larger --ridge");
  return Matrix(linalg::solve(*factor, std::move(right)));
}

/// Calls take(G) with the gradients of all rows, a block after the other, several of them a row each of G, times the
/// square of the bandwidth. False if asked to stop.
template <class Take>
bool for_gradients(const KernelMachine& machine, const MatrixRef& U, const Run& run, const Take& take) {
  const Matrix &Z = machine.centers, &A = machine.weights;
  const Lengths lengths(Z, machine.bandwidth);
  const Index m = Z.rows(), r = Z.cols();
  if (r == 0) return true;
  const Index together = std::clamp(kColumns / r, Index{1}, A.cols());
  for (Index first = 0; first < U.rows(); first += kBlock) {
    const Index rows = std::min(kBlock, U.rows() - first);
    const auto block = U.middleRows(first, rows);
    Matrix W(rows, m);
    fill(W, block, run.threads, [&](const MatrixRef& tile) { return pulls(tile, lengths); });
    for (Index c = 0; c < A.cols(); c += together) {
      if (run.stop()) return false;
      const Index outputs = std::min(together, A.cols() - c);
      Matrix Q(m, outputs * r);  // a_ic z_i
      for (Index k = 0; k < outputs; ++k) Q.middleCols(k * r, r) = A.col(c + k).asDiagonal() * Z;
      Matrix G(rows, outputs * r);  // sum_i w_i a_ic (z_i - u)
      run.threads.for_ranges(rows, kTile, [&](Index begin, Index end) {
        const auto pull = W.middleRows(begin, end - begin);
        auto part = G.middleRows(begin, end - begin);
        part.noalias() = pull * Q;
        const Matrix sums = pull * A.middleCols(c, outputs);
        for (Index k = 0; k < outputs; ++k)
          part.middleCols(k * r, r) -= sums.col(k).asDiagonal() * block.middleRows(begin, end - begin);
      });
      take(Matrix::Map(G.data(), rows * outputs, r));
    }
  }
  return true;
}

/// What a sum over all that for_gradients() gives is to be multiplied by.
double share(const KernelMachine& machine, Index rows) {
  return 1 / (static_cast<double>(rows) * machine.bandwidth * machine.bandwidth);
}

}  // namespace

std::optional<KernelMachine> fit_machine(const MatrixRef& U, const Matrix& Y, const std::vector<Index>& centers,
                                         double bandwidth, double ridge, const Run& run) {
  KernelMachine machine{U(centers, Eigen::all), {}, bandwidth};
  const Lengths lengths(machine.centers, bandwidth);
  if (run.stop()) return std::nullopt;
  if (std::ssize(centers) == U.rows()) {
    machine.weights = interpolate(machine.centers, lengths, Y, ridge, run.threads);
    return machine;
  }
  std::optional<Matrix> weights = approximate(U, Y, machine.centers, lengths, ridge, run);
  if (!weights) return std::nullopt;
  machine.weights = std::move(*weights);
  return machine;
}

Matrix values_of(const KernelMachine& machine, const MatrixRef& U, const Threads& threads) {
  const Lengths lengths(machine.centers, machine.bandwidth);
  Matrix values(U.rows(), machine.weights.cols());
  fill(values, U, threads, [&](const MatrixRef& tile) { return Matrix(kernel(tile, lengths) * machine.weights); });
  return values;
}

std::optional<SquareMatrix> gradient_products(const KernelMachine& machine, const MatrixRef& U, const Run& run) {
  SquareMatrix S = SquareMatrix::Zero(U.cols(), U.cols());
  const auto take = [&](const MatrixRef& G) { linalg::add_gram(S, G, run.threads); };
  if (!for_gradients(machine, U, run, take)) return std::nullopt;
  linalg::mirror_lower(S);
  return S * share(machine, U.rows());
}

std::optional<Vector> gradient_squares(const KernelMachine& machine, const MatrixRef& U, const Run& run) {
  Vector squares = Vector::Zero(U.cols());
  const auto take = [&](const MatrixRef& G) { squares += G.colwise().squaredNorm().transpose(); };
  if (!for_gradients(machine, U, run, take)) return std::nullopt;
  return squares * share(machine, U.rows());
}

}  // namespace maha::learn::rfm
