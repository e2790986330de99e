#include "cli/learner/scatter_mode.hpp"

#include <algorithm>

#include "cli/about.hpp"
#include "cli/learner/about_features.hpp"
#include "core/error.hpp"
#include "data/scatters/rounding.hpp"
#include "data/scatters/scatter_file.hpp"
#include "data/table/utf8.hpp"
#include "io/input.hpp"
#include "learn/scatters/gathering.hpp"
#include "learn/scatters/scatters.hpp"

namespace maha::cli {
namespace {

/// The learner's option of this name, without dashes, or nullptr.
const Option* find_option(learn::Learner& learner, const std::string& name) {
  const auto& all = learner.options().options();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Option& of) { return of.is_called(name); });
  return found == all.end() ? nullptr : &*found;
}

learn::Scatters scatters_of(const data::ScatterFile& file) {
  const auto* pairs = file.pairs ? &*file.pairs : nullptr;
  return learn::scatters_of(file.sums(), file.labeled, pairs ? &pairs->similar : nullptr,
                            pairs ? &pairs->dissimilar : nullptr);
}

}  // namespace

void ScatterMode::declare(std::string& file) {
  file_ = &file;
  if (learner_.takes_scatters())
    app_.input_instead("--from", from_, file,
                       std::string("in place of rows") + (learner_.wants_pairs() ? " and pairs" : "") +
                           ": their statistics, as maha-cov --stats writes them",
                       "STATS");
  if (learner_.hooks().writes_scatters)
    app_.flag("--stats", stats_,
              "write statistics of the rows in place of a model: by class, and of --pairs; maha-stats adds them up");
}

Fitted ScatterMode::fit() const {
  if (!file_->empty()) throw UsageError("--from stands for rows: no file of rows goes with it");
  for (const std::string& name : app_.given_beside({"--from", "--output"})) {
    if (find_option(learner_, name.substr(name.find_first_not_of('-')))) continue;
    throw UsageError("--from goes without " + name + ": it stands for rows that were read before");
  }
  std::string needs = learner_.hooks().needs_rows ? learner_.hooks().needs_rows() : "";
  if (learner_.preprocessing.kernel.any()) needs = "--kernel";
  if (learner_.preprocessing.scale == prepare::Scale::minmax) needs = "--scale minmax";
  if (!needs.empty()) throw UsageError("--from goes without " + needs + ", which needs the rows themselves");

  app_.about_to_read(*from_);
  const std::string name = io::input_name(*from_);
  return about(name, [&] {
    const data::ScatterFile file = data::parse_scatters(io::read_all(*from_));
    const Option* const ridge = find_option(learner_, "ridge");
    const bool guarded = learner_.preprocessing.pca > 0 || (ridge && ridge->given());
    for (const std::string& doubt : data::doubts_of(file, guarded)) app_.warn(name + ": " + doubt);
    const data::Columns columns = file.columns();
    return about_features(columns, [&] {
      return fitted(learner_, learner_.learn(scatters_of(file), {app_.threads(), {}, {}}), columns, {}, file.rows());
    });
  });
}

void ScatterMode::check(const CsvInput& input) const {
  for (const Option& option : learner_.options().options()) {
    if (option.given())
      throw UsageError("--stats goes without " + option.names() +
                       ": it sums up the rows as they are, and options of a fit are given to the fit");
  }
  if (input.fills_missing())
    throw UsageError("--stats goes without --missing mean: parts would be filled by means of their own");
}

void ScatterMode::sum_up(CsvInput& input, const std::string& path, const std::string& output) const {
  const std::unique_ptr<data::RowSource> rows = input.open(path);
  data::require_utf8_names(rows->columns(), rows->name());
  std::vector<std::string> classes;
  const NextRows next = labeled_rows(app_, *rows, input.dialect(), &classes);
  about(rows->name(), [&] {
    learn::ScatterGathering gathering(app_.threads());
    Labels y;
    for (Matrix X; next(X, y);) gathering.add(X, y);
    auto sums = about_features(rows->columns(), [&] { return gathering.finish(); });
    data::write_scatters(app_.out(output), data::scatter_file(rows->columns(), std::move(sums), classes));
  });
}

void ScatterMode::sum_up(data::Table table, const Pairs& pairs, const std::string& output) const {
  data::require_utf8_names(table.columns, table.name);
  about(table.name, [&] {
    learn::ScatterGathering gathering(app_.threads());
    gathering.add(table.X, table.y);
    auto sums = about_features(table.columns, [&] { return gathering.finish(); });
    data::ScatterFile::PairSums of_pairs{learn::difference_sums(table.X, pairs, true, app_.threads()),
                                         learn::difference_sums(table.X, pairs, false, app_.threads())};
    data::write_scatters(app_.out(output),
                         data::scatter_file(table.columns, std::move(sums), table.classes, std::move(of_pairs)));
  });
}

}  // namespace maha::cli
