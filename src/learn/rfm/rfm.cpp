#include "learn/rfm/rfm.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "core/stratified.hpp"
#include "learn/learner.hpp"
#include "learn/rfm/kernel_machine.hpp"
#include "learn/rfm/outputs.hpp"
#include "learn/rfm/rounds.hpp"
#include "learn/small_model.hpp"
#include "linalg/units.hpp"

namespace maha::learn::rfm {
namespace {

constexpr double kSquaresOfCenters = 3;   // K, its factor, and a copy
constexpr double kSquaresOfFeatures = 6;  // L, S and what its factor takes
constexpr double kCopiesOfRows = 4;       // u in two orders, and before and after a round

void check_size(const MatrixRef& X, const RfmOptions& options) {
  const auto n = static_cast<double>(X.rows()), d = static_cast<double>(X.cols());
  const double m = std::min(n, static_cast<double>(options.centers)), r = std::min(n, d);
  const double beside = options.diagonal ? 0 : kSquaresOfFeatures * r * d;
  require_memory(sizeof(double) * (m * (kSquaresOfCenters * m + static_cast<double>(kBlock)) + beside +
                                   kCopiesOfRows * n * (options.diagonal ? d : r)),
                 "a kernel machine of " + std::to_string(X.rows()) + " rows, " + std::to_string(static_cast<Index>(m)) +
                     " of them centres, and " + std::to_string(X.cols()) + " features");
  if (!options.diagonal)
    require_small_model(static_cast<Index>(r), X.cols(), "M", "; --pca R or --diagonal makes it small");
}

/// All rows, those that are not held out first, and the number of these.
std::pair<std::vector<Index>, Index> train_first(const Labels& groups, const RfmOptions& options) {
  const std::vector<int> held = stratified_share(groups, options.validation, options.seed, 1);
  std::vector<Index> order(held.size());
  std::iota(order.begin(), order.end(), 0);
  const auto first_held = std::stable_partition(order.begin(), order.end(),
                                                [&](Index i) { return held[static_cast<std::size_t>(i)] == 0; });
  return {order, first_held - order.begin()};
}

}  // namespace

void declare(OptionList& all, RfmOptions& options) {
  all.number("--rounds", options.rounds, "regressions whose gradients make the next M, at most").at_least(1);
  all.number("--ridge", options.ridge, "of the regression in each round").above(0);
  all.number("--centers", options.centers, "compare with at most M rows, drawn at random", "M").at_least(2);
  all.flag("--diagonal", options.diagonal, "weights of features alone");
  all.number("--validation", options.validation, "share held out to see which round is the best", "SHARE")
      .at_least(0)
      .below(1);
  all.number("--seed", options.seed, "of the part held out and of the centers").unrecorded();
}

void describe(Hooks& hooks, RfmOptions&) {
  hooks.in_rounds = true;
  hooks.examples = {"maha-rfm --standardize datasets/wine.csv -o rfm.json",
                    "maha-rfm --standardize --target alcohol --drop class datasets/wine.csv -o alcohol.json",
                    "maha-rfm --diagonal --standardize datasets/wdbc.csv | maha-model weights"};
}

Fit fit_rfm(const Samples& samples, const RfmOptions& options, const Run& run) {
  check_ranges(options);
  const Outputs outputs = outputs_of(samples);
  check_size(samples.X, options);
  const double unit = linalg::unit_of_rows(samples.X);
  const Space all(samples.X, unit, options.diagonal, run.threads);

  // 1. The best round, by the rows held out.
  const auto [order, train] = train_first(outputs.groups, options);
  const char* const kChosen = "all rows";  // the stage that follows
  const bool chosen = Stage::saved(run.checkpoint, kChosen);
  Course course;
  if (!chosen)
    course = go_through_rounds(all.with_rows(order), outputs.Y(order, Eigen::all), train, options.rounds, options, run);

  // 2. As many over all rows: of small data every row counts.
  if (chosen || (!course.stopped && course.round > 0 && train < all.rows().rows())) {
    const Stage stage(run.checkpoint, kChosen, [&](State& state) { course.visit(state); });
    const Run untold{run.threads, {}, run.stop_asked, run.checkpoint};
    Course anew = go_through_rounds(all, outputs.Y, all.rows().rows(), course.round, options, untold);
    course.stopped = anew.stopped;
    if (!anew.stopped) {
      course.metric = std::move(anew.metric);
      course.bandwidth = anew.bandwidth;
    }
  }

  Fit fit;
  fit.metric = std::move(course.metric);
  fit.iterations = course.made;
  if (course.stopped) fit.converged = false;
  fit.seed = options.seed;
  fit.extras.set("round", course.round);
  if (!course.errors.empty()) fit.extras.set("validation", course.errors);
  if (course.bandwidth > 0) fit.extras.set("bandwidth", course.bandwidth * unit);
  return fit;
}

}  // namespace maha::learn::rfm
