#pragma once

#include <optional>
#include <vector>

#include "core/run.hpp"
#include "core/types.hpp"

namespace maha::learn::rfm {

/// f(u) = sum_i a_i k(u, z_i), c outputs, with Laplace's kernel k(u, z) = exp(-|u - z| / h).
struct KernelMachine {
  Matrix centers;        ///< m x r: z
  Matrix weights;        ///< m x c: a
  double bandwidth = 1;  ///< h
};

/// Rows whose kernel is held at a time: sums over rows are taken a block after the other.
inline constexpr Index kBlock = 2048;

/// Rows that are nearer than this share of the bandwidth count as equal: of the differences of nearer ones, over their
/// lengths, rounding leaves too little.
inline constexpr double kSamePlace = 1e-6;

/// The machine for the rows U (n x r) and their outputs Y (n x c), with the rows `centers` of U for z. K: k of centres,
/// B: k of rows and centres. With all rows for centres, in their order,
///   A = (K + ridge I)^-1 Y,
/// otherwise the minimiser of |B A - Y|^2 + ridge tr(A'K A), the approximation of Nystroem (Williams & Seeger, NIPS
/// 2000): (B'B + ridge K) A = B'Y. Nothing if asked to stop. Memory: 3 m^2. Cost: n m (r + m/2) + m^3/3.
std::optional<KernelMachine> fit_machine(const MatrixRef& U, const Matrix& Y, const std::vector<Index>& centers,
                                         double bandwidth, double ridge, const Run& run);

/// f of the rows, n x c.
Matrix values_of(const KernelMachine& machine, const MatrixRef& U, const Threads& threads);

/// S, r x r: the mean over the rows u of sum_c g_c g_c', where
///   g_c = h grad f_c(u) = -sum_i a_ic k(u, z_i) (u - z_i) / |u - z_i|,
/// without the terms of z_i in the place of u. The factor h makes it free of units. Nothing if asked to stop. Cost:
/// n m r c.
std::optional<SquareMatrix> gradient_products(const KernelMachine& machine, const MatrixRef& U, const Run& run);

/// The diagonal of S, without r x r numbers.
std::optional<Vector> gradient_squares(const KernelMachine& machine, const MatrixRef& U, const Run& run);

}  // namespace maha::learn::rfm
