#include "data/table/records.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "data/formats.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/requests.hpp"
#include "unit/data/written.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;
using maha::test::written;

namespace {

/// Small blocks, so that records lie in several.
Records records_of(const std::string& text, ColumnRequest request = {}) {
  const TempFile file(text);
  ReadOptions options;
  options.keep_records = true;
  options.block_size = 16;
  request.feature_use = FeatureUse::none;
  return read_records(*open_rows(file.path(), request, options));
}

const std::string kRaw = "a, b ,\"class\"\r\n1,\"two\nlines, \"\"quoted\"\"\",x\r\n 3 ,?,y\n\n5,,\"x\"";

}  // namespace

TEST_CASE("records: bytes as they are, labels by what they say, features unread") {
  const Records records = records_of(kRaw);
  CHECK(records.header == "a, b ,\"class\"\r\n");
  REQUIRE(records.text.size() == 3);
  CHECK(records.text[0] == "1,\"two\nlines, \"\"quoted\"\"\",x\r\n");
  CHECK(records.text[2] == "5,,\"x\"\n");  // the missing end of the last line is added
  CHECK(records.label == Labels{0, 1, 0});
  CHECK(records.id.empty());
}

TEST_CASE("records: parts, and a column more") {
  const Records records = records_of(kRaw);
  const std::vector<int> part{0, 1, 0};
  CHECK(written([&](io::Output& out) { write_part(out, records, part, 1); }) == records.header + " 3 ,?,y\n");
  CHECK(written([&](io::Output& out) { write_part(out, records, part, 0); }) ==
        records.header + std::string(records.text[0]) + "5,,\"x\"\n");
  CHECK(written([&](io::Output& out) {
          write_with_column(out, records, "a,b", part, {"train", "test"});
        }) == "a, b ,\"class\",\"a,b\"\r\n1,\"two\nlines, \"\"quoted\"\"\",x,train\r\n 3 ,?,y,test\n5,,\"x\",train\n");
  CHECK(written([&](io::Output& out) {
          write_with_column(out, records_of("1;x\n2;y\n"), "fold", {0, 1}, {});
        }) == "1;x;1\n2;y;2\n");
  CHECK_THROWS_AS(written([&](io::Output& out) { write_with_column(out, records, "b", part, {}); }), InputError);
}

TEST_CASE("records: without labels all rows are of one kind; ids are kept apart") {
  ColumnRequest request = maha::test::unlabeled();
  request.id = "who";
  const Records records = records_of("who,v\nann,1.5\nbob,2.5\nann,3\n", request);
  CHECK(records.label == Labels{0, 0, 0});
  CHECK(records.id == Labels{0, 1, 0});
  CHECK_THROWS_AS(records_of("a,v\n1,1.5\n2,2.5\n"), InputError);  // measurements are no labels
}

TEST_CASE("records: columns behind them as the file writes its own, empty for unusable rows") {
  const TempFile file("x;note\r\n1,5;\"a\nb\"\r\n?;c\r\n2;d\n");
  ReadOptions options;
  options.keep_records = true;
  options.block_size = 8;
  options.dialect.decimal = ',';
  options.missing = MissingField::skip_row;
  ColumnRequest request;
  request.labels = LabelUse::optional;
  const auto source = open_rows(file.path(), request, options);
  CHECK(written([&](io::Output& out) {
          AppendedRecords records(out, {"half", "a;b"});
          for (RowBlock block; source->next(block);) {
            records.write(*source, block, [&](std::size_t i) {
              return std::vector<std::string>{
                  number_field(block.X(static_cast<Index>(i), 0) / 2, source->record_text()), "u;v"};
            });
          }
        }) == "x;note;half;\"a;b\"\r\n1,5;\"a\nb\";\"0,75\";\"u;v\"\r\n?;c;;\r\n2;d;1;\"u;v\"\n");
  const TempFile taken("x;half\n1;2\n");
  request.unlabeled = true;
  const auto other = open_rows(taken.path(), request, options);
  std::string refusal;
  written([&](io::Output& out) {
    try {
      AppendedRecords(out, {"half"}).check(*other);
    } catch (const InputError& e) {
      refusal = e.what();
    }
  });
  CHECK(refusal == taken.path() + ": has a column 'half' already");
}
