#include "data/scatters/scatter_file.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "core/checksum.hpp"
#include "core/text/text.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

/// Writes, and sums up what was written.
class CheckedOutput {
 public:
  explicit CheckedOutput(io::Output& out) : out_(out) {}

  void write(const std::string& text) {
    checksum_.add_bytes(text);
    out_.write(text);
  }

  void finish() { out_.write("checksum " + checksum_.text() + "\n"); }

 private:
  io::Output& out_;
  Checksum checksum_;
};

std::string line_of(const char* word, std::span<const linalg::Dyadic> numbers) {
  std::string line = word;
  for (const linalg::Dyadic& number : numbers) {
    if (!line.empty()) line += ' ';
    number.append_to(line);
  }
  return line + "\n";
}

void write_sums(CheckedOutput& out, const linalg::ScatterSums& sums) {
  if (!of_differences(sums)) out.write(line_of("sum", sums.sum));
  out.write(line_of("rounded", sums.rounded));
  std::span<const linalg::Dyadic> rest = sums.products;
  for (std::size_t a = 1; !rest.empty(); rest = rest.subspan(a++)) out.write(line_of("", rest.first(a)));
}

/// Of its counts and sums, in which parts of other rows differ.
std::string mark_of(const ScatterFile& file) {
  Checksum checksum;
  const auto add = [&](const std::string& name, const linalg::ScatterSums& sums) {
    checksum.add({name, std::to_string(sums.rows), line_of("", sums.sum), line_of("", sums.products)});
  };
  checksum.add(file.features);
  for (const auto& [name, sums] : file.classes) add(name, sums);
  if (file.pairs) {
    add("similar", file.pairs->similar);
    add("dissimilar", file.pairs->dissimilar);
  }
  return checksum.text();
}

void write_head(CheckedOutput& out, const io::Json& head) { out.write(io::dump_json(head) + "\n"); }

}  // namespace

Index ScatterFile::rows() const {
  return std::accumulate(classes.begin(), classes.end(), Index{0},
                         [](Index sum, const Class& of) { return sum + of.sums.rows; });
}

std::vector<const linalg::ScatterSums*> ScatterFile::sums() const {
  std::vector<const linalg::ScatterSums*> all;
  for (const Class& of : classes) all.push_back(&of.sums);
  return all;
}

Columns ScatterFile::columns() const {
  Columns columns;
  columns.count = static_cast<std::size_t>(dims) + (labeled ? 1 : 0);
  columns.header = !features.empty();
  columns.names = features;
  if (columns.header && labeled) columns.names.push_back(label);
  columns.features.resize(static_cast<std::size_t>(dims));
  std::iota(columns.features.begin(), columns.features.end(), std::size_t{0});
  if (labeled) columns.label = columns.count - 1;
  return columns;
}

ScatterFile scatter_file(const Columns& columns, std::vector<linalg::ScatterSums> sums,
                         const std::vector<std::string>& classes, std::optional<ScatterFile::PairSums> pairs) {
  ScatterFile file;
  file.dims = columns.dims();
  file.features = columns.feature_names();
  file.labeled = !classes.empty();
  if (file.labeled) file.label = columns.label_name();
  for (std::size_t c = 0; c < sums.size(); ++c)
    file.classes.push_back({file.labeled ? classes[c] : "", std::move(sums[c])});
  std::sort(file.classes.begin(), file.classes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  file.pairs = std::move(pairs);
  file.parts = {mark_of(file)};
  return file;
}

void write_scatters(io::Output& out, const ScatterFile& file) {
  CheckedOutput checked(out);
  checked.write(std::string(kScatterMark) + std::string(kScatterVersion) + "\n");
  write_head(checked, {{"dims", file.dims},
                       {"features", file.features},
                       {"label", file.labeled ? io::Json(file.label) : io::Json()},
                       {"parts", file.parts},
                       {"taken", file.taken},
                       {"classes", file.classes.size()},
                       {"pairs", file.pairs.has_value()}});
  for (const auto& [name, sums] : file.classes) {
    write_head(checked, {{"class", file.labeled ? io::Json(name) : io::Json()}, {"rows", sums.rows}});
    write_sums(checked, sums);
  }
  if (file.pairs) {
    for (const linalg::ScatterSums* kind : {&file.pairs->similar, &file.pairs->dissimilar}) {
      write_head(checked, {{"similar", kind == &file.pairs->similar}, {"pairs", kind->rows}});
      write_sums(checked, *kind);
    }
  }
  checked.finish();
}

std::string scatter_lines(const ScatterFile& file) {
  std::string text;
  const auto line = [&](const std::string& what, const std::string& value) { text += what + ": " + value + "\n"; };
  line("rows", std::to_string(file.rows()));
  line("features", std::to_string(file.dims));
  line("parts", std::to_string(file.parts.size()));
  if (!file.taken.empty()) line("taken away", std::to_string(file.taken.size()));
  if (!file.label.empty()) line("label", printable(file.label));
  if (file.labeled) line("classes", std::to_string(file.classes.size()));
  for (const auto& [name, sums] : file.classes) {
    if (file.labeled) line("class " + printable(name), std::to_string(sums.rows));
  }
  if (!file.pairs) return text;
  line("similar pairs", std::to_string(file.pairs->similar.rows));
  line("dissimilar pairs", std::to_string(file.pairs->dissimilar.rows));
  return text;
}

std::string scatter_json(const ScatterFile& file) {
  io::Json json{{"rows", file.rows()}, {"dims", file.dims}, {"features", file.features}};
  json["parts"] = file.parts.size();
  json["taken"] = file.taken.size();
  if (file.labeled) {
    json["label"] = file.label;
    for (const auto& [name, sums] : file.classes) json["classes"][name] = sums.rows;
  }
  if (file.pairs) json["pairs"] = {{"similar", file.pairs->similar.rows}, {"dissimilar", file.pairs->dissimilar.rows}};
  return io::dump_json(json) + "\n";
}

}  // namespace maha::data
