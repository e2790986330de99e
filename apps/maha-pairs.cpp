#include <algorithm>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "core/error.hpp"
#include "data/pairs/pairs.hpp"
#include "data/pairs/quadruplets.hpp"
#include "data/pairs/triplets.hpp"
#include "prepare/draw/draw_chunks.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "prepare/draw/draw_triplets.hpp"
#include "prepare/draw/set_source.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-pairs");
  std::string file = "-", output = "-";
  prepare::PairSource pairs;
  prepare::SetSource sets;
  prepare::PreprocessingOptions preprocessing;
  app.rows("file", file, "labelled CSV file; - is standard input");
  app.add(pairs);
  app.add(sets);
  app.option("--seed", pairs.seed, "another seed, others drawn");
  app.add(preprocessing);
  app.output(output);
  cli::CsvInput input(app, app, data::LabelUse::required);
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-pairs --similar 100 --dissimilar 300 --seed 7 < datasets/iris.csv | awk 'NR <= 3'");
  app.example("maha-pairs --nearest 3 --standardize datasets/wdbc.csv -o near.csv");
  app.example("maha-pairs --chunks 50 datasets/wine.csv | maha-rca --chunk chunk -o rca.json");

  const auto write_chunks = [&] {
    input.request.feature_use = data::FeatureUse::none;
    const data::Records records = data::read_records(*input.open(file, true), input.dialect());
    cli::warn_of_skipped(app, records.name, std::ssize(records.text), records.rows_read);
    cli::say_doubts(app, records);
    const Labels chunk = cli::about(records.name, [&] {
      return prepare::draw_chunks(records.label, *sets.chunks, sets.rows_of_chunk(), pairs.seed);
    });
    data::write_with_column(app.out(output), records, sets.column(), chunk, {});
  };
  const auto write_pairs = [&](const data::Table& table, const data::RowNames& rows) {
    Pairs drawn;
    if (pairs.all) {
      const auto [similar, dissimilar] = prepare::count_pairs(table.y);
      app.note(std::to_string(similar) + " similar and " + std::to_string(dissimilar) + " dissimilar pairs");
    } else {
      drawn = pairs.draw(table.X, table.y, preprocessing, app.threads());
    }
    data::PairWriter writer(app.out(output), ",similar", rows, rows);
    const auto write = [&](const Pair& pair) { writer.write(pair, pair.similar ? ",1" : ",0"); };
    if (pairs.all) return prepare::for_each_pair(table.y, write);
    std::for_each(drawn.begin(), drawn.end(), write);
  };
  return app.run(argc, argv, [&] {
    prepare::check(pairs, sets);
    prepare::check(preprocessing);
    if (preprocessing.any() && !pairs.nearest)
      throw UsageError("--scale, --standardize, --kernel and --pca go with --nearest");
    if (sets.chunks) return write_chunks();
    const data::Table table = input.read(file);
    const Index unlike = pairs.dissimilar.value_or(pairs.count.value_or(0) / 2);
    if (pairs.nearest || unlike > 0 || sets.chosen()) cli::require_two_classes(table, "no dissimilar pair");
    const data::RowNames rows(table);
    cli::about(table.name, [&] {
      if (sets.triplets) {
        const Triplets drawn = prepare::draw_triplets(table.y, *sets.triplets, pairs.seed);
        data::write_triplets(app.out(output), drawn, rows);
      } else if (sets.quadruplets) {
        const Quadruplets drawn = prepare::draw_quadruplets(table.y, *sets.quadruplets, pairs.seed);
        data::write_quadruplets(app.out(output), drawn, rows);
      } else {
        write_pairs(table, rows);
      }
    });
  });
}
