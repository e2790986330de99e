#include <algorithm>

#include "cli/app.hpp"
#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/pairs.hpp"
#include "learn/draw_pairs.hpp"
#include "learn/preprocessing.hpp"

using namespace maha;

namespace {

struct Wanted {
  std::optional<Index> count, similar, dissimilar, nearest;
  bool all = false;
  std::uint64_t seed = 1;
  PreprocessingOptions preprocessing;

  void check() const {
    const bool by_kind = similar || dissimilar;
    if (count.has_value() + by_kind + nearest.has_value() + all != 1) {
      throw UsageError("give one of --count N, --similar N with --dissimilar N, --nearest K, or --all");
    }
    if (preprocessing.any() && !nearest) throw UsageError("--scale, --standardize and --pca go with --nearest");
    if (count && *count < 1) throw UsageError("--count: must be at least 1");
    if (nearest && *nearest < 1) throw UsageError("--nearest: must be at least 1");
    if (similar.value_or(0) < 0 || dissimilar.value_or(0) < 0) throw UsageError("a number of pairs must be at least 0");
  }

  Pairs draw(const Table& table, const Threads& threads) const {
    if (!nearest) {
      const Index half = count.value_or(0) / 2;
      return draw_pairs(table.y, similar.value_or(count.value_or(0) - half), dissimilar.value_or(half), seed);
    }
    return nearest_pairs(fit_preprocessing(table.X, preprocessing, threads).apply(table.X, threads), table.y, *nearest,
                         threads);
  }
};

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-pairs", "Pairs of rows that are similar or not, by their labels: what metrics learn from.");
  std::string file = "-", output = "-";
  Wanted wanted;
  app.option("file", file, "labelled CSV file; - is standard input", "FILE");
  app.option("--count", wanted.count, "draw N pairs, half of them similar");
  app.option("--similar", wanted.similar, "draw so many similar pairs");
  app.option("--dissimilar", wanted.dissimilar, "draw so many dissimilar pairs");
  app.option("--nearest", wanted.nearest, "of each row, its K nearest of its own class and K nearest of others", "K");
  app.flag("--all", wanted.all, "every pair of rows");
  app.option("--seed", wanted.seed, "another seed, other pairs");
  cli::preprocessing_options(app, wanted.preprocessing);
  app.output(output);
  cli::CsvInput input(app, app, LabelUse::required);
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-pairs --similar 100 --dissimilar 300 --seed 7 < datasets/iris.csv | awk 'NR <= 3'");
  app.example("maha-pairs --nearest 3 --standardize datasets/wdbc.csv -o near.csv");
  return app.run(argc, argv, [&] {
    wanted.check();
    const Table table = input.read(file);
    const RowNames rows(table);
    Pairs drawn;
    if (wanted.all) {
      const PairCounts counts = count_pairs(table.y);
      app.note(std::to_string(counts.similar) + " similar and " + std::to_string(counts.dissimilar) +
               " dissimilar pairs");
    } else {
      drawn = wanted.draw(table, app.threads());
    }
    Output out(output);
    PairWriter writer(out, ",similar", rows, rows);
    const auto write = [&](const Pair& pair) { writer.write(pair, pair.similar ? ",1" : ",0"); };
    if (wanted.all) {
      for_each_pair(table.y, write);
    } else {
      std::for_each(drawn.begin(), drawn.end(), write);
    }
    out.commit();
  });
}
