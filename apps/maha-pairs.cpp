#include <algorithm>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "core/error.hpp"
#include "data/pairs/pairs.hpp"
#include "prepare/pairs/draw_pairs.hpp"
#include "prepare/pairs/pair_source.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-pairs", "Pairs of rows that are similar or not, by their labels: what metrics learn from.");
  std::string file = "-", output = "-";
  prepare::PairSource wanted;
  prepare::PreprocessingOptions preprocessing;
  app.input("file", file, "labelled CSV file; - is standard input");
  app.add(wanted);
  app.option("--seed", wanted.seed, "another seed, other pairs");
  app.add(preprocessing);
  app.output(output);
  cli::CsvInput input(app, app, data::LabelUse::required);
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-pairs --similar 100 --dissimilar 300 --seed 7 < datasets/iris.csv | awk 'NR <= 3'");
  app.example("maha-pairs --nearest 3 --standardize datasets/wdbc.csv -o near.csv");
  return app.run(argc, argv, [&] {
    prepare::check(wanted);
    prepare::check(preprocessing);
    if (preprocessing.any() && !wanted.nearest) {
      throw UsageError("--scale, --standardize, --kernel and --pca go with --nearest");
    }
    const data::Table table = input.read(file);
    if (wanted.nearest || wanted.dissimilar.value_or(wanted.count.value_or(0) / 2) > 0) cli::require_two_classes(table);
    const data::RowNames rows(table);
    Pairs drawn;
    if (wanted.all) {
      const prepare::PairCounts counts = prepare::count_pairs(table.y);
      app.note(std::to_string(counts.similar) + " similar and " + std::to_string(counts.dissimilar) +
               " dissimilar pairs");
    } else {
      drawn = cli::about(table.name, [&] { return wanted.draw(table.X, table.y, preprocessing, app.threads()); });
    }
    data::PairWriter writer(app.out(output), ",similar", rows, rows);
    const auto write = [&](const Pair& pair) { writer.write(pair, pair.similar ? ",1" : ",0"); };
    if (wanted.all) {
      prepare::for_each_pair(table.y, write);
    } else {
      std::for_each(drawn.begin(), drawn.end(), write);
    }
  });
}
