#include "learn/lmnn/solver/solver.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace maha::learn::lmnn {
namespace {

// None of these changes the optimum, only the time to it. On wine, wdbc, balance-scale and digits, values tried within
// the range in brackets took about the same CPU time to a gap of 1e-3, one constant changed at a time.
constexpr double kFirstSmoothing = 0.25;  // [0.25, 1] of the hinge, in units of the margin 1: smooth, but still a hinge
constexpr double kLessSmoothing = 8;      // [4, 16] its divisor; larger: fewer restarts, more iterations after each
constexpr double kBiasOfGap = 0.5;  // [0.25, 0.75] of the gap: the smoothing is reduced when its bias has that share
constexpr int kCertifyEvery = 10;   // [5, 20] iterations: a certificate costs about one
constexpr int kRenewEvery = 50;     // [25, 100] iterations, at most: points move away from the working set,
constexpr double kFirstMilestone = 0.3;  // [0.1, 0.6] and it is renewed when the gap over it falls to this, and
constexpr double kNextMilestone = 0.3;   // [0.1, 0.6] to this share of the gap at the last renewal, or
constexpr double kLastMilestone = 0.9;   // of the tolerance, to confirm convergence over all triplets
constexpr double kGapToPolish = 5e-3;    // [5e-3, 1e-2] above which iterations gain more than polishing the dual
constexpr double kPolishAgain = 0.7;  // [0.5, 0.9] of the gap at the last polishing, which costs dozens of iterations
constexpr double kStepGrowth = 0.9;   // [0.7, 0.95] of the curvature after each step; at 1 fits took 1.7 times as long
constexpr int kDoublings = 60;        // of the curvature in one step: more than any first guess can be off by

using Clock = std::chrono::steady_clock;

double inner(const SquareMatrix& A, const SquareMatrix& B) { return A.cwiseProduct(B).sum(); }

class Solver {
 public:
  Solver(const Problem& problem, const Cone& cone, Solution best, const SolverOptions& options, const Run& run)
      : problem_(problem),
        cone_(cone),
        options_(options),
        run_(run),
        identity_(cone.identity()),
        linear_(identity_),
        best_(std::move(best)) {}

  Solution solve(const SquareMatrix& start);

 private:
  void iterate(const SquareMatrix& start);
  void visit(State& state);
  void step();
  void certify();
  void renew_working_set(double sigma, const Run& run);
  double local_objective() const;
  bool worth_polishing(double gap) const;
  void keep_dual(const Dual& dual);
  bool tell();

  const Problem& problem_;
  const Cone& cone_;
  const SolverOptions& options_;
  const Run& run_;
  const SquareMatrix identity_;

  MeasuredPairs pairs_;  // the working set
  LinearPart rest_;      // the triplets outside it
  SquareMatrix linear_;  // I - H of those: <linear, N> + alpha is the objective without the hinges of the working set
  double smoothing_ = kFirstSmoothing;
  Point current_;            // N
  SquareMatrix previous_;    // the N before
  PairValues now_, before_;  // squared distances under the two
  double curvature_ = 0;     // 1 / step length
  double momentum_ = 1;
  double sigma_ = 0;
  int last_renewal_ = 0;
  double milestone_ = kFirstMilestone;  // the gap over the working set at which it is renewed
  int last_polish_ = 0;
  double polished_at_ = 1;  // the gap at which polishing the dual was last tried
  double local_gap_ = 1;    // over the working set
  double pass_seconds_ = 0;
  bool told_ = false;
  Solution best_;
};

Solution Solver::solve(const SquareMatrix& start) {
  try {
    iterate(start);
  } catch (const Stopped&) {
    if (!told_) tell();
    if (best_.passes == 0) {
      best_.point = current_.without_rows();
      best_.measured = false;
    }
  }
  best_.converged = best_.measured && best_.gap() <= options_.tolerance;
  return std::move(best_);
}

void Solver::iterate(const SquareMatrix& start) {
  const Stage stage(run_.checkpoint, options_.stage, [&](State& state) { visit(state); });
  bool go_on = true;
  if (!stage.restored()) {
    current_ = cone_.project(start);
    previous_ = current_.N;
    renew_working_set(problem_.first_sigma(current_, run_.threads), run_);
    certify();
    go_on = tell();
  }
  while (go_on && !best_.converged && best_.iterations < options_.max_iterations) {
    stage.keep();
    ++best_.iterations;
    step();
    if (best_.iterations % kCertifyEvery == 0) certify();
    if (local_gap_ <= milestone_ || best_.iterations - last_renewal_ >= kRenewEvery) {
      renew_working_set(problem_.next_sigma(pairs_, now_, sigma_), run_);
      certify();
    }
    go_on = tell();
  }
  if (best_.converged || best_.iterations == last_renewal_) return;
  renew_working_set(0, pass_seconds_ < kQuickPass ? without_stop(run_) : run_);  // for the objective at the last point
}

void Solver::visit(State& state) {
  state(pairs_, rest_, linear_, smoothing_, current_, previous_, now_, before_, curvature_, momentum_, sigma_);
  state(last_renewal_, milestone_, last_polish_, polished_at_, local_gap_, pass_seconds_, told_);
  best_.visit(state);
}

/// One step of FISTA with backtracking.
void Solver::step() {
  // 1. Extrapolate (Beck & Teboulle, 4.2 and 4.3): Y = N + beta (N - N_previous).
  const double next_momentum = (1 + std::sqrt(1 + 4 * momentum_ * momentum_)) / 2;
  const double beta = (momentum_ - 1) / next_momentum;
  const SquareMatrix Y = current_.N + beta * (current_.N - previous_);
  const PairValues at_Y = extrapolate(now_, before_, beta);

  // 2. The gradient G of the smoothed objective at Y.
  PairValues weights;
  hinges(pairs_, at_Y, problem_.mu(), smoothing_, &weights, run_.threads);
  const SquareMatrix G = linear_ + cone_.scatter(pairs_, weights);
  if (curvature_ == 0) curvature_ = G.norm() / (current_.N.isZero(0) ? 1 : current_.N.norm());

  // 3. Project (4.1): N+ = Proj(Y - G/c). c doubles until <G, N> + c/2 |N - Y|^2 is a majorant at N+.
  current_.P.resize(0, 0);  // makes room for the rows of the next point
  Point next;
  PairValues squared;
  for (int doubling = 0; doubling < kDoublings; ++doubling, curvature_ *= 2) {
    next.P.resize(0, 0);
    next = cone_.project(Y - G / curvature_, current_.root.size());
    squared = squared_distances(pairs_, next.P, run_);
    const double rise = tangent_gap(pairs_, at_Y, squared, problem_.mu(), smoothing_, run_);
    if (rise <= curvature_ / 2 * (next.N - Y).squaredNorm()) break;
  }

  // 4. Restart the momentum if it points uphill (O'Donoghue & Candes, the gradient scheme).
  const bool overshot = inner(Y - next.N, next.N - current_.N) > 0;
  momentum_ = overshot ? 1 : next_momentum;
  curvature_ *= kStepGrowth;
  previous_ = std::move(current_.N);
  current_ = std::move(next);
  before_ = std::move(now_);
  now_ = std::move(squared);
}

/// The dual bound at the current point, polished if that may settle the fit. Reduces the smoothing once its bias
/// dominates.
void Solver::certify() {
  const Hinges smooth = hinges(pairs_, now_, problem_.mu(), smoothing_, nullptr, run_.threads);
  const double local = local_objective();
  Dual dual = dual_from(cone_, pairs_, rest_, active_triplets(pairs_, now_, problem_.mu(), smoothing_));
  keep_dual(dual);
  const auto gap_of = [&] { return local > best_.bound ? (local - best_.bound) / local : 0; };
  const double gap = gap_of();
  if (gap > options_.tolerance && worth_polishing(gap)) {
    polished_at_ = gap;
    last_polish_ = best_.iterations;
    keep_dual(polish(cone_, pairs_, current_, problem_.mu(), best_.objective, std::move(dual)));
  }
  local_gap_ = gap_of();
  best_.converged = best_.gap() <= options_.tolerance;
  if (local > best_.bound && smooth.bias >= kBiasOfGap * (local - best_.bound)) {
    smoothing_ /= kLessSmoothing;
    curvature_ *= kLessSmoothing;
    momentum_ = 1;
  }
}

/// The objective over the working set and the linear part.
double Solver::local_objective() const {
  return inner(linear_, current_.N) + rest_.alpha + hinges(pairs_, now_, problem_.mu(), 0, nullptr, run_.threads).value;
}

/// Polishing is dear, so it waits until the gap is small, and smaller than the last time.
bool Solver::worth_polishing(double gap) const {
  return rest_.triplets == 0 && gap < kGapToPolish &&
         (gap < kPolishAgain * polished_at_ || best_.iterations >= last_polish_ + kRenewEvery);
}

void Solver::keep_dual(const Dual& dual) {
  const double bound = dual.bound(best_.objective);
  // The multipliers of a linear part are not listed, so no bound that rests on them is taken if the list is wanted.
  if (!(bound > best_.bound) || (options_.want_dual && rest_.triplets > 0)) return;
  best_.bound = bound;
  if (options_.want_dual) best_.dual = by_rows(pairs_, dual.triplets);
}

/// The exact objective at the current point, and a new working set around it.
void Solver::renew_working_set(double sigma, const Run& run) {
  const auto start = Clock::now();
  sigma_ = sigma;
  pairs_ = {};  // the pass needs their memory
  FullPass pass = problem_.full_pass(current_, sigma, cone_, run);
  ++best_.passes;
  const double objective = inner(identity_, current_.N) + pass.hinges;
  if (objective < best_.objective) {
    best_.objective = objective;
    best_.active = pass.active;
    best_.point = current_.without_rows();
  }
  pairs_ = std::move(pass.pairs);
  rest_ = std::move(pass.rest);
  linear_ = identity_;
  if (rest_.triplets > 0) linear_ -= rest_.H;
  now_ = squared_distances(pairs_, current_.P, run_);
  before_ = squared_distances(pairs_, cone_.project(previous_, current_.root.size()).P, run_);
  last_renewal_ = best_.iterations;
  pass_seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
  run_.ranks->broadcast(&pass_seconds_, 1, 0);
  milestone_ = std::min(milestone_, std::max(kNextMilestone * local_gap_, kLastMilestone * options_.tolerance));
}

bool Solver::tell() {
  told_ = true;
  const Report others = Report().set("active", best_.active).set("rank", current_.root.size());
  return run_.tell({best_.iterations, best_.objective, best_.proven(), best_.gap(), others});
}

}  // namespace

Run without_stop(const Run& run) {
  Run on;
  on.threads = run.threads;
  on.ranks = run.ranks;
  return on;
}

void Solution::visit(State& state) { state(point, objective, bound, dual, active, iterations, passes, measured); }

void visit(State& state, MeasuredPairs& pairs) {
  for (RowLists* lists : {&pairs.targets, &pairs.impostors}) state(lists->begin, lists->other);
  state(pairs.part);
}

void visit(State& state, LinearPart& rest) { state(rest.triplets, rest.alpha, rest.H, rest.doubt); }

void visit(State& state, Point& point) { state(point.N, point.P, point.root, point.V); }

void visit(State& state, PairValues& values) { state(values.target, values.impostor); }

Solution solve(const Problem& problem, const Cone& cone, const SquareMatrix& start, Solution best,
               const SolverOptions& options, const Run& run) {
  return Solver(problem, cone, std::move(best), options, run).solve(start);
}

}  // namespace maha::learn::lmnn
