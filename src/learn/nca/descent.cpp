#include "learn/nca/descent.hpp"

#include <cmath>
#include <numeric>

#include "core/checkpoint.hpp"
#include "core/random.hpp"
#include "learn/embedding/training/adam.hpp"
#include "linalg/lbfgs.hpp"

namespace maha::learn::nca {
namespace {

constexpr double kRate =
    0.1;  // of Adam, over sqrt(r): the share of A, r entries of size 1 at the start, that a step moves

/// f and its gradient over A, over the rows' own number; the gradient's length times that of A.
struct At {
  double loss = 0, size = 0;
  Matrix gradient{};
};

At at(const SortedRows& rows, const Matrix& A, const linalg::RowLoss& loss, const Run& run) {
  const auto n = static_cast<double>(rows.rows());
  const linalg::DistanceLoss sum = linalg::distance_loss(rows.X, A, loss, run);
  At here{sum.value / n, 0, (2 / n) * A * sum.scatter};
  here.size = here.gradient.norm() * A.norm();
  return here;
}

Progress told(int iteration, double loss, double gradient) {
  return {.iteration = iteration, .objective = -loss, .others = Report().set("gradient", gradient)};
}

/// Runs a minimiser from x. `size`: of the gradient that `function` found last. That is found.gradient only where the
/// search has come to: the point may be one that it rejects, or what was cut short when the fit was asked to stop.
template <class Minimizer, class Function>
Vector minimized(Minimizer minimize, const Function& function, const double& size, Vector x, const NcaOptions& options,
                 const Run& run, Found& found) {
  const Stage stage(run.checkpoint, "descent",
                    [&](State& state) { state(found.loss, found.gradient, found.iterations); });
  if (!stage.restored()) {
    Vector g(x.size());
    const double loss = function(x, g);
    if (!run.stop()) {
      found.loss = loss;
      found.gradient = size;
    }
    if (!run.tell(told(0, found.loss.value_or(0), found.gradient)) || run.stop() || found.gradient <= options.tolerance)
      return x;
  }
  const auto iterate = [&](int k, double loss, const Vector&) {
    found.iterations = k;
    found.loss = loss;
    found.gradient = size;
    return run.tell(told(k, loss, found.gradient)) && !run.stop() && found.gradient > options.tolerance;
  };
  const linalg::LbfgsOptions search{
      .max_iterations = options.max_iterations, .stop = [&] { return run.stop(); }, .checkpoint = run.checkpoint};
  return minimize(function, std::move(x), search, iterate);
}

}  // namespace

Found descend(const SortedRows& rows, const Matrix& start, const NcaOptions& options, const Run& run) {
  Found found;
  const linalg::RowLoss loss = loss_of(rows, options.objective);
  // Over x = A / |start| the first step has a length that suits the gradient.
  const double unit = start.norm();
  double size = 0;
  const auto as_matrix = [&](const Vector& x) {
    return Matrix(unit * Eigen::Map<const Matrix>(x.data(), start.rows(), start.cols()));
  };
  const auto function = [&](const Vector& x, Vector& g) {
    const At here = at(rows, as_matrix(x), loss, run);
    size = here.size;
    Eigen::Map<Matrix>(g.data(), start.rows(), start.cols()) = unit * here.gradient;
    return here.loss;
  };
  const Matrix first = start / unit;
  const Vector x = Eigen::Map<const Vector>(first.data(), first.size());
  found.A = as_matrix(minimized(linalg::minimize_lbfgs, function, size, x, options, run, found));
  return found;
}

Found descend_weights(const SortedRows& rows, const Vector& start, const NcaOptions& options, const Run& run) {
  Found found;
  const auto n = static_cast<double>(rows.rows());
  const linalg::RowLoss loss = loss_of(rows, options.objective);
  const double unit = start.norm();
  double size = 0;
  const auto function = [&](const Vector& x, Vector& g) {
    const linalg::DistanceLoss sum = linalg::distance_loss_of_weights(rows.X, unit * x, loss, run);
    g = unit * (sum.scatter.col(0).array() / n + options.l1);
    size = linalg::projected_gradient(x, g).norm() * x.norm();
    return sum.value / n + options.l1 * unit * x.sum();
  };
  found.A = unit * minimized(linalg::minimize_lbfgs_nonnegative, function, size, start / unit, options, run, found);
  return found;
}

Found descend_by_batches(const Matrix& X, const Labels& y, const Matrix& start, Index batch, const NcaOptions& options,
                         const Run& run) {
  const Index steps = X.rows() / batch;  // a pass; the rows left over, others each time, wait for the next
  const auto all = static_cast<double>(steps * options.passes);
  Found found;
  std::vector<Index> order(y.size());
  std::iota(order.begin(), order.end(), Index{0});
  Random random(options.seed);
  embedding::Adam adam(0);
  embedding::Layers layers{{start, Vector::Zero(start.rows()), metric::Activation::linear}};
  const double rate = kRate * start.norm() / std::sqrt(static_cast<double>(start.size()));
  bool go_on = true;
  Index pass = 0, step = 0;
  double sum = 0, gradient = 0;  // of the steps of the pass
  const Stage stage(run.checkpoint, "batches", [&](State& state) {
    state(pass, step, sum, gradient, order, random, layers[0].weights, layers[0].bias, found.iterations);
    adam.visit(state);
  });
  for (; pass < options.passes && go_on; ++pass, step = 0) {
    if (step == 0) {
      stage.keep();
      random.shuffle(order);
      sum = gradient = 0;
    }
    for (; step < steps && (go_on = !run.stop()); ++step) {
      if (step > 0) stage.keep();
      const auto begin = order.begin() + step * batch;
      const SortedRows rows = sorted_by_class(X, y, {begin, begin + batch});
      const At here = at(rows, layers[0].weights, loss_of(rows, options.objective), run);
      if (!std::isfinite(here.loss)) break;
      sum += here.loss;
      gradient += here.size;
      const embedding::Layers slope{{here.gradient, Vector::Zero(start.rows()), metric::Activation::linear}};
      adam.step(layers, slope, rate * (1 - static_cast<double>(found.iterations) / all), run.threads);
      ++found.iterations;
    }
    const auto done = static_cast<double>(steps);
    go_on = go_on && run.tell(told(found.iterations, sum / done, gradient / done));
  }
  found.A = layers[0].weights;
  if (!go_on) return found;
  const SortedRows rows = sorted_by_class(X, y);
  const At end = at(rows, found.A, loss_of(rows, options.objective), run);
  if (!run.stop()) found.loss = end.loss;
  found.gradient = end.size;
  return found;
}

}  // namespace maha::learn::nca
