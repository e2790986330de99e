#include "learn/rfm/rounds.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "core/random.hpp"
#include "learn/rfm/kernel_machine.hpp"
#include "prepare/kernel/features.hpp"

namespace maha::learn::rfm {
namespace {

constexpr double kBetter = 1e-6;       // the share that a round must take off the best error: less may be rounding
constexpr double kNoGradient = 1e-10;  // the share of the most that weights allow: less is rounding

class Rounds {
 public:
  Rounds(Space space, Matrix Y, Index train, const RfmOptions& options, const Run& run)
      : space_(std::move(space)),
        Y_(std::move(Y)),
        train_(train),
        centers_(draw_rows(train, options.centers, Random(options.seed))),
        options_(options),
        run_(run) {
    Y_.rowwise() -= RowVector(Y_.topRows(train).colwise().mean());
    squares_ = Y_.bottomRows(Y_.rows() - train).squaredNorm();
    course_.metric = metric::Metric::euclidean(space_.metric().dims());
  }

  Course go_through(Index rounds) {
    double least = std::numeric_limits<double>::infinity();
    Index t = 0;
    const Stage stage(run_.checkpoint, "rounds", [&](State& state) {
      state(t, least);
      course_.visit(state);
      space_.visit(state);
    });
    for (;; ++t) {
      stage.keep();
      // 1. The kernel's regression under the present M.
      const double bandwidth = prepare::median_distance(space_.rows().topRows(train_), options_.seed);
      const bool needed = t < rounds || held_out();
      const std::optional<KernelMachine> machine = needed ? machine_of(bandwidth) : std::nullopt;
      if (needed && !machine) return stopped();

      // 2. Its error on the rows held out.
      const double error = held_out() ? error_of(*machine) : 0;
      if (!held_out() || error < least * (1 - kBetter)) {
        keep(t, bandwidth);
        least = error;
      }
      course_.made = t;
      if (!tell(t, error, bandwidth) && t < rounds) return stopped();

      // 3. M becomes the mean product of its gradients.
      if (t == rounds) return course_;
      const std::optional<bool> changed = advance_by(*machine);
      if (!changed) return stopped();
      if (!*changed) return course_;
    }
  }

 private:
  bool held_out() const { return squares_ > 0; }

  std::optional<KernelMachine> machine_of(double bandwidth) const {
    return fit_machine(space_.rows().topRows(train_), Y_.topRows(train_), centers_, bandwidth, options_.ridge, run_);
  }

  double error_of(const KernelMachine& machine) const {
    const Index held = Y_.rows() - train_;
    const Matrix F = values_of(machine, space_.rows().bottomRows(held), run_.threads);
    return (Y_.bottomRows(held) - F).squaredNorm() / squares_;
  }

  void keep(Index round, double bandwidth) {
    course_.round = round;
    course_.bandwidth = bandwidth;
    if (round > 0) course_.metric = space_.metric();
  }

  bool tell(Index round, double error, double bandwidth) {
    Report others;
    if (held_out()) {
      course_.errors.push_back(error);
      others.set("validation", error);
    }
    others.set("bandwidth", bandwidth);
    return run_.tell({.iteration = round, .others = others});
  }

  /// False if f has no gradient; nothing if asked to stop.
  std::optional<bool> advance_by(const KernelMachine& machine) {
    const double most = machine.weights.cwiseAbs().colwise().sum().norm();
    const auto is_rounding = [&](double trace) { return !(trace > kNoGradient * most * kNoGradient * most); };
    if (space_.diagonal()) {
      const std::optional<Vector> S = gradient_squares(machine, machine.centers, run_);
      if (!S) return std::nullopt;
      if (is_rounding(S->sum())) return false;
      space_.advance(*S);
    } else {
      const std::optional<SquareMatrix> S = gradient_products(machine, machine.centers, run_);
      if (!S) return std::nullopt;
      if (is_rounding(S->trace())) return false;
      space_.advance(*S, run_.threads);
    }
    return true;
  }

  Course stopped() {
    course_.stopped = true;
    return course_;
  }

  Space space_;
  Matrix Y_;  // about the means of the first rows
  Index train_;
  std::vector<Index> centers_;
  const RfmOptions& options_;
  const Run& run_;
  double squares_ = 0;  // of Y, of the rows held out
  Course course_;
};

}  // namespace

void Course::visit(State& state) {
  bool diagonal = metric.form() == metric::Metric::Form::weights;
  Matrix L = diagonal ? Matrix() : metric.factor();
  Vector weights = diagonal ? Vector(metric.diagonal()) : Vector();
  state(diagonal, L, weights, round, bandwidth, errors, made);
  if (state.reads()) metric = diagonal ? metric::Metric::from_weights(weights) : metric::Metric::from_factor(L);
}

Course go_through_rounds(Space space, Matrix Y, Index train, Index rounds, const RfmOptions& options, const Run& run) {
  return Rounds(std::move(space), std::move(Y), train, options, run).go_through(rounds);
}

}  // namespace maha::learn::rfm
