#include "cli/scatters/scatter_tool.hpp"

#include <cmath>
#include <map>

#include "cli/about.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/model/model_json.hpp"
#include "data/scatters/combine.hpp"
#include "io/input.hpp"
#include "io/text/report_text.hpp"

namespace maha::cli {
namespace {

std::string feature_of(const data::ScatterFile& file, Index j) {
  const std::string number = "feature " + std::to_string(j + 1);
  return file.features.empty() ? number : number + " (" + printable(file.features[static_cast<std::size_t>(j)]) + ")";
}

}  // namespace

ScatterTool::ScatterTool(App& app) : app_(app) {
  Options& show = app.command("show", "what rows the statistics are of", [this] { this->show(); });
  show.input("file", file_, "statistics; - is standard input");
  show.output(output_);
  show.flag("--json", json_, "as one JSON object on one line");

  Options& merge = app.command("merge", "add up the statistics of parts, in any order", [this] { this->merge(); });
  merge.files("files", files_, "statistics of parts that have no row in common; - is standard input");
  merge.require("files");
  merge.output(output_);

  Options& subtract = app.command("subtract", "take a part away: a fold, or rows that must not count any more",
                                  [this] { this->subtract(); });
  subtract.input("all", file_, "statistics");
  subtract.require("all");
  subtract.input("part", part_, "statistics of rows that are among those");
  subtract.require("part");
  subtract.option("--digits", digits_, "refuse to write what has fewer digits left", "N").within(0, 15);
  subtract.output(output_);

  app.example("maha-cov --stats datasets/wine.csv | maha-stats show");
  app.example("maha-cov --stats datasets/wine.csv -o all.stats");
  app.example("head -60 datasets/wine.csv | maha-cov --stats -o part.stats");
  app.example("maha-stats subtract all.stats part.stats -o rest.stats");
  app.example("maha-stats merge rest.stats part.stats | maha-lda --from - -o lda.json");
}

data::ScatterFile ScatterTool::read(const std::string& path) {
  app_.about_to_read(path);
  return about(io::input_name(path), [&] { return data::parse_scatters(io::read_all(path)); });
}

void ScatterTool::show() {
  const Report report = data::summarize(read(file_));
  app_.out(output_).write(json_ ? data::format_report(report) + "\n" : io::format_lines(report));
}

void ScatterTool::merge() {
  const std::string first = io::input_name(files_.front());
  data::ScatterFile all = read(files_.front());
  std::map<std::string, std::string> names{{all.checksum, first}};
  for (std::size_t k = 1; k < files_.size(); ++k) {
    const std::string name = io::input_name(files_[k]);
    data::ScatterFile part = read(files_[k]);
    const auto [same, is_new] = names.emplace(part.checksum, name);
    if (!is_new) app_.warn(same->second + " and " + name + " are the same: their rows count twice");
    about(name, [&] { data::add(all, std::move(part), first); });
  }
  data::write_scatters(app_.out(output_), all);
}

void ScatterTool::subtract() {
  data::ScatterFile rest = read(file_);
  const std::string part = io::input_name(part_);
  const data::Left left = about(part, [&] { return data::subtract(rest, read(part_), io::input_name(file_)); });
  const std::string least = io::short_number(std::floor(left.digits * 10) / 10, 3) +
                            " digits are left of the variance of " + feature_of(rest, left.feature);
  if (left.digits < digits_)
    throw InputError(part + ": " + least + ": fit to the rows anew, or accept that with --digits");
  app_.note(least);
  data::write_scatters(app_.out(output_), rest);
}

}  // namespace maha::cli
