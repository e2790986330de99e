#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/pair_input.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/reports/center_distances.hpp"
#include "eval/pairs/pair_distances.hpp"
#include "eval/statistics/chi_squared.hpp"
#include "io/input.hpp"
#include "metric/spectrum.hpp"
#include "neighbors/distance.hpp"

using namespace maha;

namespace {

enum class To { center };

void write_to_center(cli::App& app, data::RowSource& rows, const data::Model& model, bool squared, io::Output& out) {
  const auto degrees = static_cast<double>(metric::numerical_rank(model.linear()));
  if (model.algorithm && *model.algorithm != "cov") {
    app.note("p-values hold for Gaussian rows if M is the inverse of their covariance; this M is of " +
             *model.algorithm);
  }
  const auto p_value = [=](double square) { return eval::chi_squared_p_value(square, degrees); };
  const Index skipped = data::write_center_distances(rows, model, {squared, p_value}, out, app.threads());
  if (skipped > 0) app.warn(rows.name() + ": " + std::to_string(skipped) + " rows skipped for missing values");
}

/// The distances of the pairs, and the values to write: these or their squares.
std::pair<Vector, Vector> distances_of(const cli::PairInput& in, bool squared, const Threads& threads) {
  const Vector distances = eval::pair_distances(in.A(), in.B(), in.list().pairs, threads);
  return {distances, squared ? Vector(distances.unaryExpr(&linalg::checked_square)) : distances};
}

void write_of_pairs(cli::App& app, const cli::PairInput& in, bool squared, io::Output& out) {
  const auto [distances, written] =
      cli::about(io::input_name(*in.pairs_file), [&] { return distances_of(in, squared, app.threads()); });
  const std::optional<double> threshold = in.model().threshold;
  const data::RowNames first = in.first_names(), second = in.second_names();
  data::PairWriter writer(out, threshold ? ",distance,same" : ",distance", first, second);
  for (Index p = 0; p < distances.size(); ++p) {
    std::string fields = ",";
    append_number(fields, written[p]);
    if (threshold) fields += distances[p] <= *threshold ? ",1" : ",0";
    writer.write(in.list().pairs[static_cast<std::size_t>(p)], fields);
  }
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-distance", "Distances of pairs of rows, or of each row to the model's center with its p-value.");
  std::string output = "-";
  std::optional<To> to;
  bool squared = false;
  cli::CsvInput input(app, app, data::LabelUse::optional);
  cli::PairInput pairs(app, input);
  app.choice("--to", to, {{"center", To::center}}, "measure each row from the model's center, in place of pairs");
  app.flag("--squared", squared, "write squared distances, as some other programs do");
  app.output(output);
  app.example("maha-cov datasets/wdbc.csv -o cov.json");
  app.example("maha-distance --to center -m cov.json datasets/wdbc.csv | awk -F, '$3 < 1e-20'");
  app.example("maha-distance -m cov.json --pairs <(printf '1,2\\n1,300\\n') datasets/wdbc.csv");
  return app.run(argc, argv, [&] {
    if (to.has_value() == pairs.pairs_file.has_value()) throw UsageError("give either --pairs FILE or --to center");
    if (to && !pairs.has_model()) throw UsageError("--to center needs a --model, whose center is meant");
    if (to && pairs.with_file) throw UsageError("--with goes with --pairs");
    pairs.read_model();
    if (!to) pairs.read_pairs(data::Answers::optional);
    io::Output& out = app.out(output);
    if (to) {
      write_to_center(app, *input.open(pairs.file, cli::learned_columns(pairs.model())), pairs.model(), squared, out);
    } else {
      write_of_pairs(app, pairs, squared, out);
    }
  });
}
