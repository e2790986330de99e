#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "core/error.hpp"
#include "data/formats.hpp"
#include "data/table/table.hpp"
#include "fuzz.hpp"
#include "io/input.hpp"
#include "io/packed/codec.hpp"

namespace maha::fuzz {
namespace {

using data::ColumnRequest;
using data::Header;
using data::LabelUse;
using data::MissingField;
using data::ReadOptions;
using data::Table;

data::CsvDialect dialect_from(Choices& choices) {
  static constexpr char kDelimiters[] = {0, ',', ';', '\t', ' ', '|', ':', '"', '.'};
  static constexpr const char* kComments[] = {"", "#", "//", "%", "a"};
  data::CsvDialect dialect;
  dialect.delimiter = choices.of(kDelimiters);
  dialect.comment = choices.of(kComments);
  switch (choices.below(5)) {
    case 1:
      dialect.na = {"-999", "none"};
      break;
    case 2:
      dialect.na = {};
      break;
    case 3:
      dialect.decimal = ',';
      break;
    case 4:
      dialect.na = {"", "0", "1e400", "x y"};
      break;
    default:
      break;
  }
  return dialect;
}

/// What the user says of the columns.
void ask(ColumnRequest& request, std::size_t choice) {
  switch (choice) {
    case 1:
      request.label = "y";
      break;
    case 2:
      request.label = "1";
      break;
    case 3:
      request.label = "-1";
      break;
    case 4:
      request.unlabeled = true;
      break;
    case 5:
      request.target = true, request.label = "-1";
      break;
    case 6:
      request.labels = LabelUse::optional;
      break;
    case 7:
      request.labels = LabelUse::optional, request.id = "id";
      break;
    case 8:
      request.id = "1", request.label = "-1";
      break;
    case 9:
      request.drop = {"2"};
      break;
    case 10:
      request.drop = {"-2", "a b", "c"}, request.labels = LabelUse::unused;
      break;
    case 11:
      request.unlabeled = true, request.id = "-1", request.drop = {"1"};
      break;
    case 12:
      request.labels = LabelUse::unused;
      break;
    case 13:
      request.drop = {"a", "b"}, request.label = "y";
      break;
    default:
      break;
  }
}

/// What the tool and a model say of them; whether the model has a value for each missing one.
bool ask_for_model(ColumnRequest& request, std::size_t choice) {
  if (choice >= 1 && choice <= 3) request.source = "model.json";
  switch (choice) {
    case 1:
      request.dims = 2;
      break;
    case 2:
      request.dims = 2, request.features = {"a", "b"}, request.model_label = "y";
      break;
    case 3:
      request.dims = 1, request.features = {"b"};
      break;
    case 4:
      request.feature_use = data::FeatureUse::none;
      break;
    case 5:
      request.has_options = false;
      break;
    case 6:
      request.asks_for_label = false;
      break;
    default:
      break;
  }
  return choice >= 1 && choice <= 3;
}

bool same(const MatrixRef& a, const MatrixRef& b) {
  const auto size = static_cast<std::size_t>(a.size()) * sizeof(double);
  return a.rows() == b.rows() && a.cols() == b.cols() && (size == 0 || std::memcmp(a.data(), b.data(), size) == 0);
}

bool same(const Table& a, const Table& b) {
  return same(a.X, b.X) && a.y == b.y && same(Matrix(a.target), Matrix(b.target)) && a.classes == b.classes &&
         a.ids == b.ids && a.row == b.row && a.rows_read == b.rows_read && same(Matrix(a.fill), Matrix(b.fill)) &&
         a.columns.names == b.columns.names && a.columns.features == b.columns.features &&
         a.columns.label == b.columns.label && a.columns.id == b.columns.id;
}

void check(const Table& table, MissingField missing) {
  const auto n = static_cast<std::size_t>(table.rows());
  require(n > 0 && table.rows() <= table.rows_read, "a table has rows");
  require(table.X.cols() == table.columns.dims(), "a table has a column for each feature");
  require(missing == MissingField::keep || table.X.allFinite(), "features are finite");
  require(table.row.size() == n && std::is_sorted(table.row.begin(), table.row.end()), "rows are in their order");
  require(table.row.front() >= 1 && table.row.back() <= table.rows_read, "rows have numbers of the file");
  require(table.ids.empty() || table.ids.size() == n, "every row has an id, or none");
  require(!table.labeled() || table.y.size() == n, "every row has a label");
  for (const int y : table.y) require(y >= 0 && y < std::ssize(table.classes), "a label is of a class");
  require(!table.columns.label_is_target || (table.target.size() == table.rows() && table.target.allFinite()),
          "every row has a target");
}

void check_records(const ColumnRequest& request, ReadOptions options) {
  options.keep_records = true;
  const auto rows = data::open_rows("-", request, options);
  data::RowBlock block;
  while (rows->next(block)) {
    require(std::ssize(block.records) == block.rows_read, "there is a record for each row");
    std::size_t bytes = 0;  // of all of them, each of which is looked at
    for (const std::string_view record : block.records) {
      bytes =
          std::accumulate(record.begin(), record.end(), bytes, [](std::size_t n, char c) { return n + (c != '\0'); });
      require(record.ends_with('\n'), "a record has its line end");
    }
  }
}

/// What stands in few bytes for so much that sanitizers take seconds for it: packed ones, and sparse rows with a feature
/// whose index is large, though not too large.
bool unfolds_to_much(std::string_view bytes, bool packed) {
  constexpr std::size_t kMuch = 1 << 18, kMuchTooLarge = 1 << 22;
  if (packed) {
    std::size_t unpacked = 0;
    done([&] { unpacked = io::Input("-").start(kMuch).size(); });
    rewind_stdin();
    return unpacked == kMuch;
  }
  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 1;
  for (std::size_t colon = bytes.find(':'); colon < bytes.size(); colon = bytes.find(':', colon + 1)) {
    std::size_t index = 0, begin = colon;
    while (begin > 0 && bytes[begin - 1] >= '0' && bytes[begin - 1] <= '9') --begin;
    while (begin < colon && index < kMuchTooLarge) index = 10 * index + static_cast<std::size_t>(bytes[begin++] - '0');
    if (index < kMuchTooLarge && index * lines > kMuch) return true;
  }
  return false;
}

}  // namespace

void csv(std::string_view input) {
  Choices choices(input);
  ReadOptions options;
  options.dialect = dialect_from(choices);
  ColumnRequest request;
  static constexpr Header kHeaders[] = {Header::guess, Header::yes, Header::no};
  request.header = choices.of(kHeaders);
  ask(request, choices.below(14));
  const bool filled = ask_for_model(request, choices.below(7));
  static constexpr MissingField kMissing[] = {MissingField::error, MissingField::skip_row, MissingField::fill,
                                              MissingField::keep};
  options.missing = choices.of(kMissing);
  if (options.missing == MissingField::fill && filled) options.fill = Vector::Constant(*request.dims, 0.5);
  static constexpr std::size_t kSmallBlocks[] = {1, 7, 64, 1024};
  const std::size_t small_blocks = choices.of(kSmallBlocks);
  const std::size_t more = choices.below(3);
  choices.byte();  // a line feed, in inputs that were written by hand

  const std::string_view bytes = choices.rest();
  put_on_stdin(bytes);
  const bool packed = io::packing_of(bytes) != nullptr;
  if (unfolds_to_much(bytes, packed)) return;
  Table table;
  const bool read = done([&] { table = data::read_table("-", request, options); });
  if (read) check(table, options.missing);

  if (packed) return;  // small blocks of what is long make a long wait
  ReadOptions in_blocks = options;
  in_blocks.block_size = small_blocks;
  rewind_stdin();
  Table again;
  require(done([&] { again = data::read_table("-", request, in_blocks); }) == read, "blocks decide no errors");
  require(!read || same(table, again), "blocks decide nothing");
  if (!read || more == 0) return;
  rewind_stdin();
  done([&] {
    if (more == 1) check_records(request, in_blocks);
    if (more == 2) data::read_table("-", request.following(table.columns), options);
  });
}

}  // namespace maha::fuzz
