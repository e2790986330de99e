#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "metric/network/network.hpp"
#include "prepare/kernel/options.hpp"

namespace maha::prepare {

/// The features phi of a kernel k, fitted to the rows X (n x d) as u = (x - shift) / scale. With landmarks z_1 ... z_m,
/// K = k(z, z), and H = I - 11'/m:
///   H K H = U Lambda U',  phi(x) = Lambda^-1/2 U' (k(x, z) - K 1/m),
/// without eigenvalues at or below 1e-10 of the largest: r of them are left. That is kernel principal component
/// analysis at full rank (Schoelkopf, Smola & Mueller, Neural Computation 10:1299-1319, 1998, section 2); with fewer
/// landmarks than rows it is the approximation of Nystroem (Williams & Seeger, NIPS 2000). On the landmarks
///   phi(z_i)'phi(z_j) = (H K H)_ij,
/// so that a distance learned from phi is one in the kernel's own space. (H is not written out for k(x, z): U'1 = 0.)
///
/// Landmarks are all rows, or a seeded draw without replacement, in the order of the rows. The network has the kernel
/// map and one linear layer, r x m. If all rows are equal to the kernel, phi is one coordinate, 0. Throws InputError
/// where kernel values overflow, and if the memory does not suffice. Cost: n m (d + r) + 9 m^3.
metric::Network fit_kernel(const MatrixRef& X, const RowVector& shift, const RowVector& scale,
                           const KernelOptions& options, const Threads& threads = Threads());

/// The median distance of the rows u, n x d, or of 500 of them drawn by the seed; pairs at distance 0 do not count. 1
/// if there are no others. Cost: 125,000 d.
double median_distance(const MatrixRef& U, std::uint64_t seed);

}  // namespace maha::prepare
