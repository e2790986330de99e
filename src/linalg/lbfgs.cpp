#include "linalg/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <vector>

#include "core/checkpoint.hpp"

namespace maha::linalg {
namespace {

constexpr double kDecrease = 1e-4;  // c1 and c2 as Nocedal & Wright, section 3.1, give them for quasi-Newton methods:
constexpr double kCurvature = 0.9;  // nearly any descent will do, so that most first trials are accepted
constexpr int kTrials = 60;         // bisection leaves no new number between `low` and `high` after 53 of them

struct Step {
  Vector s, y;  // x+ - x and g+ - g
  double rho;   // 1 / s'y
};

// The two-loop recursion: -H g, H the inverse Hessian that the remembered steps suggest.
Vector descent_direction(const std::deque<Step>& steps, const Vector& g) {
  Vector q = -g;
  std::vector<double> alpha(steps.size());
  for (std::size_t i = steps.size(); i-- > 0;) {
    alpha[i] = steps[i].rho * steps[i].s.dot(q);
    q -= alpha[i] * steps[i].y;
  }
  if (!steps.empty()) q *= 1 / (steps.back().rho * steps.back().y.squaredNorm());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    q += (alpha[i] - steps[i].rho * steps[i].y.dot(q)) * steps[i].s;
  }
  return q;
}

void visit(State& state, Step& step) { state(step.s, step.y, step.rho); }

struct Point {
  Vector x, g;
  double f = 0;
};

// Where the search is, between two iterations.
struct Search {
  Search(const SmoothFunction& f, Vector x, Checkpoint* checkpoint)
      : at{std::move(x), Vector(), 0},
        stage(checkpoint, "l-bfgs", [this](State& state) { state(at.x, at.g, at.f, steps, iteration); }) {
    if (stage.restored()) return;
    at.g.resize(at.x.size());
    at.f = f(at.x, at.g);
  }

  Point at;
  std::deque<Step> steps{};
  int iteration = 1;
  Stage stage;  // the last, as it may restore the others
};

// Moves `at` along p until f has fallen enough and its slope has risen enough (the weak Wolfe conditions). Returns
// false if no such step is found or the caller asks to stop.
bool search_line(const SmoothFunction& f, const Vector& p, double step, const std::function<bool()>& stop, Point& at) {
  const double slope = at.g.dot(p);
  if (!(slope < 0)) return false;
  double low = 0, high = std::numeric_limits<double>::infinity();
  Point trial{at.x, Vector(at.x.size()), 0};
  for (int t = 0; t < kTrials && !(stop && stop()); ++t) {
    trial.x = at.x + step * p;
    trial.f = f(trial.x, trial.g);
    if (!(trial.f <= at.f + kDecrease * step * slope)) {  // too far; also where f is NaN
      high = step;
    } else if (trial.g.dot(p) < kCurvature * slope) {  // not far enough
      low = step;
    } else {
      at = std::move(trial);
      return true;
    }
    step = std::isinf(high) ? 2 * step : (low + high) / 2;
  }
  return false;
}

// Remembers the step from `before` to `at` if the slope rises along it.
void remember(const Point& before, const Point& at, int memory, std::deque<Step>& steps) {
  Step step{at.x - before.x, at.g - before.g, 0};
  const double curvature = step.s.dot(step.y);
  if (!(curvature > 0)) return;
  step.rho = 1 / curvature;
  steps.push_back(std::move(step));
  if (static_cast<int>(steps.size()) > memory) steps.pop_front();
}

bool small(const Vector& g, double f, double tolerance) {
  return g.size() == 0 || g.lpNorm<Eigen::Infinity>() <= tolerance * std::max(1.0, std::abs(f));
}

// Moves `at` to max(0, x + step p) for the first step, halved again and again, at which f has fallen enough.
bool search_projected(const SmoothFunction& f, const Vector& p, double step, const std::function<bool()>& stop,
                      Point& at) {
  Point trial{at.x, Vector(at.x.size()), 0};
  for (int t = 0; t < kTrials && !(stop && stop()); ++t, step /= 2) {
    trial.x = (at.x + step * p).cwiseMax(0);
    trial.f = f(trial.x, trial.g);
    if (!(trial.f <= at.f + kDecrease * at.g.dot(trial.x - at.x)) || trial.x == at.x) continue;
    at = std::move(trial);
    return true;
  }
  return false;
}

}  // namespace

Vector minimize_lbfgs(const SmoothFunction& f, Vector x, const LbfgsOptions& options, const IterateFn& iterate) {
  Search search(f, std::move(x), options.checkpoint);
  auto& [at, steps, iteration, stage] = search;
  for (; iteration <= options.max_iterations; ++iteration) {
    stage.keep();
    if (small(at.g, at.f, options.tolerance)) break;
    const Point before = at;
    const double first = steps.empty() ? std::min(1.0, 1 / at.g.norm()) : 1.0;
    if (!search_line(f, descent_direction(steps, at.g), first, options.stop, at)) break;
    remember(before, at, options.memory, steps);
    if (iterate && !iterate(iteration, at.f, at.x)) break;
  }
  return at.x;
}

Vector projected_gradient(const Vector& x, const Vector& g) { return (x.array() > 0 || g.array() < 0).select(g, 0); }

Vector minimize_lbfgs_nonnegative(const SmoothFunction& f, Vector x, const LbfgsOptions& options,
                                  const IterateFn& iterate) {
  Search search(f, std::move(x), options.checkpoint);
  auto& [at, steps, iteration, stage] = search;
  for (; iteration <= options.max_iterations; ++iteration) {
    stage.keep();
    const Vector g = projected_gradient(at.x, at.g);
    if (small(g, at.f, options.tolerance)) break;
    const Vector newton = descent_direction(steps, g);
    // Only entries that go down themselves, so that the projection keeps it a descent.
    const Vector p = (newton.array() * g.array() < 0).select(newton, 0);
    const Point before = at;
    const double first = steps.empty() ? std::min(1.0, 1 / g.norm()) : 1.0;
    if (!search_projected(f, p, first, options.stop, at)) {
      if (steps.empty()) break;
      steps.clear();  // what they suggest is no descent any more: begin again with the gradient
      continue;
    }
    remember(before, at, options.memory, steps);
    if (iterate && !iterate(iteration, at.f, at.x)) break;
  }
  return at.x;
}

}  // namespace maha::linalg
