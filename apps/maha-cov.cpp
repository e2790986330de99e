#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/cov_learner.hpp"
#include "cli/csv_input.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/table/utf8.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-cov", "M = inverse covariance of the rows: the distance of Mahalanobis, in one pass.");
  std::string file = "-", output = "-";
  cli::CovLearner learner;
  app.input("file", file, "CSV file; - is standard input");
  app.output(output);
  app.add(learner.all_options());
  cli::CsvInput input(app, app, LabelUse::optional);
  app.example("maha-cov datasets/wine.csv -o cov.json");
  app.example("maha-cov --within --shrinkage ledoit-wolf --standardize datasets/wdbc.csv -o within.json");
  app.example("cut -d, -f1-5 datasets/wine.csv | maha-cov --unlabeled > cov.json");
  return app.run(argc, argv, [&] {
    learner.check();
    if (learner.within() && input.request.unlabeled) {
      throw UsageError("--within: needs the labels that --unlabeled denies");
    }
    if (learner.within()) input.request.labels = LabelUse::required;
    const Run run{app.threads(), {}};
    cli::Fitted fit;
    if (input.fills_missing()) {  // the means have to be known before the first row counts
      fit = cli::fit_file(learner, input.read(file), {}, run);
    } else {
      TableReader reader = input.open(file);
      require_utf8_names(reader.columns(), reader.name());
      fit =
          cli::about(reader.name(), [&] { return learner.fit(cli::labeled_rows(app, reader), reader.columns(), run); });
    }
    cli::write_fitted(app, fit, output);
  });
}
