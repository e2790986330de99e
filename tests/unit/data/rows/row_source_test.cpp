#include "data/rows/row_source.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "core/error.hpp"
#include "data/formats.hpp"
#include "data/reports/center_distances.hpp"
#include "data/reports/coordinates.hpp"
#include "data/reports/predicted_records.hpp"
#include "data/table/records.hpp"
#include "data/table/table.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/written.hpp"
#include "unit/memory_rows.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::MemoryRows;
using maha::test::TempFile;
using maha::test::written;

namespace {

const double kNone = std::numeric_limits<double>::quiet_NaN();
const Matrix kX = (Matrix(5, 2) << 1, 2, 3, 4, kNone, 6, 7, 8, 0, -2).finished();
const std::vector<std::string> kLabels{"b", "a", "a", "b", "c"};

/// The same rows as lines of text with blanks between their fields.
class TextRows : public MemoryRows {
 public:
  TextRows() : test::MemoryRows(kX, kLabels) {}

  const RecordText& record_text() const override { return text_; }

  bool next(RowBlock& block) override {
    if (!test::MemoryRows::next(block)) return false;
    const auto lines = std::make_shared<std::vector<std::string>>();
    for (Index i = block.first_row; i < block.first_row + block.rows_read; ++i) {
      lines->push_back("row " + std::to_string(i) + "\n");
    }
    block.records.assign(lines->begin(), lines->end());
    block.bytes = lines;
    return true;
  }

 private:
  RecordText text_{"a b\n", ' ', ','};
};

/// A format of bytes: its mark, the number of features, then a row behind the other, all of class `none`.
class ByteRows : public MemoryRows {
 public:
  ByteRows(const std::string& name, const std::string& bytes)
      : test::MemoryRows(matrix(bytes), std::vector<std::string>(bytes.size(), "none")) {
    name_ = name;
  }

  static bool recognises(const std::string& path, std::string_view start) {
    return start.starts_with("ROWS") || path.ends_with(".rows");
  }

  static std::unique_ptr<RowSource> open(std::unique_ptr<io::Input> input, const ColumnRequest&, const ReadOptions&,
                                         const Threads&) {
    std::string bytes(2048, '\0');
    bytes.resize(input->read(bytes.data(), bytes.size()));
    return std::make_unique<ByteRows>(input->name(), bytes);
  }

 private:
  static Matrix matrix(const std::string& bytes) {
    const Index dims = bytes.at(4);
    Matrix X((static_cast<Index>(bytes.size()) - 5) / dims, dims);
    std::copy_n(bytes.begin() + 5, X.size(), X.data());
    return X;
  }
};

const std::vector<RowFormat> kFormats{{"bytes", ByteRows::recognises, ByteRows::open}, row_formats().back()};

Model model_of(const Matrix& L) {
  Model model;
  model.metric = metric::Metric::from_factor(L);
  return model;
}

}  // namespace

TEST_CASE("row source: a table of any") {
  MemoryRows rows(kX, kLabels);
  const Table table = read_table(rows);
  CHECK(table.X == (Matrix(4, 2) << 1, 2, 3, 4, 7, 8, 0, -2).finished());
  CHECK(table.classes == std::vector<std::string>{"a", "b", "c"});
  CHECK(table.y == Labels{1, 0, 1, 2});
  CHECK(table.row == std::vector<Index>{1, 2, 4, 5});
  CHECK(table.rows_read == 5);
  CHECK(table.name == "memory");
  CHECK(table.columns.feature_names() == std::vector<std::string>{"x1", "x2"});
  CHECK_THROWS_WITH_AS(read_table(rows), "memory: has no usable row", InputError);  // it is at its end
}

TEST_CASE("row source: coordinates and distances of any") {
  Model model = model_of((Matrix(2, 2) << 2, 0, 0, 0.5).finished());
  Index passed_over = 0;
  CHECK(written([&](io::Output& out) {
          MemoryRows rows(kX, kLabels);
          const auto csv = csv_writer(out, coordinate_columns(rows.columns(), model), Threads());
          passed_over = write_coordinates(rows, model, *csv);
        }) == "z1,z2,kind\n2,1,b\n6,2,a\n14,4,b\n0,-1,c\n");
  CHECK(passed_over == 1);
  model.center = Vector{{1, 2}};
  CHECK(written([&](io::Output& out) {
          MemoryRows rows(kX, kLabels);
          write_center_distances(rows, model, {true, [](double) { return 0.5; }}, out);
        }) == "row,distance,p_value\n1,0,0.5\n2,17,0.5\n4,153,0.5\n5,8,0.5\n");
}

TEST_CASE("row source: records are handed on if they are text, whatever it looks like") {
  TextRows rows;
  const Records records = read_records(rows);
  const std::vector<int> part{0, 1, 0, 1};
  CHECK(written([&](io::Output& out) { write_part(out, records, part, 1); }) == "a b\nrow 2\nrow 5\n");
  CHECK(written([&](io::Output& out) { write_with_column(out, records, "p", part, {}); }) ==
        "a b p\nrow 1 1\nrow 2 2\nrow 4 1\nrow 5 2\n");
  CHECK(written([&](io::Output& out) {
          TextRows text;
          PredictedRecords predicted(out, {"u", "v w"});
          for (RowBlock block; text.next(block);) predicted.write(text, block, {1, {1, 0}, {0.5, 1}});
        }) ==
        "a b predicted vote_share\nrow 1 \"v w\" \"0,5\"\nrow 2 u 1\nrow 3  \nrow 4 \"v w\" \"0,5\"\nrow 5 \"v w\" "
        "\"0,5\"\n");
  MemoryRows bare(kX, kLabels);
  CHECK_THROWS_WITH_AS(read_records(bare),
                       "memory: its rows are not CSV, and only lines of CSV can be copied to the output", InputError);
}

TEST_CASE("row source: labels that nobody named may be measurements in any format") {
  class Unsure : public MemoryRows {
   public:
    Unsure() : test::MemoryRows(kX, {"0.5", "1.5", "1.5", "0.5", "2"}), columns_(test::MemoryRows::columns()) {
      columns_.label_is_sure = false;
    }
    const Columns& columns() const override { return columns_; }

   private:
    Columns columns_;
  };
  Unsure rows;
  CHECK_THROWS_WITH_AS(read_table(rows), "memory: column 3 (kind) holds 0.5: is it a label? Then --label 3",
                       InputError);
}

TEST_CASE("formats: the first that recognises a file has it, and CSV the rest") {
  const auto read = [](const TempFile& file) {
    return read_table(*open_rows(file.path(), {}, {}, Threads(), kFormats));
  };
  const Table bytes = read(TempFile("ROWS\2\1\2\3\4\5\6"));
  CHECK(bytes.X == (Matrix(3, 2) << 1, 2, 3, 4, 5, 6).finished());
  CHECK(bytes.classes == std::vector<std::string>{"none"});
  const Table csv = read(TempFile("a,class\n7,x\n"));
  CHECK(csv.X == (Matrix(1, 1) << 7).finished());
  CHECK(csv.classes == std::vector<std::string>{"x"});

  const TempFile plain("mark\2\7\7");
  const std::string path = plain.path() + ".rows";
  std::filesystem::copy_file(plain.path(), path);
  CHECK(read_table(*open_rows(path, {}, {}, Threads(), kFormats)).X.size() == 2);  // by its ending
  std::filesystem::remove(path);
}

TEST_CASE("formats: a file of none is refused, and one without records where they are wanted") {
  const TempFile csv("a,class\n7,x\n"), bytes("ROWS\2\1\2");
  const std::vector<RowFormat> one{kFormats.front()};
  CHECK_THROWS_WITH_AS(open_rows(csv.path(), {}, {}, Threads(), one),
                       (csv.path() + ": is in no format that is read here: bytes").c_str(), InputError);
  ReadOptions keep;
  keep.keep_records = true;
  CHECK_THROWS_WITH_AS(
      open_rows(bytes.path(), {}, keep, Threads(), kFormats),
      (bytes.path() + ": its rows are not CSV, and only lines of CSV can be copied to the output").c_str(), InputError);
  CHECK(open_rows(csv.path(), {}, keep, Threads(), kFormats)->record_text().header == "a,class\n");
  CHECK_THROWS_WITH_AS(open_rows("/no/such/file", {}, {}), "/no/such/file: No such file or directory", InputError);
}
