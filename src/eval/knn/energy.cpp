#include "eval/knn/energy.hpp"

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "neighbors/by_class.hpp"
#include "neighbors/distance.hpp"

namespace maha::eval {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

double hinge(double z) { return std::max(0.0, z); }

/// The energies of m queries for C classes. They start as lower bounds, and are completed where that may matter.
class Energies {
 public:
  Energies(const MatrixRef& X, const Labels& y, const MatrixRef& queries, const EnergyOptions& options,
           const Threads& threads)
      : options_(options),
        classes_(*std::max_element(y.begin(), y.end()) + 1),
        y_(y),
        queries_(queries),
        threads_(threads),
        energy_(Matrix::Zero(queries.rows(), classes_)),
        index_(X, threads),
        nearest_(neighbors::nearest_by_class(X, y, classes_, queries, options.k, threads)) {}

  /// (1-mu) sum_{j~>t} D(t,j), and no way to a class without rows.
  void pull() {
    for (int c = 0; c < classes_; ++c) {
      const neighbors::NeighborLists& own = nearest_[static_cast<std::size_t>(c)];
      if (!own.lengths.empty())
        throw InputError("energies are of squared distances, which are no numbers between these rows");
      for (Index t = 0; t < queries_.rows(); ++t) {
        if (own.k == 0) energy_(t, c) = kNever;
        for (Index s = t * own.k; s < (t + 1) * own.k; ++s)
          energy_(t, c) += (1 - options_.push_weight) * squared(own, s);
      }
    }
  }

  /// mu sum_{y_i != c, j~>i} [1 + D(i,j) - D(i,t)]_+ : all rows i that t invades, but those of c.
  void invaded(const std::vector<Index>& targets) {
    const SharedRows& X = index_.reference();
    const Index n = X.rows(), k = options_.k;
    std::vector<double> reach(targets.size()), radius(static_cast<std::size_t>(n), 0);
    for (Index s = 0; s < n * k; ++s) {
      const double* target = X.row(targets[static_cast<std::size_t>(s)]).data();
      reach[static_cast<std::size_t>(s)] = 1 + neighbors::squared_distance(X.row(s / k).data(), target, X.cols());
      double& r = radius[static_cast<std::size_t>(s / k)];
      r = std::max(r, reach[static_cast<std::size_t>(s)]);
    }
    const auto visit = [&](Index i, Index t, double distance) {
      double push = 0;
      for (Index s = i * k; s < (i + 1) * k; ++s) push += hinge(reach[static_cast<std::size_t>(s)] - distance);
      const int own = y_[static_cast<std::size_t>(i)];
      energy_.row(t).array() += options_.push_weight * push;
      energy_(t, own) -= options_.push_weight * push;
    };
    neighbors::NeighborIndex(queries_, threads_).within(X, radius, each(visit), {}, threads_);
  }

  /// The class of least energy: the second sum of the most promising class of each query, until none can be better.
  Labels classify() {
    const Index m = queries_.rows();
    Labels best(static_cast<std::size_t>(m), -1);
    Vector least = Vector::Constant(m, kNever);
    std::vector<Index> open(static_cast<std::size_t>(m));
    for (Index t = 0; t < m; ++t) open[static_cast<std::size_t>(t)] = t;
    while (!open.empty()) {
      Labels promising;
      std::vector<Index> still;
      for (const Index t : open) {
        int c = 0;
        const double bound = energy_.row(t).minCoeff(&c);
        if (!(bound <= least(t)) || bound == kNever) continue;
        still.push_back(t);
        promising.push_back(c);
      }
      const Vector push = invading(still, promising);
      for (std::size_t q = 0; q < still.size(); ++q) {
        const Index t = still[q];
        const double energy = energy_(t, promising[q]) + options_.push_weight * push(static_cast<Index>(q));
        energy_(t, promising[q]) = kNever;  // done with
        int& label = best[static_cast<std::size_t>(t)];
        if (energy > least(t) || (energy == least(t) && promising[q] > label)) continue;
        least(t) = energy;
        label = promising[q];
      }
      open = std::move(still);
    }
    return best;
  }

 private:
  template <class Visit>
  static neighbors::RangeVisitor each(Visit& visit) {
    return [&visit](const neighbors::RangeLists& found) {
      for (Index q = 0; q < found.size(); ++q) {
        for (Index s = found.start[static_cast<std::size_t>(q)]; s < found.start[static_cast<std::size_t>(q) + 1];
             ++s) {
          visit(found.first + q, found.index[static_cast<std::size_t>(s)], found.squared[static_cast<std::size_t>(s)]);
        }
      }
    };
  }

  static double squared(const neighbors::NeighborLists& lists, Index s) {
    return lists.squared[static_cast<std::size_t>(s)];
  }

  /// sum_{j~>t, y_l != c} [m + D(t,j) - D(t,l)]_+ for some queries and a class for each.
  Vector invading(const std::vector<Index>& queries, const Labels& classes) const {
    Vector push = Vector::Zero(static_cast<Index>(queries.size()));
    std::vector<double> radius;
    const auto last = [&](std::size_t q) {
      const neighbors::NeighborLists& own = nearest_[static_cast<std::size_t>(classes[q])];
      return options_.margin + squared(own, (queries[q] + 1) * own.k - 1);
    };
    for (std::size_t q = 0; q < queries.size(); ++q) radius.push_back(last(q));
    const auto visit = [&](Index q, Index, double distance) {
      const neighbors::NeighborLists& own = nearest_[static_cast<std::size_t>(classes[static_cast<std::size_t>(q)])];
      const Index t = queries[static_cast<std::size_t>(q)];
      for (Index s = t * own.k; s < (t + 1) * own.k; ++s)
        push(q) += hinge(options_.margin + squared(own, s) - distance);
    };
    index_.within(queries_(queries, Eigen::all), radius, each(visit), {classes, y_}, threads_);
    return push;
  }

  const EnergyOptions& options_;
  int classes_;
  const Labels& y_;
  MatrixRef queries_;
  Threads threads_;
  Matrix energy_;  // m x C
  neighbors::NeighborIndex index_;
  std::vector<neighbors::NeighborLists> nearest_;  // of each class
};

Labels classify(const MatrixRef& X, const Labels& y, const MatrixRef& target_space, const MatrixRef& queries,
                const EnergyOptions& options, const Threads& threads) {
  Energies energies(X, y, queries, options, threads);
  energies.pull();
  energies.invaded(neighbors::nearest_in_class(target_space, y, options.k, threads).index);
  return energies.classify();
}

}  // namespace

Labels classify_by_energy(const MatrixRef& X, const Labels& y, const MatrixRef& target_space, const MatrixRef& queries,
                          const EnergyOptions& options, const Threads& threads) {
  if (static_cast<Index>(y.size()) != X.rows() || target_space.rows() != X.rows() || X.rows() == 0 ||
      X.cols() != queries.cols()) {
    throw InputError("energy classification: " + std::to_string(X.rows()) + " rows, " + std::to_string(y.size()) +
                     " labels and " + std::to_string(target_space.rows()) + " rows for targets do not fit");
  }
  if (queries.rows() == 0) return {};
  const std::vector<Index> rows =
      neighbors::rows_with_neighbors(y, options.k, options.drop_small_classes, options.class_names,
                                     "the " + std::to_string(options.k) + " target neighbours of the fit");
  if (rows.empty()) throw InputError("no class has more than " + counted(options.k, "row"));
  if (static_cast<Index>(rows.size()) == X.rows()) return classify(X, y, target_space, queries, options, threads);
  Labels labels;
  for (const Index row : rows) labels.push_back(y[static_cast<std::size_t>(row)]);
  return classify(X(rows, Eigen::all), labels, target_space(rows, Eigen::all), queries, options, threads);
}

}  // namespace maha::eval
