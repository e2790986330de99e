#include "data/reports/told_explanation.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>

#include "core/error.hpp"
#include "core/text/byte_order_mark.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/table/named_columns.hpp"
#include "io/input.hpp"
#include "io/json_keys.hpp"

namespace maha::data {
namespace {

constexpr double kRounding = 1e-9;  // of contributions, which are told to 1e-12 of the squared distance

/// What the features that are told leave of the squared distance. Throws InputError if that is too large a number.
void set_others(ToldExplanation::Beside& beside, double distance) {
  beside.squared = distance * distance;
  const double size = beside.squared + beside.contributions.cwiseAbs().sum();
  if (!std::isfinite(size))
    throw InputError("the distance of row " + shown(beside.row) +
                     " or a contribution to it is no number, or too large");
  const double left = beside.squared - beside.contributions.sum();
  beside.others = std::abs(left) <= kRounding * size ? 0 : left;
}

[[noreturn]] void fail_without(const std::string& query, const std::vector<std::string>& known) {
  throw InputError("no row " + in_quotes(query) + " is explained; explained are " + listing(known));
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (names.empty() || names.back() != name) names.push_back(name);
}

// ---- CSV

/// The lines of one query.
class ExplainedLines {
 public:
  explicit ExplainedLines(const NamedColumns& file)
      : file_(file),
        queries_(file.texts("query")),
        predicted_(file.texts("predicted")),
        radius_(file.texts("radius")),
        ranks_(file.texts("rank")),
        neighbors_(file.texts("neighbor")),
        labels_(file.texts("label")),
        features_(file.texts("feature")),
        distance_(file.numbers("distance")),
        contribution_(file.numbers("contribution")) {}

  ToldExplanation of(const std::string& query) const {
    ToldExplanation told;
    std::vector<std::vector<std::size_t>> groups;  // the lines of each neighbour
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      if (queries_[i] != query) continue;
      const auto same = [&](const std::vector<std::string>& column, std::size_t j) { return column[i] == column[j]; };
      if (groups.empty() || !same(ranks_, groups.back().front()) || same(features_, groups.back().front())) {
        if (!groups.empty() && same(ranks_, groups.front().front())) break;  // another row of the same id
        groups.emplace_back();
      }
      groups.back().push_back(i);
    }
    if (groups.empty()) {
      std::vector<std::string> known;
      for (const std::string& name : queries_) add_name(known, name);
      fail_without(query, known);
    }
    const std::size_t first = groups.front().front();
    told.query = query;
    told.predicted = predicted_[first];
    told.radius = radius(first);
    for (const std::size_t i : groups.front()) told.features.push_back(features_[i]);
    for (const auto& lines : groups) told.rows.push_back(beside(lines, told.features));
    return told;
  }

  const std::string& first() const { return queries_.front(); }

 private:
  std::optional<double> radius(std::size_t line) const {
    double value = 0;
    if (radius_[line].empty()) return std::nullopt;
    if (!parse_number(radius_[line], value) || !(value >= 0))
      fail(line, "the radius " + in_quotes(radius_[line]) + " is no number from 0 on");
    return value;
  }

  ToldExplanation::Beside beside(const std::vector<std::size_t>& lines, const std::vector<std::string>& told) const {
    const std::size_t first = lines.front();
    ToldExplanation::Beside row{.row = neighbors_[first],
                                .label = labels_[first],
                                .other = ranks_[first] == "other",
                                .contributions = Vector(static_cast<Index>(told.size()))};
    const double distance = distance_(static_cast<Index>(first));
    if (!(distance >= 0)) fail(first, "a distance is no number from 0 on");
    for (std::size_t f = 0; f < std::max(told.size(), lines.size()); ++f) {
      if (f >= lines.size() || f >= told.size() || features_[lines[f]] != told[f])
        fail(lines[std::min(f, lines.size() - 1)], "each neighbour wants a line for each feature, in the same order");
      row.contributions(static_cast<Index>(f)) = contribution_(static_cast<Index>(lines[f]));
    }
    set_others(row, distance);
    return row;
  }

  [[noreturn]] void fail(std::size_t line, const std::string& what) const {
    file_.fail(static_cast<Index>(line), what);
  }

  const NamedColumns& file_;
  std::vector<std::string> queries_, predicted_, radius_, ranks_, neighbors_, labels_, features_;
  Vector distance_, contribution_;
};

// ---- JSON

Vector numbers_of(io::JsonKeys& keys, const std::string& key, std::size_t count) {
  const io::Json* list = keys.find(key);
  if (!list || !list->is_array() || list->size() != count)
    keys.fail("has no list of " + std::to_string(count) + " " + key);
  Vector numbers(static_cast<Index>(count));
  for (std::size_t i = 0; i < count; ++i) {
    if (!(*list)[i].is_number()) keys.fail(key, " holds " + io::brief((*list)[i]) + ", and not a number");
    numbers(static_cast<Index>(i)) = (*list)[i].get<double>();
  }
  return numbers;
}

ToldExplanation::Beside beside_from(const io::Json& json, const std::string& place, std::size_t features) {
  io::JsonKeys keys(json, place);
  ToldExplanation::Beside row;
  double distance = 0;
  keys.need("row", row.row);
  keys.need("label", row.label);
  keys.need("distance", distance, 0);
  row.contributions = numbers_of(keys, "contributions", features);
  set_others(row, distance);
  return row;
}

ToldExplanation explanation_from(io::JsonKeys& keys, const std::string& place, const std::string& query) {
  ToldExplanation told{.query = query, .predicted = {}, .features = {}, .rows = {}};
  keys.need("predicted", told.predicted);
  double radius = 0;
  keys.take("radius", radius, 0);
  if (keys.find("radius")) told.radius = radius;
  keys.need("features", told.features);
  const io::Json* neighbors = keys.find("neighbors");
  if (!neighbors || !neighbors->is_array()) keys.fail("has no list of neighbors");
  for (const io::Json& item : *neighbors) {
    const std::string number = std::to_string(told.rows.size() + 1);
    told.rows.push_back(beside_from(item, place + ".neighbors[" + number + "]", told.features.size()));
  }
  if (const io::Json* other = keys.find("other")) {
    told.rows.push_back(beside_from(*other, place + ".other", told.features.size()));
    told.rows.back().other = true;
  }
  return told;
}

/// The objects in a text: each begins with a line that begins with a brace, as they do on a line each and where jq
/// indents what is in them.
std::vector<std::string_view> objects_in(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t next = text.find("\n{", begin);
    const std::size_t end = next == std::string_view::npos ? text.size() : next + 1;
    all.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return all;
}

io::Json parse_object(std::string_view text, const std::string& place, bool first) {
  try {
    return io::parse_json(text);
  } catch (const InputError& e) {
    throw InputError((first ? "" : place + ": ") + e.what());  // of the first one, line and column are the file's
  }
}

ToldExplanation from_json(std::string_view text, const std::optional<std::string>& query) {
  std::vector<std::string> known;
  std::size_t number = 0;
  for (const std::string_view object : objects_in(text)) {
    const bool first = ++number == 1;
    const std::string place = first ? "explanation" : "explanation[" + std::to_string(number) + "]";
    const io::Json json = parse_object(object, place, first);
    io::JsonKeys keys(json, place);
    std::string name;
    keys.need("query", name);
    if (!query || name == *query) return explanation_from(keys, place, name);
    add_name(known, name);
  }
  fail_without(query.value_or(""), known);
}

/// The bytes of a text as a file.
std::unique_ptr<io::Input> input_of(const std::string& name, const std::string& text) {
  return std::make_unique<io::Input>(name, [left = std::string_view(text)](char* buffer, std::size_t size) mutable {
    const std::size_t count = left.copy(buffer, size);
    left.remove_prefix(count);
    return count;
  });
}

}  // namespace

ToldExplanation read_explanation(const std::string& path, const std::optional<std::string>& query,
                                 const CsvDialect& dialect) {
  const std::string name = io::input_name(path), text = io::read_all(path);
  std::string_view content = text;
  content.remove_prefix(byte_order_mark(content));
  content.remove_prefix(std::min(content.find_first_not_of(" \t\r\n"), content.size()));
  try {
    if (content.starts_with('{')) return from_json(content, query);
    const NamedColumns file(input_of(name, text), dialect);
    const ExplainedLines lines(file);
    return lines.of(query.value_or(lines.first()));
  } catch (const InputError& e) {
    const std::string message = e.what();
    throw InputError(message.starts_with(name + ":") ? message : name + ": " + message);
  }
}

}  // namespace maha::data
