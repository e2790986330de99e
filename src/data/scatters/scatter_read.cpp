#include <algorithm>
#include <cstdint>

#include "core/checksum.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/text.hpp"
#include "data/scatters/scatter_file.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

constexpr std::string_view kChecksum = "checksum ";
constexpr std::size_t kDigits = 16;                        // of a checksum
constexpr std::int64_t kMostRows = std::int64_t{1} << 53;  // beyond, a double no longer counts

[[noreturn]] void refuse(const std::string& why) { throw InputError("is no statistics of rows: " + why); }

/// The lines of a file, one after another.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::string_view next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) refuse("line " + std::to_string(number_ + 1) + " is missing");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++number_;
    return line;
  }

  bool at_end() const { return rest_.empty(); }
  std::string here() const { return "line " + std::to_string(number_); }

 private:
  std::string_view rest_;
  std::size_t number_ = 1;  // the version is the first
};

/// A line that is a JSON object with just these keys.
io::Json head_of(Lines& lines, const std::vector<std::string>& keys) {
  const std::string_view line = lines.next();
  io::Json head;
  try {
    head = io::parse_json(line);
  } catch (const InputError&) {
    refuse(lines.here() + " is not JSON");
  }
  const bool fits = head.is_object() && head.size() == keys.size() &&
                    std::all_of(keys.begin(), keys.end(), [&](const std::string& key) { return head.contains(key); });
  if (!fits) refuse(lines.here() + " is not about what was expected there");
  return head;
}

std::int64_t count_of(const Lines& lines, const io::Json& head, const char* key, std::int64_t least) {
  const io::Json& value = head[key];
  const bool whole = value.is_number_unsigned() && value.get<std::uint64_t>() <= std::uint64_t{kMostRows};
  if (!whole || value.get<std::int64_t>() < least)
    refuse(lines.here() + ": " + key + " is " + io::brief(value) + ", not a whole number from " +
           std::to_string(least) + " on");
  return value.get<std::int64_t>();
}

std::string text_of(const Lines& lines, const io::Json& value) {
  if (!value.is_string()) refuse(lines.here() + ": " + io::brief(value) + " is not a text");
  return value.get<std::string>();
}

bool truth_of(const Lines& lines, const io::Json& value) {
  if (!value.is_boolean()) refuse(lines.here() + ": " + io::brief(value) + " is not true or false");
  return value.get<bool>();
}

/// Appends the numbers of a line that begins with this word.
void take_numbers(Lines& lines, std::string_view word, std::size_t count, std::vector<linalg::Dyadic>& into) {
  const std::string_view line = lines.next();
  std::string_view rest = line;
  const auto field = [&] {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return text;
  };
  if (!word.empty() && field() != word) refuse(lines.here() + " does not begin with " + std::string(word));
  for (std::size_t k = 0; k < count; ++k) {
    if (rest.empty()) refuse(lines.here() + " has " + counted(k, "number") + ", and not " + std::to_string(count));
    const std::string_view text = field();
    std::optional<linalg::Dyadic> number = linalg::Dyadic::parse(text);
    if (!number) refuse(lines.here() + ": " + in_quotes(text) + " is no number of such a file");
    into.push_back(std::move(*number));
  }
  if (!rest.empty() || line.ends_with(' ')) refuse(lines.here() + " has more numbers than " + std::to_string(count));
}

linalg::ScatterSums sums_of(Lines& lines, Index rows, std::size_t dims, bool differences) {
  linalg::ScatterSums sums;
  sums.rows = rows;
  if (!differences) take_numbers(lines, "sum", dims, sums.sum);
  take_numbers(lines, "rounded", dims, sums.rounded);
  const auto negative = [](const linalg::Dyadic& number) { return number.is_negative(); };
  if (std::any_of(sums.rounded.begin(), sums.rounded.end(), negative))
    refuse(lines.here() + ": a sum of squares is negative");
  for (std::size_t a = 0; a < dims; ++a) take_numbers(lines, "", a + 1, sums.products);
  return sums;
}

void read_head(Lines& lines, const io::Json& head, ScatterFile& file) {
  file.dims = count_of(lines, head, "dims", 1);
  for (const auto& [key, marks] : {std::pair("parts", &file.parts), std::pair("taken", &file.taken)}) {
    if (!head[key].is_array()) refuse(lines.here() + ": " + key + " is no list");
    for (const io::Json& mark : head[key]) marks->push_back(text_of(lines, mark));
    if (!std::is_sorted(marks->begin(), marks->end())) refuse(lines.here() + ": " + key + " are not in their order");
  }
  file.labeled = !head["label"].is_null();
  if (file.labeled) file.label = text_of(lines, head["label"]);
  if (!head["features"].is_array()) refuse(lines.here() + ": features is no list");
  for (const io::Json& name : head["features"]) file.features.push_back(text_of(lines, name));
  if (!file.features.empty() && std::ssize(file.features) != file.dims)
    refuse(lines.here() + " names " + std::to_string(file.features.size()) + " of " + std::to_string(file.dims) +
           " features");
}

void read_class(Lines& lines, ScatterFile& file) {
  const io::Json head = head_of(lines, {"class", "rows"});
  if (!file.labeled && !head["class"].is_null()) refuse(lines.here() + ": a class is named without labels");
  const std::string name = file.labeled ? text_of(lines, head["class"]) : "";
  if (!file.classes.empty() && !(file.classes.back().name < name))
    refuse(lines.here() + ": class " + in_quotes(name) + " is not in its place");
  const Index rows = count_of(lines, head, "rows", 1);
  if (file.rows() + rows > kMostRows) refuse(lines.here() + ": there are more rows than 2^53");
  file.classes.push_back({name, sums_of(lines, rows, static_cast<std::size_t>(file.dims), false)});
}

linalg::ScatterSums read_pairs(Lines& lines, const ScatterFile& file, bool similar) {
  const io::Json head = head_of(lines, {"similar", "pairs"});
  if (truth_of(lines, head["similar"]) != similar) refuse(lines.here() + " is about the other kind of pairs");
  return sums_of(lines, count_of(lines, head, "pairs", 0), static_cast<std::size_t>(file.dims), true);
}

/// What stands between the version and the checksum, which comes first: nothing of a file that was altered is believed.
std::string_view checked(std::string_view bytes) {
  if (bytes.empty()) throw InputError("is empty");
  if (!bytes.starts_with(kScatterMark)) throw InputError("is no statistics of rows, as `maha-cov --stats` writes");
  const std::string_view version = bytes.substr(kScatterMark.size(), bytes.find('\n') - kScatterMark.size());
  if (version != kScatterVersion)
    throw InputError("is statistics in version " + in_quotes(version) + " of the format, and not " +
                     std::string(kScatterVersion));
  const std::size_t size = kChecksum.size() + kDigits + 1, body = bytes.size() - std::min(bytes.size(), size);
  Checksum checksum;
  checksum.add_bytes(bytes.substr(0, body));
  if (bytes.substr(body) != std::string(kChecksum) + checksum.text() + "\n")
    throw InputError("is no whole statistics of rows: its checksum is wrong, so it was cut off or altered");
  return bytes.substr(kScatterMark.size() + kScatterVersion.size() + 1,
                      body - kScatterMark.size() - kScatterVersion.size() - 1);
}

}  // namespace

ScatterFile parse_scatters(std::string_view bytes) {
  Lines lines(checked(bytes));
  ScatterFile file;
  const io::Json head = head_of(lines, {"dims", "features", "label", "parts", "taken", "classes", "pairs"});
  read_head(lines, head, file);
  const std::int64_t classes = count_of(lines, head, "classes", 1);
  const bool pairs = truth_of(lines, head["pairs"]);
  if (!file.labeled && classes != 1) refuse("it has " + std::to_string(classes) + " classes without labels");
  for (std::int64_t c = 0; c < classes; ++c) read_class(lines, file);
  if (pairs) {
    linalg::ScatterSums similar = read_pairs(lines, file, true);
    file.pairs = ScatterFile::PairSums{std::move(similar), read_pairs(lines, file, false)};
  }
  if (!lines.at_end()) refuse("something stands behind its last number");
  return file;
}

}  // namespace maha::data
