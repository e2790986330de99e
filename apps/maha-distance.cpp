#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/help/outputs.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/pair_input.hpp"
#include "core/error.hpp"
#include "data/reports/center_distances.hpp"
#include "eval/pairs/pair_distances.hpp"
#include "eval/statistics/chi_squared.hpp"
#include "io/input.hpp"
#include "metric/spectrum.hpp"
#include "neighbors/distance.hpp"

using namespace maha;

namespace {

enum class To { center };

/// What M is in place of the inverse covariance of all rows; "" if it is that, or the model does not say.
std::string other_than_covariance(const data::Model& model) {
  if (!model.algorithm) return "";
  if (*model.algorithm != "cov") return *model.algorithm;
  for (const char* option : {"within", "ridge", "shrinkage"}) {
    if (model.parameters.find(option)) return std::string("cov --") + option;
  }
  return "";
}

void write_to_center(cli::App& app, data::RowSource& rows, const data::Model& model, data::CenterDistances options,
                     io::Output& out) {
  const auto degrees = static_cast<double>(metric::numerical_rank(model.linear()));
  options.p_value = [=](double square) { return eval::chi_squared_p_value(square, degrees); };
  const data::CenterSummary found = data::write_center_distances(rows, model, options, out, app.threads());
  for (const std::string& warning : found.warnings) app.warn(warning);
  if (const std::string other = other_than_covariance(model); !other.empty()) {
    app.note("p-values hold for Gaussian rows if M is the inverse of their covariance; this M is of " + other);
  }
}

/// The distances of the pairs, and the values to write: these or their squares.
std::pair<Vector, Vector> distances_of(const cli::PairInput& in, bool squared, const Threads& threads) {
  const Vector distances = eval::pair_distances(in.A(), in.B(), in.list().pairs, threads);
  return {distances, squared ? Vector(distances.unaryExpr(&linalg::checked_square)) : distances};
}

void write_of_pairs(cli::App& app, const cli::PairInput& in, bool squared, io::Output& out) {
  const auto [distances, written] =
      cli::about(io::input_name(*in.pairs_file), [&] { return distances_of(in, squared, app.threads()); });
  const data::RowNames first = in.first_names(), second = in.second_names();
  data::write_pair_distances(out, in.list().pairs, {distances, written, in.model().threshold}, first, second);
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-distance");
  std::string output = "-";
  std::optional<To> to;
  bool squared = false, append = false;
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::read, cli::Asked::label,
                      cli::LabelFiles::two);
  cli::PairInput pairs(app, input);
  app.choice("--to", to, {{"center", To::center}}, "measure each row from the model's center, in place of pairs");
  app.flag("--append", append, "with --to center: the records as they came, and distance,p_value,p_adjusted");
  app.flag("--squared", squared, "write squared distances, as some other programs do");
  app.output(output);
  cli::tell_distances(app);
  app.example("maha-cov datasets/wdbc.csv -o cov.json");
  app.example("maha-distance --to center -m cov.json datasets/wdbc.csv | awk -F, '$3 < 1e-20'");
  app.example("maha-distance --to center --append -m cov.json datasets/wdbc.csv -o wdbc-outliers.csv");
  app.example("maha-distance -m cov.json --pairs <(printf '1,2\\n1,300\\n') datasets/wdbc.csv");
  return app.run(argc, argv, [&] {
    if (to.has_value() == pairs.pairs_file.has_value()) throw UsageError("give either --pairs FILE or --to center");
    if (append && !to) throw UsageError("--append goes with --to center");
    if (to && !pairs.has_model()) throw UsageError("--to center needs a --model, whose center is meant");
    if (to && pairs.with_file) throw UsageError("--with goes with --pairs");
    pairs.read_model();
    if (!to) pairs.read_pairs(data::Answers::optional);
    io::Output& out = app.out(output);
    if (to) {
      const auto rows = input.open(pairs.file, cli::learned_columns(pairs.model()), append);
      write_to_center(app, *rows, pairs.model(), {squared, {}, append}, out);
    } else {
      write_of_pairs(app, pairs, squared, out);
    }
  });
}
