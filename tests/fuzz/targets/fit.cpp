#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/text/number.hpp"
#include "data/model/model.hpp"
#include "data/model/model_json.hpp"
#include "fuzz.hpp"
#include "learn/table.hpp"

namespace maha::fuzz {
namespace {

using learn::From;
using learn::Learner;

constexpr std::size_t kMostRows = 12, kMostColumns = 5, kMostOptions = 4;
constexpr Index kIterations = 40;

/// A number: mostly a small one, seldom any that is finite.
double number_from(Choices& choices) {
  const std::uint8_t first = choices.byte();
  if (first < 250) return static_cast<double>(first) - '0';
  std::uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | choices.byte();
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  return std::isfinite(number) ? number : 0;
}

Matrix rows_from(Choices& choices) {
  static constexpr double kUnits[] = {1, 1, 1e-3, 1e3, 0, 1e8, 1e-12, 1e150, 1e-150, 1e300, 1e-300, 5e-324};
  static constexpr double kOrigins[] = {0, 0, 1, 1e6, 1e300, 1e-300};
  const auto n = static_cast<Index>(1 + choices.below(kMostRows));
  const auto d = static_cast<Index>(1 + choices.below(kMostColumns));
  RowVector units(d), origins(d);
  for (Index j = 0; j < d; ++j) units(j) = choices.of(kUnits), origins(j) = choices.of(kOrigins);
  Matrix X(n, d);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < d; ++j) {
      X(i, j) = number_from(choices) * units(j) + origins(j);
      if (!std::isfinite(X(i, j))) X(i, j) = origins(j);
    }
  }
  return X;
}

/// Classes in the order of their names, each of which occurs.
Labels labels_from(Choices& choices, Index n) {
  const std::size_t classes = 1 + choices.below(4);
  std::vector<std::size_t> names;
  for (Index i = 0; i < n; ++i) names.push_back(choices.below(classes));
  std::vector<int> id(classes, 0);
  int next = 0;
  for (std::size_t c = 0; c < classes; ++c) {
    if (std::find(names.begin(), names.end(), c) != names.end()) id[c] = next++;
  }
  Labels y;
  for (const std::size_t name : names) y.push_back(id[name]);
  return y;
}

/// Two rows that differ, of n.
std::pair<Index, Index> two_rows(Choices& choices, Index n) {
  const auto count = static_cast<std::size_t>(n);
  const std::size_t i = choices.below(count), step = 1 + choices.below(count - 1);
  return {static_cast<Index>(i), static_cast<Index>((i + step) % count)};
}

/// What goes with the rows, as files that say it hold it.
void add_pairs(learn::Samples& samples, Choices& choices) {
  const std::size_t count = 1 + choices.below(12);
  for (std::size_t p = 0; p < count; ++p) {
    const auto [i, j] = two_rows(choices, samples.X.rows());
    samples.pairs.push_back({i, j, choices.flag()});
  }
}

void add_triplets(learn::Samples& samples, Choices& choices) {
  const std::size_t count = 1 + choices.below(12);
  for (std::size_t t = 0; t < count; ++t) {
    const auto [i, j] = two_rows(choices, samples.X.rows());
    const auto l = static_cast<Index>(choices.below(static_cast<std::size_t>(samples.X.rows())));
    if (l != i && l != j) samples.triplets.push_back({i, j, l});
  }
}

void add_quadruplets(learn::Samples& samples, Choices& choices) {
  const std::size_t count = 1 + choices.below(12);
  for (std::size_t q = 0; q < count; ++q) {
    const auto [i, j] = two_rows(choices, samples.X.rows());
    const auto [k, l] = two_rows(choices, samples.X.rows());
    const bool same = std::minmax(i, j) == std::minmax(k, l);
    if (!same) samples.quadruplets.push_back({i, j, k, l, choices.flag() ? 0.5 : 1});
  }
}

/// Whether there is now all that such a learner needs.
bool add_what_is_wanted(learn::Samples& samples, From from, Choices& choices) {
  const Index n = samples.X.rows();
  const bool labels = from == From::labels || (from != From::pairs && from != From::target && choices.flag());
  if (from == From::rows) return true;
  if (from == From::target || (from == From::labels_or_target && !labels)) {
    samples.target.resize(n);
    for (Index i = 0; i < n; ++i) samples.target(i) = number_from(choices);
    return true;
  }
  if (labels) {
    samples.y = labels_from(choices, n);
    return true;
  }
  if (n < 2) return false;
  if (from == From::pairs || from == From::labels_or_pairs) add_pairs(samples, choices);
  if (from == From::labels_or_triplets) add_triplets(samples, choices);
  if (from == From::labels_or_quadruplets) add_quadruplets(samples, choices);
  if (from == From::labels_or_chunks) {
    for (Index i = 0; i < n; ++i) samples.chunks.push_back(static_cast<int>(choices.below(4)) - 1);
  }
  return !(samples.pairs.empty() && samples.triplets.empty() && samples.quadruplets.empty() && samples.chunks.empty());
}

/// Some options, with values that they may have or not; what takes long gets little to do.
void set_options(Learner& learner, Choices& choices) {
  static constexpr const char* kValues[] = {"1", "2", "0", "0.5", "3", "1e-9", "-1", "1e-300", "1e300", "7", "true"};
  auto& all = learner.options().options();
  const std::size_t count = choices.below(kMostOptions);
  for (std::size_t o = 0; o < count; ++o) {
    Option& option = all[choices.below(all.size())];
    std::string value = choices.of(kValues);
    const std::string kind = option.kind();
    if (kind == "FILE" || kind == "MODEL") continue;
    if (kind.find('|') != std::string::npos) {  // words to choose from
      const std::size_t words = static_cast<std::size_t>(std::count(kind.begin(), kind.end(), '|')) + 1;
      std::size_t begin = 0;
      for (std::size_t skip = choices.below(words); skip > 0; --skip) begin = kind.find('|', begin) + 1;
      value = kind.substr(begin, kind.find('|', begin) - begin);
    }
    if (value == "FILE") continue;
    tell("--" + option.long_name() + " " + value);
    option.set(value);
  }
  for (Option& option : all) {
    for (const char* const long_work : {"epochs", "passes", "starts", "batches"}) {
      if (option.long_name() == long_work) option.set("2");
    }
  }
  learner.check();
}

std::string text_of(std::initializer_list<Index> numbers) {
  std::string text;
  for (const Index number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

/// A row as it would be in a file.
std::string line_of(const learn::Samples& samples, Index i) {
  const auto at = static_cast<std::size_t>(i);
  std::string line;
  for (const double x : samples.X.row(i)) line += format_number(x) + ",";
  if (!samples.y.empty()) return line + std::to_string(samples.y[at]);
  if (!samples.chunks.empty()) return line + std::to_string(samples.chunks[at]);
  return samples.target.size() > 0 ? line + format_number(samples.target(i)) : line;
}

/// A fit as a tool writes it.
data::Model model_of(const learn::Lesson& lesson) {
  data::Model model;
  model.metric = lesson.fit.metric;
  if (lesson.fit.center.size() > 0) model.center = lesson.fit.center.transpose();
  model.parameters = lesson.parameters;
  model.objective = lesson.fit.objective;
  model.bound = lesson.fit.bound;
  model.gap = lesson.fit.gap;
  model.iterations = lesson.fit.iterations;
  model.converged = lesson.fit.converged;
  model.other = lesson.fit.extras;
  return model;
}

void check(const Learner& learner, const learn::Lesson& lesson) {
  const learn::Fit& fit = lesson.fit;
  std::string text, again;
  require(done([&] { text = data::format_model(model_of(lesson)); }), "a model that was fitted is finite");
  tell(text);
  std::vector<std::string> notes;
  require(done([&] { again = data::format_model(data::parse_model(text, &notes)); }),
          "a model is positive semidefinite");
  require(text == again && notes.empty(), "a model that was fitted is read as it was written");
  require(!fit.gap || *fit.gap >= -1e-9, "a gap is not negative");
  const bool proven = fit.gap && fit.converged && *fit.converged && learner.tolerance() > 0 && !fit.local_minimum;
  require(!proven || *fit.gap <= learner.tolerance(), "a fit that has converged is as near as was asked for");
}

}  // namespace

void fit(std::string_view input) {
  static const std::vector<std::string> names = learn::learner_names();
  Choices choices(input);
  const std::string& name = names[choices.below(names.size())];
  const auto learner = learn::make_learner(name);
  tell(name);
  if (learner->from() == From::nothing) return;
  if (!done([&] { set_options(*learner, choices); })) return;
  learn::Samples samples;
  samples.X = rows_from(choices);
  if (!add_what_is_wanted(samples, learner->from(), choices)) return;

  for (Index i = 0; i < samples.X.rows(); ++i) tell(line_of(samples, i));
  for (const auto& [i, j, similar] : samples.pairs) tell(text_of({i, j, similar}));

  Run run;
  run.progress = [](const Progress& state) { return state.iteration < kIterations; };
  learn::Lesson lesson;
  const auto work = [&] { lesson = learner->learn(std::move(samples), run, 1); };
  if (done(work)) check(*learner, lesson);
}

}  // namespace maha::fuzz
