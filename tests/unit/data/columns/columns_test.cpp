/// What columns are taken for where nobody says so: never a guess that may be wrong in silence.

#include "data/columns/columns.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "data/columns/column_doubts.hpp"
#include "data/columns/column_hints.hpp"
#include "unit/data/requests.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::optional_label;

namespace {

using Names = std::vector<std::string>;

const FieldReader kFields{CsvDialect{}};

/// The columns of a file with these first two records, its text checked.
Columns columns(const Names& first, const Names& second, const ColumnRequest& request = {}) {
  Columns found = resolve_columns(request, first, &second, kFields, "f");
  check_no_text(found, found.header ? second : first, kFields, "f");
  return found;
}

std::string refusal(const Names& first, const Names& second, const ColumnRequest& request = {}) {
  return test::refusal<InputError>([&] { columns(first, second, request); });
}

}  // namespace

TEST_CASE("a first column without a name is the id of its rows, and said to be") {
  for (const char* index : {"0", "17", "-3", "2.0", "Mazda RX4"}) {
    const Columns found = columns({"", "a", "b", "class"}, {index, "1.5", "2", "u"});
    CHECK(found.header);
    CHECK(found.id == 0u);
    CHECK(found.id_is_guessed);
    CHECK(found.id_name() == "id");
    CHECK(found.feature_names() == Names{"a", "b"});
    CHECK(found.notes == Names{"f: column 1 has no name and is taken for the id of its rows, as with --id 1"});
  }
  const Columns measured = columns({"", "a", "class"}, {"0.5", "2", "u"});  // no index is made of these
  CHECK(measured.feature_names() == Names{"", "a"});
  CHECK(columns({"a", "", "class"}, {"1", "2", "u"}).feature_names() == Names{"a", ""});  // nor stands there
  ColumnRequest request;
  for (const char* number : {"1", "-4"}) {
    request.drop = {number};
    CHECK_FALSE(columns({"", "a", "b", "class"}, {"1", "1.5", "2", "u"}, request).id);
  }
  request = {};
  request.id = "a";
  CHECK(columns({"", "a", "b", "class"}, {"1", "x", "2", "u"}, request).feature_names() == Names{"b"});
  request = {};
  request.features = {"b", "a"};  // of a model
  const Columns with_model = columns({"", "a", "b", "class"}, {"1", "1.5", "2", "u"}, request);
  CHECK(with_model.id == 0u);
  CHECK(with_model.ignored.empty());
}

TEST_CASE("an index over columns without names makes a header of numbers") {
  const Columns found = columns({"", "0", "1", "target"}, {"0", "1.5", "2", "u"});
  CHECK(found.feature_names() == Names{"0", "1"});
  CHECK(found.label_name() == "target");
  ColumnRequest request;
  request.drop = {"1"};
  CHECK(columns({"", "0", "1", "target"}, {"0", "1.5", "2", "u"}, request).feature_names() == Names{"0"});
  CHECK(refusal({"", "2019", "2020", "u"}, {"4", "1.5", "2", "u"}) ==
        "f: is the first line a header? Its first field is empty: --header yes or no");
  const std::string mixed = "f: is the first line a header? It has both numbers and text: --header yes or no";
  CHECK(refusal({"8", "M", "1.5", "2"}, {"9", "B", "2.5", "3"}) ==
        mixed + "; if no, column 2 is text: --header no --label 2?");
  CHECK(refusal({"a", "2019", "2020", "u"}, {"4", "1.5", "2", "u"}) == mixed);
  CHECK_FALSE(
      resolve_columns({}, {"", "2.5", "1", "u"}, nullptr, kFields, "f").header);  // a missing value, as it may be
}

TEST_CASE("two columns without a name are told apart by number") {
  CHECK(refusal({"a", "", "", "class"}, {"1", "2", "3", "u"}) == "f: columns 2 and 3 have no name: --drop 3");
  CHECK(refusal({"a", "", "", "", "class"}, {"1", "2", "3", "4", "u"}) ==
        "f: columns 2, 3 and 4 have no name: --drop 3,4");
}

TEST_CASE("a column that is called by number needs no name") {
  const Names header{"", "a", "b", ""}, row{"0", "1", "2", "u"};
  CHECK(refusal(header, row) == "f: columns 1 and 4 have no name: --label 4");
  CHECK(refusal({"", "a", "", ""}, row) == "f: columns 1, 3 and 4 have no name: --label 4 --drop 3");
  ColumnRequest request;
  request.label = "4";
  const Columns labelled = columns(header, row, request);
  CHECK(labelled.label == 3u);
  CHECK(labelled.id == 0u);
  CHECK(labelled.feature_names() == Names{"a", "b"});
  const Columns second = columns({"b", "", "a", ""}, {"2", "7", "1", "u"}, request.following(labelled));
  CHECK(second.label == 3u);
  CHECK(second.features == std::vector<std::size_t>{2, 0});
  request = {};
  request.id = "1";
  CHECK(columns(header, row, request).label == 3u);
  request = {};
  request.drop = {"-1"};
  CHECK(columns(header, row, request).label == 2u);
  request = optional_label();
  request.features = {"b"};  // of a model, which has no use for the others
  CHECK(columns({"x", "", "b", ""}, row, request).ignored == Names{"x", "column 2", "column 4"});
}

TEST_CASE("the label that a model recorded may be left out, and a label that is named may not") {
  ColumnRequest request = optional_label();
  request.model_label = "class", request.drop = {"class"}, request.dims = 2;
  CHECK(!columns({"a", "b", "class"}, {"1", "2", "u"}, request).label);
  request.features = {"a", "b"};
  CHECK(!columns({"a", "b", "class"}, {"1", "2", "u"}, request).label);
  CHECK(columns({"a", "b", "class"}, {"1", "2", "u"}, request).ignored.empty());
  request.label = "class";
  CHECK(refusal({"a", "b", "class"}, {"1", "2", "u"}, request) ==
        "f: column 3 (class) cannot be the label and be dropped or be the id");
}

TEST_CASE("columns behind the last delimiter are no columns") {
  const std::string said = " no name and no value: does a delimiter end every line? --drop ";
  CHECK(refusal({"a", "b", "class", ""}, {"1", "2", "u", ""}) == "f: column 4 has" + said + "4");
  CHECK(refusal({"a", "class", "", ""}, {"1", "u", "", ""}) == "f: columns 3 and 4 have" + said + "3,4");
  CHECK(refusal({"", "a", "class", ""}, {"1", "2", "u", ""}) == "f: column 4 has" + said + "4");
  ColumnRequest request;
  request.drop = {"4"};
  CHECK(columns({"a", "b", "class", ""}, {"1", "2", "u", ""}, request).label == 2u);
  request = optional_label();
  request.features = {"a", "b"};
  CHECK(columns({"a", "b", "class", ""}, {"1", "2", "u", ""}, request).dims() == 2);
}

TEST_CASE("where a model gives but the number of features, another label than the last is proposed") {
  ColumnRequest request = optional_label();
  request.dims = 2;
  const Names header{"diagnosis", "a", "b"}, row{"M", "1", "2"};
  const std::string said = "f: text where numbers should be, in column 1 (diagnosis)";
  CHECK(refusal(header, row, request) == said + ": --label diagnosis");
  CHECK(refusal({"diagnosis", "a", "class"}, row, request) == said);
  request.label = "diagnosis";
  CHECK(columns(header, row, request).feature_names() == Names{"a", "b"});
}

TEST_CASE("no option is proposed to a tool that has none") {
  ColumnRequest request = optional_label();
  request.unlabeled = true;
  request.has_options = false;
  CHECK(refusal({"a", ""}, {"1", ""}, request) ==
        "f: column 2 has no name and no value: does a delimiter end every line?");
  CHECK(refusal({"a", "", ""}, {"1", "2", "3"}, request) == "f: columns 2 and 3 have no name");
  CHECK(refusal({"a", "2"}, {"1", "2"}, request) == "f: is the first line a header? It has both numbers and text");
  CHECK(refusal({"a", "b"}, {"1", "x"}, request) == "f: text where numbers should be, in column 2 (b)");
}

TEST_CASE("a first line of numbers that counts up, or ends in the name of a label, is data with a warning") {
  const auto warned = [](const Names& first, const Names& second, const ColumnRequest& request = {}) {
    const Columns found = resolve_columns(request, first, &second, kFields, "f");
    CHECK_FALSE(found.header);
    return found.warnings.size();
  };
  CHECK(warned({"0", "1", "2", "target"}, {"5.1", "3.5", "1.4", "u"}) == 1);
  CHECK(warned({"0", "1", "kind"}, {"5.1", "3.5", "u"}) == 1);
  CHECK(warned({"400", "410", "class"}, {"5.1", "3.5", "u"}) == 1);
  CHECK(warned({"0", "1", "2", "3"}, {"5.1", "3.5", "1.4", "1"}, optional_label()) == 1);
  CHECK(warned({"1", "2", "3", "4"}, {"5.1", "3.5", "1.4", "1"}) == 1);
  CHECK(warned({"1990", "1991", "1992", "country"}, {"1.5", "1.25", "1.1", "c1"}) == 1);
  CHECK(warned({"400", "410", "420", "species"}, {"0.5", "1", "0.25", "u"}) == 1);
  CHECK(warned({"420", "410", "400", "species"}, {"12", "15", "11", "u"}) == 1);  // numbers of another size
  CHECK(warned({"2", "4", "6", "8", "10", "12", "u"}, {"3", "5", "1", "9", "9", "2", "v"}) == 1);  // too many by chance
  CHECK(warned({"10", "20", "30", "u"}, {"12", "28", "33", "v"}) == 0);
  CHECK(warned({"10", "20", "30", "u"}, {"12", "NA", "33", "v"}) == 0);
  CHECK(warned({"3", "6", "9", "u"}, {"2.5", "6.5", "9", "u"}) == 0);  // a label like the one below
  CHECK(warned({"5", "5", "5", "u"}, {"2.5", "6.5", "9", "v"}) == 0);
  CHECK(warned({"400", "410", "species"}, {"5.1", "3.5", "u"}) == 0);
  CHECK(warned({"1", "2", "u"}, {"3", "5", "v"}) == 0);
  CHECK(warned({"1", "2", "3", "u"}, {"1", "2", "3", "v"}) == 0);
  CHECK(warned({"5.1", "3.5", "u"}, {"4.9", "3.0", "u"}) == 0);
  const Names row{"5.1", "3.5", "1.4", "u"};
  CHECK(resolve_columns({}, {"0", "1", "2", "target"}, &row, kFields, "f").warnings[0] ==
        "f: the first line (0, 1, 2, target) is taken for data, but looks like a header: --header yes?");
}

TEST_CASE("a column that looks like the label is not passed over for the last one") {
  CHECK(refusal({"class", "a", "b"}, {"2", "1", "3"}) ==
        "f: is column 1 (class) the label? --label class, or --label b");
  CHECK(refusal({"class", "a", "b"}, {"2", "1", "3"}, optional_label()) ==
        "f: is column 1 (class) the label? --label class, or --label b, or --unlabeled");
  CHECK(refusal({"Target", "name", "b"}, {"2", "x", "3"}) ==
        "f: is column 1 (Target) the label? --label Target --drop name");
  CHECK(refusal({"species", "a", "b"}, {"x", "1", "3"}, optional_label()) ==
        "f: is column 1 (species) the label? --label species, or --id species --unlabeled if it names the rows");
  CHECK(
      refusal({"species", "a", "b"}, {"x", "1", "3"}) ==
      "f: text where numbers should be, in column 1 (species) (column 3 (b) is taken for the label): --label species");
  CHECK(refusal({"species", "island", "b", "sex"}, {"x", "y", "3", "m"}) ==
        "f: text where numbers should be, in column 1 (species), column 2 (island) (column 4 (sex) is taken for the "
        "label): --label species --drop island,sex, or --drop species,island");
  CHECK(refusal({"name", "a", "class"}, {"x", "1", "3"}) ==
        "f: text where numbers should be, in column 1 (name): --drop name");
  CHECK(columns({"x", "y", "z"}, {"1", "2", "3"}).label == 2u);  // a y may be half of a point
  ColumnRequest split;
  split.feature_use = FeatureUse::none;
  CHECK(columns({"species", "a", "b"}, {"x", "1", "3"}, split).warnings ==
        Names{"f: column 3 (b) is taken for the label; or is it column 1 (species)? --label species"});
}

TEST_CASE("a hint is fit for a shell") {
  Columns found;
  found.header = true;
  found.names = {"plain_1", "two words", "a,b", "3", "été", "-x", "", "a;b", "x\x1b"};
  found.count = found.names.size();
  Names arguments;
  for (std::size_t c = 0; c < found.count; ++c) arguments.push_back(as_argument(found, c));
  CHECK(arguments == Names{"plain_1", "2", "-7", "3", "été", "6", "7", "8", "9"});
}

TEST_CASE("a label of nearly as many classes as rows is doubted, and the likely one proposed") {
  const Columns found = columns({"1", "14.2", "1065"}, {"1", "13.2", "1050"});
  Matrix X(9, 2);
  X << 1, 14.2, 1, 13.2, 1, 13.1, 2, 12.5, 2, 12.1, 2, 12.3, 3, 13.3, 3, 12.8, 3, 13.7;
  const std::vector<Index> row{1, 2, 3, 4, 5, 6, 7, 8, 9};
  ColumnDoubts doubts(found);
  doubts.add(X.topRows(4), {1, 2, 3, 4});
  doubts.add(X.bottomRows(5), {5, 6, 7, 8, 9});
  CHECK(doubts.warnings(9, "f") ==
        Names{"f: is column 3 the label? It has 9 classes in 9 rows; or is column 1: --label 1?"});
  CHECK(doubts.warnings(3, "f").empty());
  ColumnRequest named;
  named.label = "3";
  ColumnDoubts sure(columns({"1", "14.2", "1065"}, {"1", "13.2", "1050"}, named));
  sure.add(X, row);
  CHECK(sure.warnings(9, "f").empty());
  ColumnDoubts by_name(columns({"a", "b", "class"}, {"1", "13.2", "1050"}));
  by_name.add(X, row);
  CHECK(by_name.warnings(9, "f").empty());
}

TEST_CASE("a first feature that only counts the rows is told") {
  const Columns found = columns({"1", "14.2", "7"}, {"2", "13.2", "8"});
  Matrix X(6, 2);
  X << 0, 1, 1, 1, 2, 1, 4, 1, 5, 1, 6, 1;  // the fourth row was skipped
  ColumnDoubts doubts(found);
  doubts.add(X, {1, 2, 3, 5, 6, 7});
  CHECK(doubts.warnings(2, "f") == Names{"f: column 1 only counts the rows, and is a feature all the same: --id 1?"});
  X(5, 0) = 7;
  ColumnDoubts other(found);
  other.add(X, {1, 2, 3, 5, 6, 7});
  CHECK(other.warnings(2, "f").empty());
}

TEST_CASE("a label that is named must be there, though the features are those of a model") {
  ColumnRequest request = optional_label();
  request.features = {"a", "b"};
  request.dims = 2;
  for (const char* label : {"nosuch", "9", "-9"}) {
    request.label = label;
    CHECK(refusal({"a", "b", "class"}, {"1", "2", "u"}, request).find("no column '") != std::string::npos);
    request.header = Header::no;
    CHECK(refusal({"1", "2", "u"}, {"1", "2", "u"}, request).find("no column '") != std::string::npos);
    request.header = Header::guess;
  }
}

TEST_CASE("messages name the file that asks for other features") {
  ColumnRequest request = optional_label();
  request.dims = 3;
  CHECK(refusal({"p", "q", "class"}, {"1", "2", "u"}, request) == "f: has 2 features, the distance takes 3");
  request.source = "m.json";
  CHECK(refusal({"p", "q", "class"}, {"1", "2", "u"}, request) == "f: has 2 features, and m.json has 3");
  request.features = {"p", "r", "q"};
  CHECK(refusal({"p", "q", "class"}, {"1", "2", "u"}, request) ==
        "f: no column 'r', a feature of m.json; the columns are p, q, class");
}

TEST_CASE("where nobody is asked for the label, text and columns named like one are it, and other columns features") {
  ColumnRequest request = optional_label();
  request.asks_for_label = false;
  const auto label = [&](const Names& first, const Names& second) {
    const auto found = columns(first, second, request);
    return found.label ? static_cast<int>(*found.label) : -1;
  };
  CHECK(label({"a", "proline"}, {"1", "1065"}) == -1);
  CHECK(label({"a", "kind"}, {"1", "u"}) == 1);
  CHECK(label({"a", "Class"}, {"1", "2"}) == 1);
  CHECK(label({"1", "2"}, {"3", "4"}) == -1);
  CHECK(label({"1", "u"}, {"3", "v"}) == 1);
  CHECK(label({"x", "y"}, {"1", "2"}) == 1);
  CHECK(label({"x", "y"}, {"0.5", "1.5"}) == -1);           // a coordinate
  CHECK(label({"class", "a", "b"}, {"0", "1", "2"}) == 0);  // other tools ask
  CHECK(label({"class", "a", "y"}, {"0", "1", "2"}) == 2);
  CHECK(label({"class", "a", "y"}, {"0", "1", "2.5"}) == 0);
  CHECK(refusal({"class", "a", "kind"}, {"0", "1", "u"}, request) ==
        "f: text where numbers should be, in column 3 (kind): --drop kind");
  CHECK(refusal({"kind", "a", "b"}, {"u", "1", "2"}, request) ==
        "f: text where numbers should be, in column 1 (kind): --label kind");
  request.dims = 2;  // of a model without names
  CHECK(label({"class", "a"}, {"0", "1"}) == -1);
  CHECK(label({"class", "a", "b"}, {"0", "1", "2"}) == 2);
  request.dims = {};
  request.labels = LabelUse::required;
  CHECK(refusal({"class", "a", "b"}, {"0", "1", "2"}, request) ==
        "f: is column 1 (class) the label? --label class, or --label b");
  request.unlabeled = true;
  request.labels = LabelUse::optional;
  CHECK(label({"a", "class"}, {"1", "2"}) == -1);
}
