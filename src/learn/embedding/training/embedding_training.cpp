#include "learn/embedding/training/embedding_training.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "learn/embedding/training/adam.hpp"
#include "learn/embedding/training/network_pass.hpp"
#include "linalg/units.hpp"

namespace maha::learn::embedding {
namespace {

constexpr int kRates = 3;          // learning_rate and two lower ones; each costs at least `patience` epochs
constexpr double kLowerRate = 10;  // what the rate is divided by, the usual step schedule

// Numbers that a fit holds for each weight: the weights, the best so far, gradient, two means, and copies of these.
constexpr double kHeldPerWeight = 10;
constexpr double kHeldPerPair = 4;  // square matrices over a batch: distances, gradient, S, tiles

/// Throws InputError if the network and a batch do not fit into memory.
void check_memory(const TrainingOptions& options, const SharedRows& X) {
  double in = static_cast<double>(X.cols()), weights = options.layers.empty() ? in * in : 0;
  for (const Index width : options.layers) {
    weights += in * static_cast<double>(width);
    in = static_cast<double>(width);
  }
  const auto rows = static_cast<double>(std::min(options.batch, X.rows()));
  require_memory(kHeldPerWeight * sizeof(double) * weights + kHeldPerPair * square_matrix_bytes(rows),
                 "training this network");
}

std::string widths(const metric::Network& network) {
  std::string text = std::to_string(network.dims());
  for (const metric::Layer& layer : network.layers()) text += " - " + std::to_string(layer.weights.rows());
  return text;
}

metric::Network checked_init(const metric::Network& init, const TrainingOptions& options, Index dims, bool normalize) {
  std::vector<Index> given;
  for (const metric::Layer& layer : init.layers()) given.push_back(layer.weights.rows());
  if (init.dims() != dims || given != (options.layers.empty() ? std::vector<Index>{dims} : options.layers)) {
    throw InputError("the model to start from has the widths " + widths(init) + ", which are not those asked for");
  }
  return metric::Network(init.layers(), normalize);
}

/// Centre and scale of all rows, in a unit of their size:
///   z = (x / unit - mean) / scale,  scale = the root mean square of x / unit - mean.
struct Conditioning {
  double unit;
  RowVector mean;
  double scale;

  explicit Conditioning(const SharedRows& X)
      : unit(linalg::unit_of_rows(X)),
        mean(unit == 1 ? RowVector(X.colwise().mean()) : RowVector((X / unit).colwise().mean())) {
    double squares = 0;
    for (Index i = 0; i < X.rows(); ++i) squares += (X.row(i) / unit - mean).squaredNorm();
    scale = std::sqrt(squares / static_cast<double>(X.size()));
    if (!(scale > 0)) scale = 1;
  }

  Matrix rows(const SharedRows& X, const std::vector<Index>& which) const {
    Matrix Z(static_cast<Index>(which.size()), X.cols());
    for (Index i = 0; i < Z.rows(); ++i) Z.row(i) = (X.row(which[static_cast<std::size_t>(i)]) / unit - mean) / scale;
    return Z;
  }

  metric::Network fold(const metric::Network& network) const {
    return network.after(Matrix::Identity(mean.size(), mean.size()) / scale / unit, -mean.transpose() / scale);
  }
  metric::Network unfold(const metric::Network& network) const {
    return network.after(Matrix::Identity(mean.size(), mean.size()) * scale * unit, mean.transpose() * unit);
  }
};

bool finite(const Layers& layers) {
  return std::all_of(layers.begin(), layers.end(),
                     [](const metric::Layer& layer) { return layer.weights.allFinite() && layer.bias.allFinite(); });
}

/// A training run: the present weights, and the best so far.
class Training {
 public:
  Training(const TrainingProblem& problem, const TrainingOptions& options, const Run& run)
      : problem_(problem),
        options_(options),
        run_(run),
        random_(options.seed),
        conditioning_(problem.X),
        adam_(options.weight_decay) {
    const metric::Network first =
        problem.init ? conditioning_.unfold(checked_init(*problem.init, options, problem.X.cols(), problem.normalize))
                     : first_network(options, problem.X.cols(), problem.normalize, problem.distance, random_);
    layers_ = first.layers();
    best_ = layers_;
  }

  Fit minimize() {
    bool going = true, converged = false;
    double rate = options_.learning_rate;
    Index waited = 0;
    int rates = 1;
    const Stage stage(run_.checkpoint, "epochs", [&](State& state) {
      state(rate, waited, rates);
      visit(state);
    });
    if (stage.restored()) --epoch_;  // in the midst of which it goes on
    while (going && !converged && epoch_ < options_.epochs) {
      // 1. An epoch of Adam's steps.
      ++epoch_;
      const bool finite = run_epoch(rate, stage);
      so_far_ = {};
      if (stopped_) {
        --epoch_;
        break;
      }

      // 2. Validate, and keep the best weights.
      const double validation = !finite             ? std::numeric_limits<double>::infinity()
                                : problem_.validate ? problem_.validate(network(layers_))
                                                    : loss_;
      waited = keep(validation) ? 0 : waited + 1;

      // 3. After `patience` epochs without improvement, go on from the best weights at a lower rate.
      if (!finite || waited >= options_.patience) {
        layers_ = best_;
        adam_.restart();
        rate /= kLowerRate;
        waited = 0;
        converged = ++rates > kRates;
      }
      going = tell(validation, rate);
    }
    return result(converged);
  }

 private:
  metric::Network network(const Layers& layers) const {
    return conditioning_.fold(metric::Network(layers, problem_.normalize));
  }

  /// False if the loss or the weights are no longer finite. Sets stopped_ if asked to stop before the end.
  bool run_epoch(double rate, const Stage& stage) {
    auto& [b, sum, terms, contribute] = so_far_;
    for (; b < problem_.batches; ++b) {
      if (b > 0 && run_.stop()) {
        stopped_ = true;
        loss_ = sum / static_cast<double>(b);
        return true;
      }
      stage.keep();
      const std::vector<Index> rows = problem_.draw(random_);
      const Matrix& F = pass_.forward(layers_, problem_.normalize, conditioning_.rows(problem_.X, rows), run_);
      if (!F.allFinite()) return false;
      BatchLoss loss = problem_.loss(F, rows, random_);
      if (!std::isfinite(loss.value)) return false;
      sum += loss.value;
      terms += loss.terms;
      contribute += loss.contribute;
      adam_.step(layers_, pass_.backward(layers_, std::move(loss.gradient), run_), rate, run_.threads);
    }
    loss_ = sum / static_cast<double>(problem_.batches);
    contribute_ = static_cast<double>(contribute) / static_cast<double>(std::max<Index>(1, terms));
    return finite(layers_);
  }

  void visit(State& state) {
    state(random_, layers_, best_, epoch_, best_epoch_, so_far_, loss_, contribute_, best_loss_, best_validation_);
    adam_.visit(state);
    problem_.visit(state);
  }

  bool keep(double validation) {
    if (!(validation < best_validation_)) return false;
    best_validation_ = validation;
    best_ = layers_;
    best_epoch_ = epoch_;
    best_loss_ = loss_;
    return true;
  }

  bool tell(double validation, double rate) const {
    const Report others = Report().set("validation", validation).set("contribute", contribute_).set("rate", rate);
    return run_.tell({.iteration = epoch_, .objective = loss_, .others = others});
  }

  Fit result(bool converged) {
    Fit result;
    if (stopped_ && best_epoch_ == 0) {  // stopped in the first epoch: the present weights, without a validation
      if (finite(layers_)) best_ = layers_;
      best_loss_ = best_validation_ = loss_;
    }
    const metric::Network learned = network(best_);
    result.metric = learned;
    if (learned.layers().size() == 1 && !learned.normalize()) {
      result.metric = metric::Metric::from_factor(learned.layers().front().weights);
    }
    if (best_epoch_ == 0 && !stopped_) {
      result.warnings.push_back({Warning::Code::no_finite_loss, "no epoch had a finite loss: lower the learning rate"});
    }
    result.objective = best_loss_;
    result.iterations = epoch_;
    result.converged = converged;
    result.seed = options_.seed;
    result.extras.set("validation", best_validation_).set("best_epoch", best_epoch_);
    return result;
  }

  const TrainingProblem& problem_;
  const TrainingOptions& options_;
  const Run& run_;
  Random random_;
  Conditioning conditioning_;
  Adam adam_;
  NetworkPass pass_;
  Layers layers_, best_;
  Index epoch_ = 0, best_epoch_ = 0;
  struct {
    Index batch = 0;  // the next one
    double sum = 0;   // of losses
    Index terms = 0, contribute = 0;
  } so_far_;  // in this epoch
  bool stopped_ = false;
  double loss_ = 0, contribute_ = 0, best_loss_ = 0;
  double best_validation_ = std::numeric_limits<double>::infinity();
};

}  // namespace

metric::Network first_network(const TrainingOptions& options, Index dims, bool normalize, double distance,
                              Random& random) {
  std::vector<Index> outs = options.layers;
  if (outs.empty()) outs.push_back(dims);
  Layers layers;
  for (std::size_t l = 0; l < outs.size(); ++l) {
    const bool last = l + 1 == outs.size();
    const Index in = l == 0 ? dims : outs[l - 1];
    const double variance = last && !normalize ? distance / (2 * static_cast<double>(outs[l])) : last ? 1 : 2;
    metric::Layer layer{Matrix(outs[l], in), Vector::Zero(outs[l]),
                        last ? metric::Activation::linear : metric::Activation::relu};
    const double limit = std::sqrt(3 * variance / static_cast<double>(in));
    for (double& weight : layer.weights.reshaped<Eigen::RowMajor>()) weight = limit * (2 * random.uniform() - 1);
    layers.push_back(std::move(layer));
  }
  return metric::Network(std::move(layers), normalize);
}

std::optional<metric::Network> start_of(const Samples& samples) {
  return samples.init ? std::optional(network_of(*samples.init)) : std::nullopt;
}

metric::Network first_embedding(const Samples& samples, const TrainingOptions& options, bool normalize,
                                double distance) {
  const SharedRows& X = samples.X;
  check(options);
  check_memory(options, X);
  if (samples.init) return checked_init(network_of(*samples.init), options, X.cols(), normalize);
  Random random(options.seed);
  return Conditioning(X).fold(first_network(options, X.cols(), normalize, distance, random));
}

Fit train_embedding(const TrainingProblem& problem, const TrainingOptions& options, const Run& run) {
  check(options);
  check_memory(options, problem.X);
  return Training(problem, options, run).minimize();
}

}  // namespace maha::learn::embedding
