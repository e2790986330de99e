#include "data/table/doubtful_labels.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "data/formats.hpp"
#include "data/label_file.hpp"
#include "data/rows/labelled_rows.hpp"
#include "data/table/records.hpp"
#include "data/table/table.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/requests.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;

namespace {

const std::string kDoubtful = "a,class\n1,NA\n2,u\n3,None\n4,NA\n5,v\n";
const std::string kArffLabels = "@relation r\n@attribute a real\n@attribute class {u,v,'?'}\n@data\n1,u\n2,'?'\n3,v\n";

Table labelled(const TempFile& file, MissingField missing, const CsvDialect& dialect = {}) {
  ReadOptions options;
  options.missing = missing;
  options.dialect = dialect;
  return read_table(file.path(), {}, options);
}

std::string doubt(const std::string& about) {
  return ", which --na takes for a missing value: it counts as a class; --missing skip leaves it out" + about;
}

}  // namespace

TEST_CASE("labels that are words for missing values: classes with a warning each, or their rows are passed over") {
  const TempFile file(kDoubtful);
  const Table kept = labelled(file, MissingField::error);
  CHECK(kept.classes == std::vector<std::string>{"NA", "None", "u", "v"});
  CHECK(kept.columns.warnings == std::vector<std::string>{file.path() + ": 2 rows have the label 'NA'" + doubt(""),
                                                          file.path() + ": 1 row has the label 'None'" + doubt("")});
  const Table left = labelled(file, MissingField::skip_row);
  CHECK(left.row == std::vector<Index>{2, 5});
  CHECK(left.rows_read == 5);
  CHECK(left.columns.warnings.empty());
  CsvDialect sure;
  sure.na = {"?", "None"};
  CHECK(labelled(file, MissingField::error, sure).columns.warnings.size() == 1);
  CHECK(labelled(file, MissingField::skip_row, sure).row == std::vector<Index>{1, 2, 4, 5});
  sure.na = {};
  CHECK(labelled(file, MissingField::error, sure).columns.warnings.empty());
  CHECK(labelled(file, MissingField::skip_row, sure).rows() == 5);
}

TEST_CASE("labels that are words for missing values, of records: the same") {
  const TempFile file(kDoubtful);
  ReadOptions options;
  options.keep_records = true;
  ColumnRequest request;
  request.feature_use = FeatureUse::none;
  const Records records = read_records(*open_rows(file.path(), request, options));
  REQUIRE(records.label_doubts.size() == 2);
  CHECK(records.label_doubts[0] == file.path() + ": 2 rows have the label 'NA'" + doubt(""));
  CsvDialect sure;
  sure.na = {"x"};
  CHECK(read_records(*open_rows(file.path(), request, options), sure).label_doubts.empty());
  options.missing = MissingField::skip_row;
  CHECK(read_records(*open_rows(file.path(), request, options)).text.size() == 2);
}

TEST_CASE("the label ? of ARFF is missing, and in quotes a class of that name, with a warning") {
  const TempFile quoted(kArffLabels), bare(kArffLabels + "4,?\n");
  const Table table = labelled(quoted, MissingField::error);
  CHECK(table.classes == std::vector<std::string>{"?", "u", "v"});
  CHECK(table.columns.warnings.size() == 1);
  CHECK_THROWS_WITH_AS(labelled(bare, MissingField::error),
                       (bare.path() + ":8: column 2 (class): the label is empty: --missing skip").c_str(), InputError);
  CHECK(labelled(bare, MissingField::skip_row).row == std::vector<Index>{1, 3});
}

TEST_CASE("labels that are words for missing values, in a file of their own: the same") {
  const TempFile rows("1,2\n3,4\n5,6\n"), labels("u\nNA\nv\n");
  for (const MissingField missing : {MissingField::error, MissingField::skip_row}) {
    ReadOptions options;
    options.missing = missing;
    LabelledRows both(open_rows(rows.path(), maha::test::unlabeled(), options, Threads()),
                      open_labels(labels.path(), false, missing, {}, Threads()));
    const Table table = read_table(both, options);
    const bool skips = missing == MissingField::skip_row;
    CHECK(table.rows() == (skips ? 2 : 3));
    CHECK(table.columns.warnings.size() == (skips ? 0 : 1));
  }
}

TEST_CASE("labels that are only told: those of the column that the first file has, also where they are missing") {
  const TempFile first("a,b,class\n1,2,u\n3,4,v\n"), second("b,class,a\n4,,3\n2,NA,1\n2,w,1\n"), none("b,a\n2,1\n");
  const Columns columns = read_table(first.path(), {}, {}).columns;
  ColumnRequest told = ColumnRequest().following(columns);
  told.labels = LabelUse::told;
  for (const MissingField missing : {MissingField::error, MissingField::skip_row}) {
    ReadOptions options;
    options.missing = missing;
    const Table table = read_table(second.path(), told, options);
    CHECK(table.X == (Matrix(3, 2) << 3, 4, 1, 2, 1, 2).finished());
    REQUIRE(table.labeled());
    CHECK(table.classes == std::vector<std::string>{"", "NA", "w"});
    CHECK(table.y == Labels{0, 1, 2});
    CHECK(table.columns.warnings.empty());
  }
  CHECK_FALSE(read_table(none.path(), told, {}).labeled());
}
