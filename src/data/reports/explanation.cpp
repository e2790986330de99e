#include "data/reports/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/pairs/row_names.hpp"
#include "data/table/utf8.hpp"
#include "io/json.hpp"
#include "io/text/csv_writer.hpp"
#include "io/text/report_text.hpp"
#include "io/text/text_table.hpp"

namespace maha::data {
namespace {

/// The name of a row as it stands in its file.
std::string plain_name(const Table& table, Index i) {
  const auto at = static_cast<std::size_t>(i);
  return table.ids.empty() ? std::to_string(table.row[at]) : table.ids[at];
}

void append_name(std::string& line, const Table& table, Index i) { append_row_name(line, i, table.row, table.ids); }

double sum_of(const RowVector& values, const std::vector<Index>& order, std::size_t from) {
  double sum = 0;
  for (std::size_t i = from; i < order.size(); ++i) sum += values[order[i]];
  return sum;
}

}  // namespace

ExplanationWriter::ExplanationWriter(io::Output& out, ExplanationForm form, const Table& train, const Table& queries,
                                     Index most)
    : out_(out), form_(form), train_(train), queries_(queries), most_(std::min(most, train.X.cols())) {
  features_ = train.columns.feature_names();
  for (std::size_t column : train.columns.features) {
    if (train.columns.names.empty()) features_.push_back(std::to_string(column + 1));
  }
  if (form == ExplanationForm::json) {
    require_utf8_names(train.columns, train.name);
    require_utf8_labels(train);
    require_utf8_labels(queries);
  }
  if (form == ExplanationForm::csv) {
    out_.write(
        "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,"
        "contrast,query_label\n");
  }
}

std::vector<Index> ExplanationWriter::order(const Explanation& explanation) const {
  RowVector size = RowVector::Zero(train_.X.cols());
  if (explanation.other) {
    size = explanation.contrast.cwiseAbs();
  } else {
    for (const Explanation::Beside& row : explanation.neighbors) size += row.contributions.cwiseAbs();
  }
  std::vector<Index> order(static_cast<std::size_t>(size.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return size[a] > size[b]; });
  return order;
}

std::string ExplanationWriter::class_name(Index row) const {
  return train_.classes[static_cast<std::size_t>(train_.y[static_cast<std::size_t>(row)])];
}

/// Empty if there is none.
std::string ExplanationWriter::own_label(Index query) const {
  if (!queries_.labeled() || queries_.y.empty()) return "";
  return queries_.classes[static_cast<std::size_t>(queries_.y[static_cast<std::size_t>(query)])];
}

void ExplanationWriter::write(const Explanation& explanation) {
  if (form_ == ExplanationForm::csv) write_csv(explanation);
  if (form_ == ExplanationForm::json) write_json(explanation);
  if (form_ == ExplanationForm::text) write_text(explanation);
}

void ExplanationWriter::write_csv(const Explanation& e) {
  std::string head;
  append_name(head, queries_, e.query);
  head += ',';
  io::append_field(head, train_.classes[static_cast<std::size_t>(e.predicted)]);
  head += ',';
  if (std::isfinite(e.radius)) append_number(head, e.radius);
  const std::vector<Index> all = order(e);
  const std::string own = own_label(e.query);
  std::string lines;
  const auto add = [&](const Explanation::Beside& row, const std::string& rank, bool is_other) {
    std::string begin = head + ',' + rank + ',';
    append_name(begin, train_, row.row);
    begin += ',';
    io::append_field(begin, class_name(row.row));
    begin += ',';
    append_number(begin, row.distance);
    for (std::size_t i = 0; i < static_cast<std::size_t>(most_); ++i) {
      const Index f = all[i];
      lines += begin + ',';
      io::append_field(lines, features_[static_cast<std::size_t>(f)]);
      for (const double value : {queries_.X(e.query, f), train_.X(row.row, f), row.contributions[f]}) {
        lines += ',';
        append_number(lines, value);
      }
      lines += ',';
      if (is_other) append_number(lines, e.contrast[f]);
      lines += ',';
      if (!own.empty()) io::append_field(lines, own);
      lines += '\n';
    }
  };
  for (std::size_t i = 0; i < e.neighbors.size(); ++i) add(e.neighbors[i], std::to_string(i + 1), false);
  if (e.other) add(*e.other, "other", true);
  out_.write(lines);
}

void ExplanationWriter::write_json(const Explanation& e) {
  const std::vector<Index> all = order(e);
  const auto shown_features = static_cast<std::size_t>(most_);
  const auto values = [&](const RowVector& of) {
    io::Json list = io::Json::array();
    for (std::size_t i = 0; i < shown_features; ++i) list.push_back(of[all[i]]);
    return list;
  };
  const auto row = [&](const Explanation::Beside& beside) {
    return io::Json{{"row", plain_name(train_, beside.row)},
                    {"label", class_name(beside.row)},
                    {"distance", beside.distance},
                    {"values", values(train_.X.row(beside.row))},
                    {"contributions", values(beside.contributions)},
                    {"others", sum_of(beside.contributions, all, shown_features)}};
  };
  io::Json names = io::Json::array(), neighbors = io::Json::array(), other, border;
  for (std::size_t i = 0; i < shown_features; ++i) names.push_back(features_[static_cast<std::size_t>(all[i])]);
  for (const Explanation::Beside& beside : e.neighbors) neighbors.push_back(row(beside));
  if (e.other) {
    other = row(*e.other);
    other["contrast"] = values(e.contrast);
    other["other_contrast"] = sum_of(e.contrast, all, shown_features);
  }
  if (e.next >= 0)
    border = {{"row", plain_name(train_, e.next)}, {"label", class_name(e.next)}, {"values", values(e.border)}};
  const std::string own = own_label(e.query);
  const io::Json object = {{"query", plain_name(queries_, e.query)},
                           {"label", own.empty() ? io::Json(nullptr) : io::Json(own)},
                           {"predicted", train_.classes[static_cast<std::size_t>(e.predicted)]},
                           {"vote_share", e.vote_share},
                           {"radius", std::isfinite(e.radius) ? io::Json(e.radius) : io::Json(nullptr)},
                           {"exact", e.exact},
                           {"features", names},
                           {"values", values(queries_.X.row(e.query))},
                           {"neighbors", neighbors},
                           {"other", other},
                           {"border", border}};
  out_.write(io::dump_json(object) + "\n");
}

void ExplanationWriter::write_text(const Explanation& e) {
  const std::vector<Index> all = order(e);
  std::vector<const Explanation::Beside*> rows;
  for (const Explanation::Beside& row : e.neighbors) rows.push_back(&row);
  if (e.other) rows.push_back(&*e.other);

  std::vector<std::vector<std::string>> table{
      {"", "query"}, {"row", ""}, {"class", ""}, {"distance", ""}, {"squared", ""}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_other = i == e.neighbors.size();
    table[0].push_back(is_other ? "other" : "near " + std::to_string(i + 1));
    table[1].push_back(plain_name(train_, rows[i]->row));
    table[2].push_back(class_name(rows[i]->row));
    table[3].push_back(io::short_number(rows[i]->distance));
    table[4].push_back(io::short_number(rows[i]->contributions.sum(), 4));
  }
  if (e.other) {
    table[0].emplace_back("contrast");
    for (std::size_t line = 1; line < 4; ++line) table[line].emplace_back();
    table[4].push_back(io::short_number(e.contrast.sum(), 4));
  }
  if (e.next >= 0) table[0].emplace_back("border");
  const auto shown_features = static_cast<std::size_t>(most_);
  for (std::size_t i = 0; i < shown_features; ++i) {
    const Index f = all[i];
    auto& line = table.emplace_back();
    line = {features_[static_cast<std::size_t>(f)], io::short_number(queries_.X(e.query, f))};
    for (const Explanation::Beside* row : rows) line.push_back(io::short_number(row->contributions[f], 4));
    if (e.other) line.push_back(io::short_number(e.contrast[f], 4));
    if (e.next >= 0) line.push_back(io::short_number(e.border[f]));
  }
  if (shown_features < all.size()) {
    auto& line = table.emplace_back();
    line = {counted(all.size() - shown_features, "other"), ""};
    for (const Explanation::Beside* row : rows)
      line.push_back(io::short_number(sum_of(row->contributions, all, shown_features), 4));
    if (e.other) line.push_back(io::short_number(sum_of(e.contrast, all, shown_features), 4));
  }

  std::string text = first_ ? "" : "\n";
  first_ = false;
  const std::string own = own_label(e.query);
  text += "row " + shown(plain_name(queries_, e.query)) + (own.empty() ? "" : ", " + shown(own) + ",") +
          " is taken for " + shown(train_.classes[static_cast<std::size_t>(e.predicted)]) + ", with " +
          io::fixed_number(100 * e.vote_share, 0) + "% of the votes; ";
  if (!std::isfinite(e.radius)) {
    text += "nothing changes that\n";
  } else if (e.next >= 0) {
    text += "within " + io::short_number(e.radius) + " nothing changes that, beyond begins " +
            shown(class_name(e.next)) + "\n";
  } else if (e.radius > 0) {
    text += "within " + io::short_number(e.radius) + ", or more, nothing changes that\n";
  } else {
    text += "no radius is proven within which nothing changes that\n";
  }
  out_.write(text + io::text_table(table));
}

}  // namespace maha::data
