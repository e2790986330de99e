#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/row_output.hpp"
#include "core/error.hpp"
#include "data/writing/convert.hpp"

using namespace maha;

namespace {

constexpr const char* kNumbers = "--classes FILE numbers the classes, and writes their names to FILE";
constexpr data::LabelRemedies kRemedies{kNumbers, "--labels-out FILE, or --drop them"};

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-convert");
  std::string file = "-", output = "-";
  std::optional<std::string> labels_out, classes_out, classes_in;
  app.rows("file", file, "file in any of these formats, packed or not; - is standard input");
  cli::RowOutput format(app, app);
  app.output(output);
  app.output("--labels-out", labels_out,
             "write the labels to this file, by its ending or in the same format, and only features to the other");
  app.output("--classes", classes_out, "number the classes from 0 in their order, and write number,class to this file");
  app.input("--classes-from", classes_in, "number the classes as this file has them, which --classes wrote");
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::read, cli::Asked::label_or_target);
  input.request.asks_for_label = false;
  app.example("maha-convert datasets/iris.csv --format arff | head -8");
  app.example(
      "maha-convert datasets/digits.csv -o X.npy --labels-out y.npy && maha-convert X.npy --labels y.npy | head -1");
  return app.run(argc, argv, [&] {
    if (input.target_given()) input.want_target();
    format.decide(output, labels_out);
    if (classes_out && classes_in) throw UsageError("--classes and --classes-from contradict each other");
    if ((classes_out || classes_in) && (input.request.unlabeled || input.target_given()))
      throw UsageError("--classes numbers labels: it goes without --unlabeled and --target");
    std::optional<data::ClassNumbers> classes;
    if (classes_in) app.about_to_read(*classes_in), classes = data::ClassNumbers::read(*classes_in);
    data::RowOutputs outputs;
    std::unique_ptr<data::RowWriter> rows, labels;
    const auto prepare = [&](const data::Columns& columns) {
      data::WrittenApart written{data::written_columns(columns), {}};
      written.rows.remedies = kRemedies;
      if (classes && !columns.label) throw InputError("has no label whose classes could be numbered: --label COLUMN");
      if (labels_out) written = data::labels_apart(written.rows);
      rows = format.writer(output, written.rows);
      if (labels_out) labels = format.label_writer(*labels_out, written.labels);
      outputs = {rows.get(), labels.get(), classes ? &*classes : nullptr};
    };
    if (input.fills_missing() || classes_out) {
      const data::Table table = input.read(file);
      if (classes_out) classes = data::ClassNumbers(table.classes);
      cli::about(table.name, [&] { prepare(table.columns), data::write_all(table, outputs); });
    } else {
      const std::unique_ptr<data::RowSource> source = input.open(file);
      const Index passed_over = cli::about(source->name(), [&] {
        prepare(source->columns());
        return data::write_all(*source, outputs);
      });
      cli::warn_of_skipped(app, source->name(), passed_over);
    }
    if (classes_out) app.out(*classes_out).write(classes->csv());
  });
}
