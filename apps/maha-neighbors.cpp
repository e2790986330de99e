#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/reference_rows.hpp"
#include "core/error.hpp"
#include "data/reports/neighbors_csv.hpp"
#include "neighbors/index.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-neighbors", "The nearest rows of a file for each row of another, exactly.");
  std::optional<std::string> query_path;
  std::string output = "-";
  std::optional<Index> k;
  std::optional<double> radius;
  bool leave_one_out = false, squared = false;
  app.input("query", query_path, "CSV file of the rows to find neighbours for; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::optional);
  cli::ReferenceRows reference(app, input);
  app.flag("--leave-one-out", leave_one_out, "neighbours of each training row among the others; no second file");
  app.option("-k,--neighbors", k, "this many neighbours of each row (default: 3)", "K");
  app.option("--radius", radius, "instead, all rows up to this distance").at_least(0);
  app.flag("--squared", squared, "squared distances, both written and for --radius");
  app.output(output);
  app.example("maha-neighbors --leave-one-out -k 1 --train datasets/iris.csv | sort -t, -gk4 | head -5");
  app.example("head -4 datasets/wine.csv | maha-neighbors -k 5 --standardize --train datasets/wine.csv");
  app.example("maha-neighbors --leave-one-out --radius 0.3 --train datasets/iris.csv | cut -d, -f1 | uniq -c");
  return app.run(argc, argv, [&] {
    if (k && radius) throw UsageError("give -k or --radius, not both");
    if (leave_one_out && query_path) throw UsageError("--leave-one-out reads no second file: " + *query_path);
    cli::ReferenceRows::check_k(k.value_or(3));

    data::Table train = reference.read(leave_one_out ? "" : query_path.value_or("-"));
    if (!radius) cli::ReferenceRows::check_k(k.value_or(3), train, leave_one_out);
    const neighbors::NeighborIndex index(reference.map(train), app.threads());
    const neighbors::Radius reach{radius.value_or(0), squared};
    io::Output& out = app.out(output);
    const data::NeighborNames names{train.row, train.ids, train.name};
    data::NeighborWriter writer(out, names, squared);
    const auto writes = [&](const data::NeighborNames& queries) {
      return [&writer, queries](const neighbors::RangeLists& found) { writer.write(queries, found); };
    };
    if (leave_one_out && radius) {
      index.within_radius_of_others(reach, writes(names), app.threads());
    } else if (leave_one_out) {
      writer.write(names, index.nearest_other(k.value_or(3), app.threads()));
    } else {
      reference.stream(query_path.value_or("-"), train, false,
                       [&](const data::RowSource& source, const data::RowBlock& block) {
                         const data::NeighborNames queries{block.row, block.ids, source.name()};
                         if (radius) index.within_radius(block.X, reach, writes(queries), app.threads());
                         if (!radius) writer.write(queries, index.nearest(block.X, k.value_or(3), app.threads()));
                       });
    }
  });
}
