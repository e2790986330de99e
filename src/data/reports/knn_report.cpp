#include "data/reports/knn_report.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "data/model/model_json.hpp"
#include "data/words.hpp"
#include "io/json.hpp"
#include "io/text/csv_writer.hpp"
#include "io/text/report_text.hpp"
#include "io/text/text_table.hpp"

namespace maha::data {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Classes up to which the confusion is told, which has a number for every two of them: as a table that people read, and
// to programs.
constexpr int kMostShown = 50, kMostInJson = 1000;

const char* name_of(eval::Votes votes) {
  return std::find_if(kVoteWords.begin(), kVoteWords.end(), [&](const auto& w) { return w.second == votes; })->first;
}

std::string fixed(const std::optional<double>& share) { return share ? io::fixed_number(*share, 4) : "-"; }

std::string score_table(const eval::Confusion& confusion, const std::vector<std::string>& classes) {
  Rows rows{{"class", "rows", "recall", "precision"}};
  for (int c = 0; c < confusion.classes(); ++c) {
    rows.push_back({classes[static_cast<std::size_t>(c)], std::to_string(confusion.rows(c)), fixed(confusion.recall(c)),
                    fixed(confusion.precision(c))});
  }
  return io::text_table(rows);
}

std::string confusion_table(const eval::Confusion& confusion, const std::vector<std::string>& classes) {
  if (confusion.classes() > kMostShown) {
    return "confusion of " + std::to_string(confusion.classes()) +
           " classes: too wide to print; --predictions FILE has what each row was taken for\n";
  }
  Rows rows{{"true \\ predicted"}};
  rows.front().insert(rows.front().end(), classes.begin(), classes.end());
  for (int c = 0; c < confusion.classes(); ++c) {
    rows.push_back({classes[static_cast<std::size_t>(c)]});
    for (const Index count : confusion.counts(c)) rows.back().push_back(std::to_string(count));
  }
  return io::text_table(rows);
}

io::Json json_number(const std::optional<double>& share) { return share ? io::Json(*share) : io::Json(nullptr); }

std::string retrieval_text(const eval::Retrieval& found) {
  Rows rows;
  const auto row = [&](const char* name, double value) { rows.push_back({name, fixed(value)}); };
  row("recall@1", found.recall_at_1);
  row("recall@5", found.recall_at_5);
  row("recall@10", found.recall_at_10);
  row("R-precision", found.r_precision);
  row("MAP@R", found.map_at_r);
  row("MRR", found.mean_reciprocal_rank);
  const std::string without =
      found.without > 0 ? ", " + std::to_string(found.without) + " without a row of their class" : "";
  return "\nretrieval, " + counted(found.queries, "row") + without + "\n\n" + io::text_table(rows);
}

io::Json retrieval_json(const eval::Retrieval& found) {
  const auto mean = [&](double value) { return found.queries > 0 ? io::Json(value) : io::Json(nullptr); };
  return {{"queries", found.queries},
          {"without", found.without},
          {"recall_at_1", mean(found.recall_at_1)},
          {"recall_at_5", mean(found.recall_at_5)},
          {"recall_at_10", mean(found.recall_at_10)},
          {"r_precision", mean(found.r_precision)},
          {"map_at_r", mean(found.map_at_r)},
          {"mean_reciprocal_rank", mean(found.mean_reciprocal_rank)}};
}

io::Json per_class_json(const eval::Confusion& confusion, const std::vector<std::string>& classes) {
  io::Json per_class = io::Json::object();
  auto& members = per_class.get_ref<io::Json::object_t&>();  // by name each would be looked for among those before it
  for (int c = 0; c < confusion.classes(); ++c) {
    members.emplace_back(classes[static_cast<std::size_t>(c)],
                         io::Json{{"rows", confusion.rows(c)},
                                  {"recall", json_number(confusion.recall(c))},
                                  {"precision", json_number(confusion.precision(c))}});
  }
  return per_class;
}

io::Json confusion_json(const eval::Confusion& confusion, const std::vector<std::string>& classes) {
  if (confusion.classes() > kMostInJson) return nullptr;
  io::Json counts = io::Json::array();
  for (int c = 0; c < confusion.classes(); ++c) counts.push_back(confusion.counts(c));
  return {{"classes", classes}, {"counts", counts}};
}

io::Json json_object(const KnnReport& report, const KnnReport::Result& result) {
  const eval::Confusion& confusion = result.confusion;
  io::Json object = {{"k", result.k},
                     {"rows", confusion.rows()},
                     {"errors", confusion.errors()},
                     {"accuracy", json_number(confusion.accuracy())},
                     {"error", json_number(confusion.error())},
                     {"votes", report.votes},
                     {"algorithm", report.algorithm ? io::Json(*report.algorithm) : io::Json(nullptr)},
                     {"parameters", io::parse_json(format_report(report.parameters))},
                     {"per_class", per_class_json(confusion, report.classes)},
                     {"confusion", confusion_json(confusion, report.classes)}};
  if (report.retrieval) object["retrieval"] = retrieval_json(*report.retrieval);
  return object;
}

}  // namespace

KnnReport::KnnReport(const Table& test, const std::vector<eval::KnnPrediction>& predictions, eval::Votes rule)
    : votes(name_of(rule)), classes(test.classes) {
  for (const eval::KnnPrediction& prediction : predictions) {
    results.push_back({prediction.k, eval::Confusion(test.y, prediction.label, static_cast<int>(classes.size()))});
  }
}

std::string knn_text(const KnnReport& report) {
  std::string text;
  for (const auto& [k, confusion] : report.results) {
    text += (text.empty() ? "" : "\n") + std::string("k = ") + std::to_string(k) + ", votes " + report.votes +
            ", distance " + shown(report.algorithm.value_or("of the model")) + "\naccuracy " +
            fixed(confusion.accuracy()) + ", error " + fixed(confusion.error()) + ": " +
            std::to_string(confusion.errors()) + " of " + counted(confusion.rows(), "row") + " wrong\n\n" +
            score_table(confusion, report.classes) + "\n" + confusion_table(confusion, report.classes);
  }
  if (report.retrieval) text += retrieval_text(*report.retrieval);
  return text;
}

std::string knn_json(const KnnReport& report) {
  std::string text;
  try {
    for (const KnnReport::Result& result : report.results) text += io::dump_json(json_object(report, result)) + "\n";
  } catch (const nlohmann::json::type_error&) {
    throw InputError("a label is not UTF-8, which JSON must be: convert the input (iconv -t UTF-8)");
  }
  return text;
}

void write_predictions(io::Output& out, const Table& test, const std::vector<eval::KnnPrediction>& predictions) {
  const bool with_id = test.columns.id.has_value();
  out.write(with_id ? "row,id,label,k,predicted\n" : "row,label,k,predicted\n");
  const auto name = [&](int c) { return test.classes[static_cast<std::size_t>(c)]; };
  for (std::size_t i = 0; i < test.y.size(); ++i) {
    for (const eval::KnnPrediction& prediction : predictions) {
      std::vector<std::string> fields{std::to_string(test.row[i])};
      if (with_id) fields.push_back(test.ids[i]);
      fields.insert(fields.end(), {name(test.y[i]), std::to_string(prediction.k), name(prediction.label[i])});
      out.write(io::csv_line(fields));
    }
  }
}

std::string unseen_labels(const Table& train, const Table& test) {
  const std::vector<int> unseen = eval::unseen_classes(train.y, test.y, static_cast<int>(test.classes.size()));
  if (unseen.empty()) return "";
  const auto rows = std::count_if(test.y.begin(), test.y.end(),
                                  [&](int c) { return std::binary_search(unseen.begin(), unseen.end(), c); });
  std::vector<std::string> names;
  for (const int c : unseen) names.push_back(test.classes[static_cast<std::size_t>(c)]);
  return test.name + ": labels never seen in training count as errors: " + listing(names) +
         " (rows: " + std::to_string(rows) + ")";
}

}  // namespace maha::data
