#include <iostream>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/pair_input.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/model/model_json.hpp"
#include "data/reports/verification_report.hpp"
#include "data/table/utf8.hpp"
#include "eval/pairs/pair_distances.hpp"
#include "io/input.hpp"
#include "io/text/report_text.hpp"

using namespace maha;

namespace {

eval::Calibration calibration(const std::string& text) {
  using Goal = eval::Calibration::Goal;
  if (text == "accuracy") return {};
  const std::size_t sign = text.find('=');
  const std::string name = text.substr(0, sign);
  double value = 0;
  const bool number = sign != std::string::npos && parse_number(text.substr(sign + 1), value);
  if (number && name == "f" && value > 0 && value < 1e6) return {Goal::f_score, value};
  if (number && name == "tpr" && value >= 0 && value <= 1) return {Goal::true_positive_rate, value};
  if (number && name == "tnr" && value >= 0 && value <= 1) return {Goal::true_negative_rate, value};
  throw UsageError("--calibrate: " + in_quotes(text) +
                   " is none of accuracy, f=BETA, tpr=RATE, tnr=RATE (rates from 0 to 1)");
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-verify");
  std::string output = "-";
  std::optional<std::string> roc_file;
  std::optional<eval::Calibration> goal;
  bool json = false, squared = false;
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::read, cli::Asked::label,
                      cli::LabelFiles::two);
  cli::PairInput pairs(app, input);
  app.custom("--calibrate", "write the model with the best threshold for this; the report goes to standard error",
             "accuracy|f=BETA|tpr=RATE|tnr=RATE", [&](const std::string& text) { goal = calibration(text); });
  app.output("--roc", roc_file, "write the points of the ROC curve to this CSV file");
  app.flag("--squared", squared, "report squared distances as thresholds");
  app.flag("--json", json, "report as a JSON object");
  app.output(output);
  app.example("maha-pairs --count 2000 datasets/wine.csv -o pairs.csv");
  app.example("maha-verify --pairs pairs.csv datasets/wine.csv");
  app.example("maha-verify --standardize --pairs pairs.csv datasets/wine.csv");
  app.example("maha-mmc --pairs pairs.csv datasets/wine.csv | maha-verify -m - --pairs pairs.csv datasets/wine.csv");
  app.example("maha-verify --calibrate tnr=0.99 --pairs pairs.csv datasets/wine.csv -o verifier.json");
  return app.run(argc, argv, [&] {
    pairs.read_model();
    pairs.read_pairs(data::Answers::required);
    if (goal && !pairs.has_model()) data::require_utf8_names(pairs.columns(), io::input_name(pairs.file));
    std::vector<bool> similar;
    for (const Pair& pair : pairs.list().pairs) similar.push_back(pair.similar);
    const eval::Verification verification = cli::about(io::input_name(*pairs.pairs_file), [&] {
      return eval::Verification(eval::pair_distances(pairs.A(), pairs.B(), pairs.list().pairs, app.threads()), similar);
    });

    data::Model model = pairs.model();
    if (goal) model.threshold = verification.calibrate(*goal);
    const Report report = cli::about(io::input_name(*pairs.pairs_file),
                                     [&] { return data::verification_report(verification, model.threshold, squared); });
    const std::string text = json ? data::format_report(report) + "\n" : io::report_text(report);
    if (goal) {
      cli::write_model(app, std::move(model), output);
      std::cerr << text << std::flush;
    } else {
      app.out(output).write(text);
    }
    if (roc_file) data::write_roc(app.out(*roc_file), verification, squared);
  });
}
