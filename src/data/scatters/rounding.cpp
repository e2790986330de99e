#include "data/scatters/rounding.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/text/report_text.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"

namespace maha::data {
namespace {

using linalg::ScatterSums;

const double kDigitsOfSums = -std::log10(linalg::kRoundingsOfSquares * linalg::kUnitRoundoff);

/// The least digits so far.
void note(Left& left, Index feature, double error, double size) {
  if (error == 0) return;
  const double digits = size > 0 ? -std::log10(error / size) : 0;
  if (digits >= left.digits) return;
  left.digits = std::max(0.0, digits);
  left.feature = feature;
}

/// The least eigenvalue at unit diagonal of a scatter, but for features that do not vary.
double least_eigenvalue(const SquareMatrix& S) {
  std::vector<Index> varying;
  for (Index a = 0; a < S.rows(); ++a) {
    if (S(a, a) > 0) varying.push_back(a);
  }
  if (varying.empty()) return 1;
  const SquareMatrix part = S(varying, varying);
  const Vector inverse = linalg::diagonal_scale(part).cwiseInverse();
  return linalg::eigenvalues(inverse.asDiagonal() * part * inverse.asDiagonal())(0);
}

/// A scatter that fits use, and what rounding may have done to its diagonal.
struct Scatter {
  SquareMatrix S;
  Vector error;
};

Scatter scatter_of(const std::vector<const ScatterSums*>& sums) {
  const Index d = sums.front()->dims();
  Scatter scatter{SquareMatrix::Zero(d, d), Vector::Zero(d)};
  for (const ScatterSums* each : sums) {
    scatter.S += each->scatter();
    scatter.error += each->rounding();
  }
  return scatter;
}

/// Of all rows, within classes, and of pairs, as far as there are any.
std::vector<Scatter> scatters_of(const ScatterFile& file) {
  const std::vector<const ScatterSums*> classes = file.sums();
  const ScatterSums total = linalg::sum_of(classes);
  std::vector<Scatter> all{scatter_of({&total})};
  if (file.labeled && file.rows() > std::ssize(classes)) all.push_back(scatter_of(classes));
  if (!file.pairs) return all;
  for (const ScatterSums* kind : {&file.pairs->similar, &file.pairs->dissimilar}) {
    if (kind->rows > 0) all.push_back(scatter_of({kind}));
  }
  return all;
}

/// Rows of one class may show what all together hide.
void require_variances(const ScatterFile& file) {
  for (const auto& [name, sums] : file.classes) {
    const Vector error = sums.rounding();
    for (Index a = 0; a < file.dims; ++a) {
      if (sums.scatter(a, a) < -error[a]) refuse_sums();
    }
  }
}

/// Notes what rounding has left of one scatter, if that is less than of those before.
void look_at(const Scatter& scatter, bool parts_were_taken, Left& left) {
  const Index d = scatter.S.rows();
  double noise = 0;  // at unit diagonal
  for (Index a = 0; a < d; ++a) {
    note(left, a, scatter.error[a], scatter.S(a, a));
    if (scatter.S(a, a) > 0) noise = std::max(noise, scatter.error[a] / scatter.S(a, a));
  }
  const bool lost = noise > 0 && -std::log10(noise) < kDigitsOfSums - 1;  // more than parts that are added lose
  if (!parts_were_taken || left.digits == 0) return;
  noise = (noise + linalg::rank_tolerance(d)) * static_cast<double>(d);
  const double least = least_eigenvalue(scatter.S);
  if (least < -noise) refuse_sums();
  left.dependent = left.dependent || (lost && least < noise);
}

}  // namespace

void refuse_sums() { throw InputError("no rows have such sums: other rows were taken away than were there"); }

Left left_by_rounding(const ScatterFile& file) {
  Left left{-std::log10(linalg::kUnitRoundoff), 0};
  if (!file.taken.empty()) require_variances(file);
  for (const Scatter& scatter : scatters_of(file)) look_at(scatter, !file.taken.empty(), left);
  return left;
}

std::string text(const Left& left, const ScatterFile& file) {
  const auto j = static_cast<std::size_t>(left.feature);
  return io::short_number(std::floor(left.digits * 10) / 10, 3) + " digits are left of the variance of feature " +
         std::to_string(j + 1) + (file.features.empty() ? "" : " (" + printable(file.features[j]) + ")");
}

std::vector<std::string> doubts_of(const ScatterFile& file, bool guarded) {
  if (file.taken.empty()) return {};
  return doubts_of(left_by_rounding(file), file, guarded);
}

std::vector<std::string> doubts_of(const Left& left, const ScatterFile& file, bool guarded) {
  if (file.taken.empty()) return {};
  std::vector<std::string> doubts;
  if (left.digits < kEnoughDigits) doubts.push_back(text(left, file));
  if (left.dependent && !guarded)
    doubts.emplace_back(
        "features depend on each other so far that what rounding has left decides between them: a fit wants --ridge or "
        "--pca, or the rows");
  return doubts;
}

}  // namespace maha::data
