#include "neighbors/rows/projection.hpp"

#include <vector>

#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kFewDimensions = 32;  // up to which a float64 product is cheap enough
constexpr Index kChunk = 64;          // coordinates summed in float32: short sums, so that the error bound stays small

Index panels_for(Index axes) { return (axes + kPanelRows - 1) / kPanelRows; }
Index chunk_size(Index axes) { return panels_for(axes) * (kChunk + 1) * kPanelRows; }

/// |G - V| for the orthonormal G = V(V'V)^-1/2: at most |V'V - I| as computed, plus the rounding of computing it.
double distance_to_orthonormal(const SquareMatrix& V) {
  const Index d = V.rows(), p = V.cols();
  return (V.transpose() * V - SquareMatrix::Identity(p, p)).norm() * (1 + 1e-6) +
         1.01 * gamma64(d + 2) * static_cast<double>(p);
}

}  // namespace

/// |computed V'z - V'z| <= gamma |V|_F |z|, with the gamma of the longest sum; |V|_F is about sqrt(p).
Projection::Projection(const SquareMatrix& axes, const TileKernel& kernel) : kernel_(&kernel), axes_(axes) {
  const Index d = axes.rows(), p = axes.cols();
  const double frobenius = 1.01 * std::sqrt(static_cast<double>(p));
  if (d <= kFewDimensions) {
    error_ = distance_to_orthonormal(axes_) + gamma64(d + 8) * frobenius;
    return;
  }
  axes_ = axes.cast<float>().cast<double>();
  const Index chunks = (d + kChunk - 1) / kChunk;
  padded_ = chunks * kChunk;
  error_ = distance_to_orthonormal(axes_) + 1.01 * kUnit32 + (gamma32(kChunk + 4) + gamma64(chunks + 4)) * frobenius;
  panels_ = LargeArray<float>(chunks * chunk_size(p));
  for (Index c = 0; c < d; ++c) {
    for (Index a = 0; a < p; ++a) {
      const Index panel = c / kChunk * chunk_size(p) + a / kPanelRows * (kChunk + 1) * kPanelRows;
      panels_.data()[panel + (c % kChunk + 1) * kPanelRows + a % kPanelRows] = static_cast<float>(axes_(c, a));
    }
  }
}

Matrix Projection::operator()(const LargeMatrix<float>& Z, Index count) const {
  const Index p = axes(), width = panels_for(p) * kPanelRows;
  std::vector<float> scores(static_cast<std::size_t>(count * width));
  std::vector<const float*> rows(static_cast<std::size_t>(count));
  Matrix sum = Matrix::Zero(count, width);
  for (Index begin = 0; begin < padded_; begin += kChunk) {
    for (Index i = 0; i < count; ++i) rows[static_cast<std::size_t>(i)] = Z.row(i) + begin;
    const TileBlock chunk{panels_.data() + begin / kChunk * chunk_size(p), panels_for(p), kChunk};
    kernel_->scores(chunk, {rows.data(), nullptr, count}, scores.data());
    sum += Eigen::Map<const LargeMatrix<float>::Rows>(scores.data(), count, width).cast<double>();
  }
  return sum.leftCols(p);
}

}  // namespace maha::neighbors
