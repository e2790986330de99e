#include "cli/app.hpp"
#include "cli/help/outputs.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/explaining.hpp"
#include "cli/knn/reference_rows.hpp"
#include "core/error.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-explain");
  cli::ExplainTask task;
  app.rows("query", task.queries,
           "CSV file of the rows to explain, with or without a label column; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::required);
  cli::ReferenceRows reference(app, input);
  app.flag("--leave-one-out", task.leave_one_out, "explain each training row by the others; no second file");
  app.option("-k,--neighbors", task.k, "neighbours that vote and are explained", "K");
  app.choice("--votes", task.votes, {{"shrink", eval::Votes::shrink}, {"lowest", eval::Votes::lowest}},
             "on a tie, lower k until one class leads, or take the lowest label");
  app.option("--rows", task.only, "explain only these rows, by number or, with --id, by id", "ROW,...");
  app.choice("--format", task.form,
             {{"csv", data::ExplanationForm::csv},
              {"json", data::ExplanationForm::json},
              {"text", data::ExplanationForm::text}},
             "a line for each feature, an object a line for each row, or tables to read");
  app.option("--top", task.top, "tell no more than N features of each row, those first that tell classes apart", "N")
      .at_least(1);
  app.without_file(", or explain each training row by the others: --leave-one-out");
  app.output(task.output);
  cli::tell_explanations(app);
  app.example("maha-explain --leave-one-out -k 1 --rows 74 --format text --standardize --train datasets/wine.csv");
  app.example("maha-lmnn --standardize datasets/wine.csv -o lmnn.json");
  app.example("head -4 datasets/wine.csv | maha-explain -m lmnn.json --train datasets/wine.csv --top 3");
  app.example("maha-explain --leave-one-out -m lmnn.json --train datasets/wine.csv --format json --top 1 | head -2");
  return app.run(argc, argv, [&] {
    if (task.leave_one_out && task.queries) throw UsageError("--leave-one-out reads no second file: " + *task.queries);
    cli::ReferenceRows::check_k(task.k);
    cli::explain(app, input, reference, task);
  });
}
