#include "learn/lmnn/lmnn.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/rows_by_class.hpp"
#include "core/text/counted.hpp"
#include "core/text/rounded.hpp"
#include "learn/lmnn/fit.hpp"
#include "learn/lmnn/neighbors.hpp"
#include "learn/lmnn/triplets.hpp"
#include "learn/lmnn/units.hpp"
#include "neighbors/by_class.hpp"
#include "prepare/pairs/pair_rows.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr std::size_t kMostNamed = 5;  // features in a warning, so that it stays readable

// What a working set may take; room_for() explains it.
constexpr double kRoom = 0x1p29;           // bytes: 2.5 million pairs at k = 3, some 25 a row for 10^5 rows
constexpr double kRoomOfData = 8;          // times the data: about what the rest of the fit takes
constexpr double kMostOfMemory = 1.0 / 4;  // of the memory at hand, which the other arrays share
constexpr double kMostForProof = 1.0 / 2;  // if the proof is wanted, since it must be held whole

template <class... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  throw InputError(text.str());
}

void check(const MatrixRef& X) {
  if (X.rows() == 0 || X.cols() == 0) refuse("LMNN needs rows and features, not ", X.rows(), " x ", X.cols());
  if (!X.allFinite()) refuse("LMNN: every number must be finite");
}

void check_classes(const Samples& samples) {
  const Labels& y = samples.y;
  const Index n = samples.X.rows();
  if (static_cast<Index>(y.size()) != n) refuse("LMNN: ", n, " rows, but ", y.size(), " labels");
  check(samples.X);
  if (*std::min_element(y.begin(), y.end()) < 0) refuse("LMNN: class ids must be >= 0");
  if (samples.target_space && samples.target_space->rows() != n) {
    refuse("targets are to be chosen among ", samples.target_space->rows(), " rows, but there are ", n);
  }
}

void check_triplets(const Samples& samples) {
  const std::size_t count = samples.triplets.size();
  if (count > std::numeric_limits<std::int32_t>::max()) refuse(count, " triplets are too many");
  require_triplets_of_rows(samples);
}

/// The rows of classes with more than k rows, of which there must be two.
std::vector<Index> usable_rows(const Samples& samples, const LmnnOptions& options) {
  const Labels& y = samples.y;
  std::vector<Index> rows = neighbors::rows_with_neighbors(
      y, options.k, options.drop_small_classes, samples.class_names, std::to_string(options.k) + " target neighbours");
  const std::vector<Index> sizes = class_sizes(y);
  if (std::count_if(sizes.begin(), sizes.end(), [&](Index size) { return size > options.k; }) < 2) {
    const auto largest = std::max_element(sizes.begin(), sizes.end());
    refuse("LMNN needs two classes of more than ", counted(options.k, "row"), ": class ",
           neighbors::class_called(static_cast<std::size_t>(largest - sizes.begin()), samples.class_names), " has ",
           *largest, " of ", y.size());
  }
  return rows;
}

/// The rows that triplets name. Renumbers the triplets to name rows by their place in the result.
std::vector<Index> renumber(Triplets& triplets, Index n) {
  std::vector<Index> place(static_cast<std::size_t>(n), -1);
  for (const auto& [i, j, l] : triplets) place[i] = place[j] = place[l] = 0;
  std::vector<Index> rows = prepare::number_in_place(place);
  for (auto& [i, j, l] : triplets) i = place[i], j = place[j], l = place[l];
  return rows;
}

/// For each row, the k nearest rows of its class.
RowLists targets_among(const MatrixRef& rows, const Labels& y, Index k, const Run& run) {
  const neighbors::NeighborLists nearest = neighbors::nearest_in_class(rows, y, k, run.threads, *run.ranks);
  RowLists lists;
  lists.other.assign(nearest.index.begin(), nearest.index.end());
  for (Index i = 1; i <= rows.rows(); ++i) lists.begin.push_back(i * k);
  return lists;
}

/// How many pairs a working set may hold: half a gigabyte plus eight times the data, but at most a quarter of the
/// memory at hand. If the proof is wanted, half the memory, as all its multipliers must be held.
Room room_for(const MatrixRef& X, const Labels& y, const LmnnOptions& options) {
  const auto n = static_cast<double>(X.rows()), d = static_cast<double>(X.cols()), k = static_cast<double>(options.k);
  const double memory = memory_at_hand();
  const double pair = 64 + (options.want_dual ? 112 : 48) * k;  // bytes, with the multipliers of its triplets
  const double most = options.want_dual
                          ? kMostForProof * memory
                          : std::min(kMostOfMemory * memory, kRoom + kRoomOfData * sizeof(double) * n * d);
  double unlike = 0;
  for (const Index own : class_sizes(y)) unlike += static_cast<double>(own) * (n - static_cast<double>(own));
  const double pairs = std::min(unlike, most / pair);
  require_memory(pairs * pair + n * (8 * sizeof(double) * d + 900 + 100 * k),
                 "LMNN over " + std::to_string(X.rows()) + " rows");
  return {static_cast<Index>(pairs), options.want_dual};
}

/// "features 2, 5" by their names, or numbers from 1.
std::string features_named(const std::vector<Index>& features, const std::vector<std::string>& names) {
  std::string text = features.size() == 1 ? "feature " : "features ";
  for (std::size_t f = 0; f < features.size(); ++f) {
    if (f == kMostNamed) return text + " and " + std::to_string(features.size() - f) + " more";
    const bool known = features[f] < static_cast<Index>(names.size());
    text += (f > 0 ? ", " : "") + (known ? names[features[f]] : std::to_string(features[f] + 1));
  }
  return text;
}

std::vector<Warning> warnings_of(const FittedMetric& found, const std::vector<std::string>& feature_names) {
  std::vector<Warning> warnings;
  std::ostringstream text;
  if (found.ridge > 0) {
    text << "the scatter of the targets is singular: a ridge of " << rounded(found.ridge)
         << " times its mean diagonal was added";
    warnings.push_back({Warning::Code::ridge_added, text.str()});
  }
  if (found.left_out.empty()) return warnings;
  text.str("");
  text.precision(1);
  text << features_named(found.left_out, feature_names) << (found.left_out.size() == 1 ? " depends" : " depend")
       << " on others but for " << found.left_out_share
       << " of their spread, too little to tell from rounding: the metric is 0 along that, and the bound is for such "
          "metrics";
  warnings.push_back({Warning::Code::directions_left_out, text.str()});
  return warnings;
}

Fit fit_of(FittedMetric found, const std::vector<Index>& rows, const Samples& samples, const LmnnOptions& options) {
  const Solution& solution = found.solution;
  const Index rank = found.metric.rank();
  Fit fit{.metric = std::move(found.metric)};
  if (solution.measured) fit.objective = solution.objective;
  fit.bound = solution.proven();
  if (solution.measured) fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.converged;
  fit.local_minimum = solution.local_minimum;
  fit.rows = static_cast<Index>(rows.size());
  fit.extras.set("passes", solution.passes);
  if (solution.measured) fit.extras.set("active", solution.active);
  fit.extras.set("rank", rank);
  if (options.rank > 0) fit.extras.set("local_minimum", solution.local_minimum);
  fit.extras.set("ridge", found.ridge);
  if (!found.left_out.empty()) fit.extras.set("left_out", found.left_out_directions);
  if (!(found.ridge > 0)) fit.unused.push_back("ridge");
  fit.warnings = warnings_of(found, samples.feature_names);
  if (!options.want_dual) return fit;
  Matrix multipliers(std::ssize(solution.dual), 4);
  for (const auto& [i, j, l, alpha] : solution.dual) {
    multipliers.row(std::ssize(fit.dual)) << static_cast<double>(rows[i]), static_cast<double>(rows[j]),
        static_cast<double>(rows[l]), alpha;
    fit.dual.push_back({rows[i], rows[j], rows[l], alpha});
  }
  fit.proof.push_back({"multipliers", std::move(multipliers)});
  fit.proof.push_back({"basis", std::move(found.basis)});
  return fit;
}

/// Each row with its k target neighbours, for the proof.
Matrix listed_targets(const RowLists& targets, const std::vector<Index>& rows, Index k) {
  Matrix list(targets.rows(), k + 1);
  for (Index i = 0; i < targets.rows(); ++i) {
    list(i, 0) = static_cast<double>(rows[i]);
    for (Index t = 0; t < k; ++t) list(i, t + 1) = static_cast<double>(rows[targets.other[i * k + t]]);
  }
  return list;
}

/// What every step of a fit needs beside the rows.
struct Task {
  const Samples& samples;
  const metric::Metric* init;
  const LmnnOptions& options;
  const Run& run;
};

/// Fits a problem over some rows of X: its row r is rows[r].
Fit fit_problem(const MatrixRef& X, const std::vector<Index>& rows, const Problem& problem, const Task& task) {
  if (static_cast<Index>(rows.size()) < X.rows()) return fit_problem(X(rows, Eigen::all), rows, problem, task);
  const LmnnOptions& options = task.options;
  if (!options.diagonal) {
    const auto n = static_cast<double>(X.rows()), d = static_cast<double>(X.cols());
    require_memory(sizeof(double) * (16 * d * std::min(n, d) + 3 * n * d),
                   "LMNN over " + std::to_string(X.cols()) + " features");
  }
  const auto fit = options.diagonal ? lmnn::fit_weights : lmnn::fit_matrix;
  return fit_of(fit(X, problem, task.init, options, task.run), rows, task.samples, options);
}

Fit fit_classes(const MatrixRef& X, const Task& task) {
  // 1. The rows of classes that are large enough.
  const auto& [samples, init, options, run] = task;
  const std::vector<Index> rows = usable_rows(samples, options);
  Labels labels;
  for (const Index i : rows) labels.push_back(samples.y[i]);
  Room room = room_for(X, labels, options);
  run.ranks->broadcast(&room.pairs, 1, 0);  // another machine may have another memory

  // 2. Target neighbours j~>i: the k nearest rows of i's class, in X or in the space of another model.
  const MatrixRef space = samples.target_space ? MatrixRef(*samples.target_space) : X;
  const bool all = rows.size() == samples.y.size();
  RowLists targets = all ? targets_among(space, labels, options.k, run)
                         : targets_among(space(rows, Eigen::all), labels, options.k, run);

  // 3. The problem over all triplets (i, j, l), y_l != y_i, and its fit.
  const NeighborProblem problem(labels, std::move(targets), options.push_weight, room);
  Fit fit = fit_problem(X, rows, problem, task);
  if (options.want_dual) fit.proof.push_back({"targets", listed_targets(problem.targets(), rows, options.k)});
  return fit;
}

Fit fit_listed(const MatrixRef& X, const Task& task) {
  Triplets triplets = task.samples.triplets;
  const std::vector<Index> rows = renumber(triplets, X.rows());
  const auto count = static_cast<Index>(triplets.size());
  const TripletProblem problem(std::move(triplets), static_cast<Index>(rows.size()), task.options.push_weight);
  Fit fit = fit_problem(X, rows, problem, task);
  fit.extras.set("triplets", count);
  fit.unused.push_back("neighbors");
  return fit;
}

}  // namespace

Fit fit_lmnn(const Samples& samples, const LmnnOptions& options, const Run& run) {
  check(options);
  const bool listed = !samples.triplets.empty();
  if (listed) {
    check(samples.X);
    check_triplets(samples);
  } else {
    check_classes(samples);
  }
  return lmnn::in_safe_units(samples, [&](const MatrixRef& X, const metric::Metric* init) {
    const Task task{samples, init, options, run};
    return listed ? fit_listed(X, task) : fit_classes(X, task);
  });
}

}  // namespace maha::learn::lmnn
