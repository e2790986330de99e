#include "learn/rca/rca.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/rows_by_class.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/draw/draw_chunks.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::rca {
namespace {

constexpr Index kChunks = 100;  // drawn unless options say how many

void check(const RcaOptions& options, Index features) {
  check_ranges(options);
  require_rank(options.rank, features);
}

void require_two_rows(bool some_chunk_has) {
  if (!some_chunk_has) throw InputError("no chunk has two rows");
}

/// The chunk of each row, given or drawn; fewer of them than usual only where nobody said how many.
Labels chunks_of(const Samples& samples, const RcaOptions& options) {
  const Labels& given = samples.chunks.empty() ? samples.y : samples.chunks;
  if (static_cast<Index>(given.size()) != samples.X.rows())
    throw InputError("rows and labels or chunks differ in number");
  if (!samples.chunks.empty()) return samples.chunks;
  const Index there = prepare::count_chunks(samples.y, options.chunk_size);
  if (there == 0)
    throw InputError("no class has " + std::to_string(options.chunk_size) + " rows: there is no chunk of so many");
  const Index count = options.chunks.value_or(std::min(kChunks, there));
  return prepare::draw_chunks(samples.y, count, options.chunk_size, options.seed);
}

/// The rows that are in chunks, and their places in X, chunk by chunk.
struct ChunkRows {
  Matrix X;                                // m x d
  std::vector<std::vector<Index>> chunks;  // rows of X
};

ChunkRows rows_in_chunks(const MatrixRef& X, const Labels& chunk) {
  std::vector<Index> rows;
  Labels numbers;
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    if (chunk[i] < 0) continue;
    rows.push_back(static_cast<Index>(i));
    numbers.push_back(chunk[i]);
  }
  if (rows.empty()) throw InputError("no row is in a chunk");
  ChunkRows parts{X(rows, Eigen::all), rows_by_class(numbers)};
  std::erase_if(parts.chunks, [](const std::vector<Index>& of) { return of.empty(); });
  const auto has_two = [](const std::vector<Index>& of) { return of.size() > 1; };
  require_two_rows(std::any_of(parts.chunks.begin(), parts.chunks.end(), has_two));
  return parts;
}

/// H, m x r, with S_w = H'H: the rows about the means of their chunks, over sqrt(m).
Matrix about_chunk_means(const Matrix& Z, const std::vector<std::vector<Index>>& chunks) {
  Matrix H(Z.rows(), Z.cols());
  for (const std::vector<Index>& rows : chunks) {
    const RowVector mean = Z(rows, Eigen::all).colwise().mean();
    for (const Index i : rows) H.row(i) = (Z.row(i) - mean) / std::sqrt(static_cast<double>(Z.rows()));
  }
  return H;
}

/// R x r: the eigenvectors of H'H, the smallest eigenvalues first.
Matrix relevant_axes(const Matrix& H, Index rank) {
  if (H.cols() == 0) return Matrix(0, 0);
  return linalg::eigenpairs(H.transpose() * H).vectors.leftCols(rank).transpose();
}

/// Rows in chunks, in coordinates z = P (x - mean) in which their total scatter S_t is the identity.
struct Scattered {
  Matrix P;
  Matrix H;  // S_w = H'H: m x r, the rows about the means of their chunks over sqrt(m), or another such matrix
  Matrix Z;  // S_t = Z'Z / m: the rows, or another such matrix
  double m;  // rows in chunks, or 1
  Index chunks;
};

/// max |S_w v - c S_t v| / |S_t v| over the rows v of V.
double residual_of(const Scattered& rows, const Matrix& V, const Vector& c) {
  double largest = 0;
  for (Index k = 0; k < V.rows(); ++k) {
    const Vector v = V.row(k).transpose();
    const Vector within = rows.H.transpose() * (rows.H * v);
    const Vector total = rows.Z.transpose() * (rows.Z * v) / rows.m;
    largest = std::max(largest, (within - c[k] * total).norm() / total.norm());
  }
  return largest;
}

constexpr const char* kRidgeAdded =
    "the rows of a chunk do not differ in some directions in which chunks do: a ridge of 1e-3 of the total scatter "
    "was added to that within chunks";

Warning warning_of_few(Index rows, Index rank, Index features) {
  return {Warning::Code::directions_left_out, "the " + std::to_string(rows) + " rows in chunks differ in " +
                                                  std::to_string(rank) + " of " + std::to_string(features) +
                                                  " directions: the others get no weight"};
}

/// The relevant components. What is not set: centre, rows, seed, unused.
Fit components(const Scattered& rows, const RcaOptions& options) {
  // 1. The eigenvectors of S_w, the smallest eigenvalues first. These are summed up once more from the rows, as those of
  // a product are only as exact as its largest.
  const Index all = rows.P.rows(), rank = options.rank > 0 ? std::min(options.rank, all) : all;
  const Matrix V = relevant_axes(rows.H, rank);
  const Vector within = (rows.H * V.transpose()).colwise().squaredNorm().transpose();

  // 2. V'S_w V = I, with a ridge where S_w is singular.
  Fit fit;
  const double ridge = ridge_for(options.ridge, within, kRidgeAdded, fit);
  const Vector length = (within.array() + ridge).sqrt();
  Matrix L = length.cwiseInverse().asDiagonal() * V * rows.P;
  linalg::point_upwards(L);

  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.extras.set("rank", rank).set("chunks", rows.chunks);
  if (ridge > 0) fit.extras.set("ridge", ridge);
  fit.extras.set("residual", residual_of(rows, V, within));
  return fit;
}

}  // namespace

void declare(OptionList& all, RcaOptions& options) {
  all.number("--chunks", options.chunks, "draw so many chunks by label (default: 100, or as many as there are)")
      .at_least(1);
  all.number("--chunk-size", options.chunk_size, "rows of each chunk that is drawn").at_least(2);
  declare_rank(all, options.rank, "keep at most so many directions, the most relevant first (default: all)");
  all.number("--ridge", options.ridge,
             "add this share of the total scatter to that within chunks (default: 1e-3 if singular)")
      .above(0);
  all.number("--seed", options.seed, "of the chunks that are drawn").unrecorded();
}

void describe(Hooks& hooks, RcaOptions&) {
  hooks.without_classes = {
      {"chunks", "chunks to be drawn"}, {"chunk-size", "chunks to be drawn"}, {"seed", "chunks to be drawn"}};
  hooks.examples = {"maha-rca datasets/wine.csv -o rca.json",
                    "maha-rca --chunks 50 --chunk-size 3 --rank 2 < datasets/wine.csv > rca.json",
                    "maha-rca --chunk class datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3"};
}

Fit fit_rca(const Samples& samples, const RcaOptions& options, const Run& run) {
  check(options, samples.X.cols());
  const ChunkRows parts = rows_in_chunks(samples.X, chunks_of(samples, options));
  const prepare::WhiteRows white = prepare::whiten_rows(parts.X, run.threads);
  const Matrix H = about_chunk_means(white.Z, parts.chunks);
  Fit fit = components({white.P, H, white.Z, static_cast<double>(white.Z.rows()), std::ssize(parts.chunks)}, options);
  if (parts.X.rows() < samples.X.rows() && parts.X.rows() <= samples.X.cols())
    fit.warnings.push_back(warning_of_few(parts.X.rows(), white.P.rows(), samples.X.cols()));
  fit.center = samples.X.colwise().mean();
  fit.rows = parts.X.rows();
  if (samples.chunks.empty()) {
    fit.seed = options.seed;
  } else {
    fit.unused = {"chunks", "chunk_size"};
  }
  return fit;
}

Fit fit_scatters(const Scatters& scatters, const RcaOptions& options, const Run&) {
  check(options, scatters.dims());
  const linalg::Moments& chunks = classes_of(scatters, "relevant component analysis");
  require_two_rows(std::any_of(chunks.count.begin(), chunks.count.end(), [](Index rows) { return rows > 1; }));
  const WhiteScatters white = whiten(chunks, scatters.total);
  Fit fit = components({white.P, white.within, white.total, 1, chunks.groups()}, options);
  fit.center = chunks.origin + chunks.total_mean();
  fit.unused = {"chunks", "chunk_size"};
  return fit;
}

}  // namespace maha::learn::rca
