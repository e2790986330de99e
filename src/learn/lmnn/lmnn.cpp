#include "learn/lmnn/lmnn.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include "core/error.hpp"
#include "core/memory.hpp"
#include "learn/lmnn/fit.hpp"
#include "learn/lmnn/neighbors.hpp"
#include "learn/lmnn/triplets.hpp"
#include "learn/lmnn/units.hpp"
#include "learn/pairs/pair_rows.hpp"
#include "neighbors/by_class.hpp"

namespace maha {
namespace {

constexpr std::size_t kMostNamed = 5;

template <class... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  throw InputError(text.str());
}

void check(const MatrixRef& X, const LmnnOptions& options) {
  if (X.rows() == 0 || X.cols() == 0) refuse("LMNN needs rows and features, not ", X.rows(), " x ", X.cols());
  if (!X.allFinite()) refuse("LMNN: every number must be finite");
  if (options.init && options.init->dims() != X.cols()) {
    refuse("a metric over ", options.init->dims(), " features was given for data with ", X.cols());
  }
}

void check(const MatrixRef& X, const Labels& y, const LmnnOptions& options) {
  if (static_cast<Index>(y.size()) != X.rows()) refuse("LMNN: ", X.rows(), " rows, but ", y.size(), " labels");
  check(X, options);
  if (*std::min_element(y.begin(), y.end()) < 0) refuse("LMNN: class ids must be >= 0");
  if (options.target_space && options.target_space->rows() != X.rows()) {
    refuse("targets are to be chosen among ", options.target_space->rows(), " rows, but there are ", X.rows());
  }
}

void check(const Triplets& triplets, Index n) {
  if (triplets.empty()) refuse("there is no triplet");
  if (triplets.size() > std::numeric_limits<std::int32_t>::max()) refuse(triplets.size(), " triplets are too many");
  for (std::size_t t = 0; t < triplets.size(); ++t) {
    const auto [i, j, l] = triplets[t];
    if (std::min({i, j, l}) >= 0 && std::max({i, j, l}) < n && i != j && i != l && j != l) continue;
    refuse("triplet ", t + 1, " is of rows ", i + 1, ", ", j + 1, " and ", l + 1, ": three different rows of 1 to ", n,
           " are wanted");
  }
}

/// The rows of classes with more than k rows; a smaller class is an error unless it shall be dropped.
std::vector<Index> usable_rows(const Labels& y, const LmnnOptions& options) {
  std::vector<Index> count(static_cast<std::size_t>(*std::max_element(y.begin(), y.end()) + 1));
  for (const int label : y) ++count[label];
  Index classes = 0;
  for (std::size_t c = 0; c < count.size(); ++c) {
    classes += count[c] > options.k;
    if (count[c] == 0 || count[c] > options.k || options.drop_small_classes) continue;
    const bool named = c < options.class_names.size();
    refuse("class ", named ? options.class_names[c] : std::to_string(c), " has ", count[c], " rows: ", options.k,
           " target neighbours need at least ", static_cast<std::uint64_t>(options.k) + 1);
  }
  if (classes < 2) {
    const auto largest = static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin());
    const bool named = largest < options.class_names.size();
    refuse("LMNN needs two classes of more than ", options.k, " rows: class ",
           named ? options.class_names[largest] : std::to_string(largest), " has ", count[largest], " of ", y.size());
  }
  std::vector<Index> rows;
  for (Index i = 0; i < static_cast<Index>(y.size()); ++i) {
    if (count[y[i]] > options.k) rows.push_back(i);
  }
  return rows;
}

/// The rows that triplets name; the triplets then name them by their places among these.
std::vector<Index> renumber(Triplets& triplets, Index n) {
  std::vector<Index> place(static_cast<std::size_t>(n), -1);
  for (const auto& [i, j, l] : triplets) place[i] = place[j] = place[l] = 0;
  const std::vector<Index> rows = number_in_place(place);
  for (auto& [i, j, l] : triplets) i = place[i], j = place[j], l = place[l];
  return rows;
}

/// The k rows of its class nearest to each row.
lmnn::RowLists targets_among(const MatrixRef& rows, const Labels& y, Index k, const Threads& threads) {
  const NeighborLists nearest = nearest_in_class(rows, y, k, threads);
  lmnn::RowLists lists;
  lists.other.assign(nearest.index.begin(), nearest.index.end());
  for (Index i = 1; i <= rows.rows(); ++i) lists.begin.push_back(i * k);
  return lists;
}

/// How many pairs a working set may hold: half a gigabyte and eight times the data, but no more than a quarter of the
/// memory at hand. A proof that is to be written has to be held whole.
lmnn::Room room_for(const MatrixRef& X, const Labels& y, const LmnnOptions& options) {
  const auto n = static_cast<double>(X.rows()), d = static_cast<double>(X.cols()), k = static_cast<double>(options.k);
  const double memory = memory_at_hand();
  const double pair = 64 + (options.want_dual ? 112 : 48) * k;  // bytes, with the multipliers of its triplets
  const double most = options.want_dual ? memory / 2 : std::min(memory / 4, 0x1p29 + 8 * sizeof(double) * n * d);
  std::vector<double> count(static_cast<std::size_t>(*std::max_element(y.begin(), y.end()) + 1));
  for (const int label : y) ++count[label];
  double unlike = 0;
  for (const double own : count) unlike += own * (n - own);
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

void warn(const lmnn::Fitted& fit, const LmnnOptions& options, LmnnResult& result) {
  std::ostringstream text;
  if (fit.ridge > 0) {
    text << "the scatter of the targets is singular: a ridge of " << fit.ridge << " times its mean diagonal was added";
    result.warnings.push_back(text.str());
  }
  if (fit.left_out.empty()) return;
  text.str("");
  text.precision(1);
  text << features_named(fit.left_out, options.feature_names) << " depend on others but for " << fit.left_out_share
       << " of their spread, too little to tell from rounding: the metric is 0 along that, and the bound is for such "
          "metrics";
  result.warnings.push_back(text.str());
}

LmnnResult result_of(lmnn::Fitted fit, const std::vector<Index>& rows, const LmnnOptions& options) {
  LmnnResult result{std::move(fit.metric), {}, {}, {}};
  const lmnn::Solution& solution = fit.solution;
  if (solution.measured) result.report.set("objective", solution.objective);
  result.report.set("bound", solution.proven());
  if (solution.measured) result.report.set("gap", solution.gap());
  result.report.set("iterations", solution.iterations);
  result.report.set("passes", solution.passes);
  if (solution.measured) result.report.set("active", solution.active);
  result.report.set("rank", result.metric.rank());
  result.report.set("converged", solution.converged);
  if (options.rank > 0) result.report.set("local_minimum", solution.local_minimum);
  result.report.set("ridge", fit.ridge);
  result.report.set("rows", static_cast<Index>(rows.size()));
  if (!fit.left_out.empty()) result.report.set("left_out", fit.left_out_directions);
  warn(fit, options, result);
  if (!options.want_dual) return result;
  for (const auto& [i, j, l, alpha] : solution.dual) result.dual.push_back({rows[i], rows[j], rows[l], alpha});
  return result;
}

/// The problem is over some rows of X: its row r is rows[r].
LmnnResult fit_problem(const MatrixRef& X, const std::vector<Index>& rows, const lmnn::Problem& problem,
                       const LmnnOptions& options, const Run& run) {
  if (static_cast<Index>(rows.size()) < X.rows()) return fit_problem(X(rows, Eigen::all), rows, problem, options, run);
  if (!options.diagonal) {
    const auto n = static_cast<double>(X.rows()), d = static_cast<double>(X.cols());
    require_memory(sizeof(double) * (16 * d * std::min(n, d) + 3 * n * d),
                   "LMNN over " + std::to_string(X.cols()) + " features");
  }
  return result_of(
      options.diagonal ? lmnn::fit_weights(X, problem, options, run) : lmnn::fit_matrix(X, problem, options, run), rows,
      options);
}

LmnnResult fit_classes(const MatrixRef& X, const Labels& y, const LmnnOptions& options, const Run& run) {
  const std::vector<Index> rows = usable_rows(y, options);
  Labels labels;
  for (const Index i : rows) labels.push_back(y[i]);
  const lmnn::Room room = room_for(X, labels, options);
  const MatrixRef space = options.target_space ? MatrixRef(*options.target_space) : X;
  const bool all = rows.size() == y.size();
  lmnn::RowLists targets = all ? targets_among(space, labels, options.k, run.threads)
                               : targets_among(space(rows, Eigen::all), labels, options.k, run.threads);
  const lmnn::NeighborProblem problem(labels, std::move(targets), options.push_weight, room);
  return fit_problem(X, rows, problem, options, run);
}

LmnnResult fit_listed(const MatrixRef& X, Triplets triplets, const LmnnOptions& options, const Run& run) {
  const std::vector<Index> rows = renumber(triplets, X.rows());
  const auto count = static_cast<Index>(triplets.size());
  const lmnn::TripletProblem problem(std::move(triplets), static_cast<Index>(rows.size()), options.push_weight);
  LmnnResult result = fit_problem(X, rows, problem, options, run);
  result.report.set("triplets", count);
  return result;
}

}  // namespace

LmnnResult fit_lmnn(const MatrixRef& X, const Labels& y, const LmnnOptions& options, const Run& run) {
  check(options);
  check(X, y, options);
  return lmnn::in_safe_units(X, options, [&](const MatrixRef& scaled, const LmnnOptions& in_units) {
    return fit_classes(scaled, y, in_units, run);
  });
}

LmnnResult fit_lmnn_triplets(const MatrixRef& X, Triplets triplets, const LmnnOptions& options, const Run& run) {
  check(options);
  check(X, options);
  check(triplets, X.rows());
  return lmnn::in_safe_units(X, options, [&](const MatrixRef& scaled, const LmnnOptions& in_units) {
    return fit_listed(scaled, std::move(triplets), in_units, run);
  });
}

}  // namespace maha
