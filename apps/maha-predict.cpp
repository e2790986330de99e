#include <numeric>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/reference_rows.hpp"
#include "cli/knn/regression_choice.hpp"
#include "core/error.hpp"
#include "data/reports/predicted_records.hpp"
#include "data/words.hpp"
#include "eval/knn/class_means.hpp"
#include "neighbors/index.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-predict");
  std::optional<std::string> path;
  std::string output = "-";
  std::optional<Index> asked_k;
  std::optional<eval::Votes> asked_votes;
  bool centroids = false;
  app.rows("new", path, "CSV file of the rows to label, with or without a label column; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::required, data::FeatureUse::read, cli::Asked::label_or_target,
                      cli::LabelFiles::two);
  cli::ReferenceRows reference(app, input);
  app.option("-k,--neighbors", asked_k, "neighbours that vote (default: 3)", "K");
  app.choice("--votes", asked_votes, data::kVoteWords,
             "on a tie, lower k until one class leads (default), or take the lowest label; or weight by 1/distance");
  cli::RegressionChoice regression(app, input);
  app.flag("--centroids", centroids, "take the class with the nearest mean instead");
  app.output(output);
  app.writes("predicted", "the label that most of the k nearest training rows have; with --regress their mean target");
  app.writes("vote_share", "share of the k votes for it, or of the weights of --votes weighted; not with --regress");
  app.example("cut -d, -f1-4 datasets/iris.csv | maha-predict --train datasets/iris.csv | head -4");
  app.example(
      "maha-predict --regress -k 10 --standardize --train datasets/diabetes.csv datasets/diabetes.csv | tail -3");
  app.example("maha-cov --within datasets/wine.csv -o within.json");
  app.example("maha-predict -m within.json --centroids --train datasets/wine.csv datasets/wine.csv | tail -3");
  return app.run(argc, argv, [&] {
    if (centroids && (asked_k || asked_votes)) throw UsageError("--centroids goes without -k and --votes");
    const bool regress = regression.asked(asked_votes);
    if (centroids && regress) throw UsageError("--centroids: of classes, goes without --regress");
    const Index k = centroids ? 1 : asked_k.value_or(3);
    cli::ReferenceRows::check_k(k);
    data::Table train = reference.read(path.value_or("-"));
    cli::ReferenceRows::check_k(k, train, false);
    SharedRows rows = reference.map(train);
    if (centroids) {
      rows = eval::class_means(rows, train.y, static_cast<int>(train.classes.size()));
      train.y.resize(train.classes.size());
      std::iota(train.y.begin(), train.y.end(), 0);
    }
    const neighbors::NeighborIndex index(std::move(rows), app.threads());
    data::PredictedRecords records(app.out(output), train.classes);
    data::PredictedNumbers numbers(app.out(output));
    reference.stream(path.value_or("-"), train, true, [&](const data::RowSource& source, const data::RowBlock& block) {
      const neighbors::NeighborLists neighbors = index.nearest(block.X, k, app.threads());
      if (regress) {
        const auto averaging = cli::RegressionChoice::averaging(asked_votes);
        return numbers.write(source, block, eval::knn_means(neighbors, train.target, {k}, averaging).front());
      }
      records.write(source, block,
                    eval::knn_vote(neighbors, train.y, {k}, asked_votes.value_or(eval::Votes::shrink)).front());
    });
  });
}
