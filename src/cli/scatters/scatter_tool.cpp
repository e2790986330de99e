#include "cli/scatters/scatter_tool.hpp"

#include <utility>

#include "cli/about.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "data/scatters/combine.hpp"
#include "io/input.hpp"

namespace maha::cli {

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
  subtract.input("all", all_, "statistics");
  subtract.require("all");
  subtract.input("part", part_, "statistics of rows that are among those");
  subtract.require("part");
  subtract
      .option("--digits", digits_,
              "refuse to write where rounding leaves a variance fewer digits; 0 accepts everything", "N")
      .within(0, 15);
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
  const data::ScatterFile file = read(file_);
  app_.out(output_).write(json_ ? data::scatter_json(file) : data::scatter_lines(file));
}

void ScatterTool::merge() {
  const std::string first = io::input_name(files_.front());
  data::ScatterFile all = read(files_.front());
  for (std::size_t k = 1; k < files_.size(); ++k) {
    const std::string name = io::input_name(files_[k]);
    const std::size_t twice = about(name, [&] { return data::add(all, read(files_[k]), first); });
    if (twice > 0)
      app_.warn(name + ": " + counted(twice, "part") + " of it came before: " + (twice == 1 ? "its" : "their") +
                " rows count twice");
  }
  data::write_scatters(app_.out(output_), all);
}

void ScatterTool::subtract() {
  data::ScatterFile rest = read(all_);
  const std::string all = io::input_name(all_), part = io::input_name(part_);
  const auto [were_added, left] = about(part, [&] {
    const bool added = data::subtract(rest, read(part_), all);
    return std::pair(added, data::left_by_rounding(rest));
  });
  const std::string digits = data::text(left, rest);
  if (left.digits < digits_)
    throw InputError(part + ": " + digits + ": fit to the rows anew, or accept that with --digits");
  if (!were_added)
    app_.note(part + " was not added to " + all + " as a part: nothing tells whether its rows are in it");
  app_.note(digits);
  for (const std::string& doubt : data::doubts_of(left, rest)) app_.warn(doubt);
  data::write_scatters(app_.out(output_), rest);
}

}  // namespace maha::cli
