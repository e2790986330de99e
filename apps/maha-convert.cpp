#include <utility>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/row_output.hpp"
#include "core/error.hpp"
#include "data/writing/convert.hpp"
#include "io/text/csv_writer.hpp"

using namespace maha;

namespace {

/// The columns of both files, if labels stand in one of their own.
struct Written {
  explicit Written(const data::Columns& columns, bool apart) : rows(data::written_columns(columns)), labels() {
    if (!apart) return;
    if (!rows.label) throw InputError("has no label for --labels-out: --label COLUMN");
    labels.label = std::exchange(rows.label, std::nullopt);
    labels.label_is_target = rows.label_is_target;
  }
  data::WrittenColumns rows, labels;
};

std::string numbered_classes(const data::LabelCoder& coder) {
  std::string text = "number,class\n";
  for (std::size_t i = 0; i < coder.classes().size(); ++i) {
    text += io::csv_line({std::to_string(i), coder.classes()[i]});
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  cli::App app("maha-convert");
  std::string file = "-", output = "-";
  std::optional<std::string> labels_out, classes_out;
  app.rows("file", file, "file in any of these formats, packed or not; - is standard input");
  cli::RowOutput format(app, app);
  app.output(output);
  app.output("--labels-out", labels_out,
             "write the labels to this file, in the same format, and only features to the other");
  app.output("--classes", classes_out, "number the classes from 0, and write number,class to this file");
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::read, cli::Asked::label_or_target);
  input.request.asks_for_label = false;
  app.example("maha-convert datasets/iris.csv --format arff | head -8");
  app.example(
      "maha-convert datasets/digits.csv -o X.npy --labels-out y.npy && maha-convert X.npy --labels y.npy | head -1");
  return app.run(argc, argv, [&] {
    if (input.target_given()) input.want_target();
    format.decide(output);
    if (classes_out && (input.request.unlabeled || input.target_given()))
      throw UsageError("--classes numbers labels: it goes without --unlabeled and --target");
    data::LabelCoder coder;
    data::RowOutputs outputs;
    outputs.classes = classes_out ? &coder : nullptr;
    std::unique_ptr<data::RowWriter> rows, labels;
    const auto prepare = [&](const data::Columns& columns) {
      const Written written(columns, labels_out.has_value());
      rows = format.writer(output, written.rows);
      if (labels_out) labels = format.label_writer(*labels_out, written.labels);
      outputs.rows = rows.get();
      outputs.labels = labels.get();
    };
    if (input.fills_missing()) {
      const data::Table table = input.read(file);
      cli::about(table.name, [&] { prepare(table.columns), data::write_all(table, outputs); });
    } else {
      const std::unique_ptr<data::RowSource> source = input.open(file);
      const Index passed_over = cli::about(source->name(), [&] {
        prepare(source->columns());
        return data::write_all(*source, outputs);
      });
      cli::warn_of_skipped(app, source->name(), passed_over);
    }
    if (classes_out) app.out(*classes_out).write(numbered_classes(coder));
  });
}
