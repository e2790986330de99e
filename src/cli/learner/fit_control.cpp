#include "cli/learner/fit_control.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/interrupt.hpp"
#include "core/text/number.hpp"
#include "core/text/rounded.hpp"
#include "io/text/csv_writer.hpp"
#include "io/text/report_text.hpp"

namespace maha::cli {
namespace {

constexpr int kNotConverged = 3;

/// Calls use(name, number) for each number of a report.
template <class Use>
void for_each_number(const Report& report, Use&& use) {
  for (const auto& [key, value] : report.entries()) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) use(key, static_cast<double>(*whole));
    if (const auto* number = std::get_if<double>(&value)) use(key, *number);
  }
}

/// The same for everything that a fit reports about an iteration.
template <class Use>
void for_each_number(const Progress& state, Use&& use) {
  use("iteration", static_cast<double>(state.iteration));
  if (state.objective) use("objective", *state.objective);
  if (state.bound) use("bound", *state.bound);
  if (state.gap) use("gap", *state.gap);
  for_each_number(state.others, use);
}

/// "iteration 120, objective 23510, gap 6.8e-04, 4.2 s"
std::string summary(const Progress& state, double seconds) {
  std::string text;
  for_each_number(state, [&](const std::string& name, double number) {
    text += name + " " + io::short_number(number, name == "gap" ? 2 : 6) + ", ";
  });
  return text + io::fixed_number(seconds, 1) + " s";
}

}  // namespace

FitControl::FitControl(App& app, LiveLine& line) : app_(app), checkpoint_file_(app), line_(line) {
  app.option("--max-seconds", max_seconds_, "stop the fit after this time, with the best model so far", "SECONDS")
      .above(0);
  app.flag("--require-converged", require_converged_, "exit with 3 unless the fit has converged");
  app.output("--trace", trace_path_, "write what each iteration has come to, as CSV");
}

Run FitControl::run(const Pace& pace, const std::function<std::string()>& data) {
  if (trace_path_) trace_ = &app_.out(*trace_path_);
  pace_ = pace;
  listen_for_interrupt();
  line_.start();
  if (checkpoint_file_.asked()) go_on_from(checkpoint_file_.open(data()));
  return {app_.threads(), [this](const Progress& state) { return follow(state); }, [this] { return stop_asked(); },
          checkpoint_, &app_.ranks()};
}

/// The trace goes on too, as one of all runs.
void FitControl::go_on_from(Checkpoint& checkpoint) {
  checkpoint_ = &checkpoint;
  stage_.emplace(checkpoint_, "run", [this](State& state) { visit(state); });
  if (!stage_->restored()) return;
  app_.note("goes on from iteration " + std::to_string(iteration_) + " of an earlier run");
  if (!trace_) traced_text_.clear();
  traced_ = !traced_text_.empty();
  if (traced_) trace_->write(traced_text_);
}

void FitControl::visit(State& state) {
  double passed = seconds();
  state(iteration_, passed, traced_text_);
  if (state.reads()) seconds_before_ = passed;
}

bool FitControl::follow(const Progress& state) {
  iteration_ = state.iteration;
  if (trace_) trace(state, seconds());
  if (line_.due()) show(state, seconds());
  return !stop_asked();
}

/// What the fit does once it was told to stop is not what it would do in a longer run. Of several ranks the first says.
bool FitControl::stop_asked() const {
  bool stop = interrupt() != 0 || (max_seconds_ && line_.seconds() >= *max_seconds_);
  app_.ranks().broadcast(&stop, 1, 0);
  if (stop && checkpoint_) checkpoint_->close();
  return stop;
}

void FitControl::show(const Progress& state, double seconds) {
  line_.show(line_.live() ? live_fields(state, seconds) : std::vector<std::string>{summary(state, seconds)});
}

/// In the order that matters to whoever waits, since a narrow terminal shows the first ones only: how far the fit has
/// come, how long it will take, how it goes on, and then what is of interest to one who knows the method.
std::vector<std::string> FitControl::live_fields(const Progress& state, double seconds) {
  std::vector<std::string> fields;
  const std::string count = (pace_.epochs ? pace_.each : "iteration") + " " + std::to_string(state.iteration) +
                            (pace_.epochs ? " of " + std::to_string(*pace_.epochs) : "");
  const auto add = [&fields](const std::string& name, double number) {
    fields.push_back(name + " " + rounded(number));
  };
  fields.push_back(state.gap ? "gap " + rounded(*state.gap, 2) : count);
  if (const std::string left = time_left(state, seconds); !left.empty()) fields.push_back(left);
  if (state.gap) fields.push_back(count);
  if (state.objective) add("objective", *state.objective);
  fields.push_back("after " + duration(seconds));
  if (state.bound) add("bound", *state.bound);
  for_each_number(state.others, add);
  return fields;
}

/// "about 12 s left"; "at most" if something else may end the fit earlier; nothing while nothing is known.
std::string FitControl::time_left(const Progress& state, double seconds) {
  const double likely = seconds_to_tolerance(state.gap.value_or(0), seconds);
  double most = max_seconds_ ? *max_seconds_ - line_.seconds() : std::numeric_limits<double>::infinity();
  if (pace_.epochs && state.iteration > 0) {
    const Index to_go = *pace_.epochs - state.iteration;
    most = std::min(most, seconds * static_cast<double>(to_go) / static_cast<double>(state.iteration));
  }
  const bool known = likely > 0 && likely <= most;
  const double left = known ? likely : most;
  return left >= 1 && std::isfinite(left) ? (known ? "about " : "at most ") + duration(left) + " left" : "";
}

/// Assuming that the gap keeps falling geometrically at its present rate; 0 while nothing is known.
double FitControl::seconds_to_tolerance(double gap, double seconds) {
  if (first_gap_ == 0) {
    first_gap_ = gap;
    first_seconds_ = seconds;
  }
  if (!(gap > pace_.tolerance && gap < first_gap_)) return 0;
  return (seconds - first_seconds_) * std::log(gap / pace_.tolerance) / std::log(first_gap_ / gap);
}

void FitControl::trace(const Progress& state, double seconds) {
  std::string header, line;
  for_each_number(state, [&](const std::string& name, double number) {
    header += name + ",";
    append_number(line, number);
    line += ',';
  });
  append_number(line, seconds);
  const std::string text = (traced_ ? "" : header + "seconds\n") + line + "\n";
  traced_ = true;
  trace_->write(text);
  if (checkpoint_) traced_text_ += text;
  trace_->hand_over();  // to whoever follows the fit
}

bool FitControl::at_limit(const learn::Fit& fit) const {
  return pace_.limit && fit.iterations && *fit.iterations >= *pace_.limit;
}

/// Not by a limit: a longer fit would come to the same, converged or not.
bool FitControl::ended_by_itself(const learn::Fit& fit) const {
  if (fit.converged.value_or(true) || fit.local_minimum) return true;
  return !stop_asked() && !at_limit(fit);
}

void FitControl::finish(const learn::Fit& fit) {
  line_.clear();
  const bool reached = fit.converged.value_or(true);
  stage_.reset();
  const bool ended = ended_by_itself(fit);
  if (!ended) checkpoint_file_.keep(at_limit(fit));
  if (!reached) {
    app_.note((fit.local_minimum ? "ended in a local minimum, not proven the best" : "stopped before it converged") +
              (fit.gap ? ", at a gap of " + rounded(*fit.gap) : ""));
  }
  app_.commit();
  if (ended) checkpoint_file_.remove();
  int signal = interrupt();
  app_.ranks().broadcast(&signal, 1, 0);
  if (signal != 0) throw Exit{128 + signal};
  if (!reached && require_converged_) throw Exit{kNotConverged};
}

}  // namespace maha::cli
