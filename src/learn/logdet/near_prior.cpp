#include "learn/logdet/near_prior.hpp"

#include <utility>

#include "learn/small_model.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/units.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::logdet {
namespace {

// How far rounding may have moved Z = C A', C being rows about their middle: their own rounding and that of the
// products. Empty if the prior is weights, which multiply without cancellation.
Matrix rounding_of(const metric::Metric& prior, const Matrix& C, const Threads& threads) {
  if (prior.form() == metric::Metric::Form::weights) return {};
  const Matrix size = prior.factor().cwiseAbs().transpose();
  const double unit = linalg::product_rounding(C.cols());
  Matrix off(C.rows(), size.cols());
  threads.for_ranges(C.rows(), 1024, [&](Index begin, Index end) {
    off.middleRows(begin, end - begin).noalias() = unit * C.middleRows(begin, end - begin).cwiseAbs() * size;
  });
  return off;
}

// Where the pairs are of fewer rows than these have coordinates: across their span, N = I.
struct Span {
  SquareMatrix Q;  // r x p, orthonormal columns that span the rows
  Matrix Z, off;   // p x p: the rows in these coordinates, and how far off they may be
};

// Z and off: p x r with p < r. The product with Q may round once more.
Span span_of(const Matrix& Z, const Matrix& off) {
  Span span{linalg::orthonormal(SquareMatrix(Z.transpose())), {}, {}};
  span.Z = Z * span.Q;
  Matrix size = linalg::product_rounding(Z.cols()) * Z.cwiseAbs();
  if (off.size() > 0) size += off;
  span.off = size * span.Q.cwiseAbs();
  return span;
}

// K A, where K K' = I + Q (L L' - I) Q' is N: K = I + Q (L - I) Q'.
Matrix beyond_span(SquareMatrix L, const SquareMatrix& Q, const Matrix& A) {
  L.diagonal().array() -= 1;
  return A + Q * (L.transpose() * (Q.transpose() * A));
}

// N with M = A'NA, A the prior's factor, within the range of A.
SquareMatrix over_prior(const metric::Metric& M, const Matrix& A) {
  const SquareMatrix half = linalg::least_squares(A.transpose(), M.factor().transpose());
  return half * half.transpose();
}

}  // namespace

NearPrior::NearPrior(const MatrixRef& X, const Pairs& pairs, metric::Metric prior, const Threads& threads)
    : prior_(std::move(prior)) {
  require_small_model(prior_.rank(), X.cols(), "M",
                      "; --pca R makes it small, and with fewer rows than features so does --prior covariance");
  prepare::PairRows named = prepare::rows_in_pairs(X, pairs);
  used_ = named.X.rows();
  rows_ = prepare::about_their_middle(std::move(named));
  Z_ = prior_.transform(rows_.X, threads);
  unit_ = linalg::unit_of_rows(Z_);
  Z_ /= unit_;
}

Vector NearPrior::squared(const Threads& threads) const { return prepare::squared_lengths(Z_, rows_.pairs, threads); }

LogDetSolution NearPrior::solve(const Pairs& pairs, const PairLoss& loss, double gamma, const Search& search,
                                const Run& run, Fit& fit) const {
  LogDetSolution solution;
  const Matrix A = prior_.factor();
  if (A.rows() > 0) {
    solution = solve_over(A, pairs, loss, gamma, search, run, fit);
  } else {
    solution.converged = true;  // the prior is 0, and so is every M in its range
    solution.p = Vector::Zero(static_cast<Index>(pairs.size()));
    fit.metric = metric::Metric::from_weights(Vector::Zero(prior_.dims()));
  }
  fit.objective = solution.objective;
  fit.bound = solution.bound;
  fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.converged;
  if (search.want_proof) {
    fit.proof.push_back({"multipliers", solution.multipliers / (unit_ * unit_)});
    fit.proof.push_back({"prior", A});
  }
  return solution;
}

/// M = A'NA = (L'A)'(L'A).
LogDetSolution NearPrior::solve_over(const Matrix& A, const Pairs& pairs, const PairLoss& loss, double gamma,
                                     const Search& search, const Run& run, Fit& fit) const {
  SquareMatrix start = search.start ? over_prior(*search.start, A) : SquareMatrix();
  Matrix rounding = rounding_of(prior_, rows_.X, run.threads) / unit_;
  const auto solve_in = [&](const Matrix& of, Matrix off) {
    return solve_logdet({of, pairs, loss, gamma, std::move(off)}, start, search.tolerance, search.max_iterations, run);
  };
  if (Z_.rows() >= Z_.cols()) {
    LogDetSolution solution = solve_in(Z_, std::move(rounding));
    fit.metric = metric::Metric::from_factor(solution.L.transpose() * A);
    return solution;
  }
  Span span = span_of(Z_, rounding);
  if (search.start) start = span.Q.transpose() * start * span.Q;
  LogDetSolution solution = solve_in(span.Z, std::move(span.off));
  fit.metric = metric::Metric::from_factor(beyond_span(solution.L, span.Q, A));
  return solution;
}

}  // namespace maha::learn::logdet
