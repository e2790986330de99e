#include <algorithm>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/knn/reference_rows.hpp"
#include "core/error.hpp"
#include "data/reports/neighbors_csv.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-neighbors");
  std::optional<std::string> query_path;
  std::string output = "-";
  std::optional<Index> k;
  std::optional<double> radius;
  bool leave_one_out = false, other_ids = false, squared = false;
  app.rows("query", query_path, "CSV file of the rows to find neighbours for; - or none is standard input");
  cli::CsvInput input(app, app, data::LabelUse::optional, data::FeatureUse::read, cli::Asked::label,
                      cli::LabelFiles::two);
  cli::ReferenceRows reference(app, input);
  app.flag("--leave-one-out", leave_one_out, "neighbours of each training row among the others; no second file");
  app.flag("--exclude-same-id", other_ids, "leave out training rows with the id of the query; with --id");
  app.option("-k,--neighbors", k, "this many neighbours of each row (default: 3)", "K");
  app.option("--radius", radius, "instead, all rows up to this distance").at_least(0);
  app.flag("--squared", squared, "squared distances, both written and for --radius");
  app.without_file(", or find the neighbours of each training row: --leave-one-out");
  app.output(output);
  app.writes("query,neighbor", "the rows, by number or, with --id, by what stands in that column");
  app.writes("rank", "1 is the nearest; of rows at equal distance the first in the file comes first");
  app.writes("distance", "sqrt((x-y)'M(x-y)), M that of the model or after scaling; with --squared without the root");
  app.example("maha-neighbors --leave-one-out -k 1 --train datasets/iris.csv | sort -t, -gk4 | head -5");
  app.example("head -4 datasets/wine.csv | maha-neighbors -k 5 --standardize --train datasets/wine.csv");
  app.example(
      "maha-neighbors --exclude-same-id --id class -k 1 --unlabeled --train datasets/iris.csv datasets/iris.csv");
  app.example("maha-neighbors --leave-one-out --radius 0.3 --train datasets/iris.csv | cut -d, -f1 | uniq -c");
  app.work_on_ranks();
  return app.run(argc, argv, [&] {
    if (k && radius) throw UsageError("give -k or --radius, not both");
    if (leave_one_out && query_path) throw UsageError("--leave-one-out reads no second file: " + *query_path);
    if (leave_one_out) input.refuse_second_labels();
    const Index most = k.value_or(3);
    cli::ReferenceRows::check_k(most);

    data::Table train = reference.read(leave_one_out ? "" : query_path.value_or("-"));
    if (other_ids && train.ids.empty()) throw UsageError("--exclude-same-id: which column has the ids? --id COLUMN");
    if (!radius) cli::ReferenceRows::check_k(most, train, leave_one_out);
    const neighbors::DealtIndex index = reference.index(train);
    const neighbors::Radius reach{radius.value_or(0), squared};
    io::Output& out = app.out(output);
    const data::NeighborNames names{train.row, train.ids, train.name};
    data::NeighborWriter writer(out, names, squared, other_ids ? data::Ids::other : data::Ids::all);
    const auto writes = [&](const data::NeighborNames& queries) {
      return [&writer, queries](const neighbors::RangeLists& found) { writer.write(queries, found); };
    };
    const auto write = [&](const data::NeighborNames& queries, neighbors::NeighborLists found) {
      if (app.ranks().is_first()) writer.write(queries, std::move(found), most);
    };
    if (leave_one_out && radius) {
      index.within_radius_of_others(reach, writes(names), app.threads());
    } else if (leave_one_out) {
      const Index found = std::min(writer.to_find(names, most), index.rows() - 1);
      write(names, index.nearest_other(found, app.threads()));
    } else {
      reference.stream(query_path.value_or("-"), train, false,
                       [&](const data::RowSource& source, const data::RowBlock& block) {
                         const data::NeighborNames queries{block.row, block.ids, source.name()};
                         if (radius) return index.within_radius(block.X, reach, writes(queries), app.threads());
                         const Index found = std::min(writer.to_find(queries, most), index.rows());
                         write(queries, index.nearest(block.X, found, app.threads()));
                       });
    }
  });
}
