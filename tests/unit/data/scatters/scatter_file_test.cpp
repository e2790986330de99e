#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/checksum.hpp"
#include "core/error.hpp"
#include "data/scatters/combine.hpp"
#include "data/scatters/rounding.hpp"
#include "data/scatters/scatter_file.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::data;

namespace {

linalg::ScatterSums sums_of_rows(const Matrix& X) {
  linalg::ColumnSums columns(X.cols());
  columns.add(X);
  return linalg::sums_of(linalg::moments_of(X, linalg::MomentOrder::scatter, Threads(1)), columns);
}

/// Two features x and y, and the label `kind`.
Columns two_columns() {
  Columns columns;
  columns.count = 3;
  columns.header = true;
  columns.names = {"x", "y", "kind"};
  columns.features = {0, 1};
  columns.label = 2;
  return columns;
}

ScatterFile file_of(const Matrix& a, const Matrix& b) {
  return scatter_file(two_columns(), {sums_of_rows(a), sums_of_rows(b)}, {"b", "a"});
}

ScatterFile some_file() { return file_of(test::random_rows(10, 2, 1), test::random_rows(20, 2, 2)); }

std::string bytes_of(const ScatterFile& file) {
  const std::string path = (std::filesystem::temp_directory_path() / "maha_scatter_file_test.stats").string();
  io::Output out(path);
  write_scatters(out, file);
  out.commit();
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  std::filesystem::remove(path);
  return text.str();
}

std::string refused(const std::string& bytes) {
  return test::refusal<InputError>([&] { parse_scatters(bytes); });
}

/// The bytes with `from` replaced by `to`, and a checksum that fits.
std::string altered(std::string bytes, const std::string& from, const std::string& to) {
  bytes.replace(bytes.find(from), from.size(), to);
  bytes.resize(bytes.rfind("checksum "));
  Checksum checksum;
  checksum.add_bytes(bytes);
  return bytes + "checksum " + checksum.text() + "\n";
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

ScatterFile with_pairs(ScatterFile file) {
  const SquareMatrix S = (SquareMatrix(2, 2) << 4, 1, 1, 9).finished();
  std::vector<linalg::ScatterSums> sums;
  std::vector<std::string> names;
  for (ScatterFile::Class& of : file.classes) {
    sums.push_back(std::move(of.sums));
    names.push_back(of.name);
  }
  return scatter_file(two_columns(), std::move(sums), names,
                      ScatterFile::PairSums{linalg::sums_of_differences(3, S),
                                            linalg::sums_of_differences(0, SquareMatrix::Zero(2, 2))});
}

}  // namespace

TEST_CASE("statistics file: what is written is read, and is the same bytes again") {
  for (const ScatterFile& file : {some_file(), with_pairs(some_file())}) {
    const std::string bytes = bytes_of(file);
    const ScatterFile again = parse_scatters(bytes);
    CHECK(bytes_of(again) == bytes);
    CHECK(again.features == std::vector<std::string>{"x", "y"});
    CHECK(again.label == "kind");
    REQUIRE(again.classes.size() == 2);
    CHECK(again.classes[0].name == "a");
    CHECK(again.classes[0].sums == file.classes[0].sums);
    CHECK(again.rows() == 30);
    CHECK(again.pairs.has_value() == file.pairs.has_value());
  }
  ScatterFile plain = scatter_file(two_columns(), {sums_of_rows(test::random_rows(9, 2, 3))}, {});
  CHECK(!parse_scatters(bytes_of(plain)).labeled);
}

TEST_CASE("statistics file: one that was cut off or altered anywhere is refused") {
  const std::string bytes = bytes_of(with_pairs(some_file()));
  for (std::size_t size = 0; size < bytes.size(); ++size) REQUIRE(!refused(bytes.substr(0, size)).empty());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string other = bytes;
    other[at] = static_cast<char>(other[at] ^ 1);
    REQUIRE(!refused(other).empty());
  }
  CHECK(refused(bytes.substr(0, bytes.size() / 2)) ==
        "is no whole statistics of rows: its checksum is wrong, so it was cut off or altered");
  CHECK(refused(bytes + "more") ==
        "is no whole statistics of rows: its checksum is wrong, so it was cut off or altered");
  CHECK(refused("x,y\n1,2\n") == "is no statistics of rows, as `maha-cov --stats` writes");
  CHECK(refused("maha-statistics 2\nchecksum 0\n") == "is statistics in version '2' of the format, and not 1");
}

TEST_CASE("statistics file: what cannot be is refused, whatever the checksum says") {
  const std::string bytes = bytes_of(with_pairs(some_file()));
  const auto said = [&](const std::string& from, const std::string& to) { return refused(altered(bytes, from, to)); };
  CHECK(said("\"dims\":2", "\"dims\":0") ==
        "is no statistics of rows: line 2: dims is 0, not a whole number from 1 on");
  CHECK(says(said("\"dims\":2", "\"dims\":900000000000"), "line 2 names 2 of 900000000000 features"));
  CHECK(says(said("\"classes\":2", "\"classes\":3"), "is not about what was expected there"));
  CHECK(says(said("\"classes\":2", "\"classes\":1"), "is not about what was expected there"));
  CHECK(says(said("{\"class\":\"b\"", "{\"class\":\"a\""), "class 'a' is not in its place"));
  CHECK(says(said("\"rows\":10", "\"rows\":-10"), "rows is -10, not a whole number from 1 on"));
  CHECK(says(said("\"rows\":10", "\"rows\":9007199254740992"), "there are more rows than 2^53"));
  CHECK(says(said("sum ", "som "), "does not begin with sum"));
  CHECK(says(said("rounded ", "rounded 2p0 "), "'2p0' is no number of such a file"));
  CHECK(says(said("rounded ", "rounded 1p0 "), "has more numbers than 2"));
  CHECK(says(said("\"similar\":true", "\"similar\":false"), "is about the other kind of pairs"));
  CHECK(says(said("\"pairs\":true", "\"pairs\":false"), "something stands behind its last number"));
  CHECK(says(said("\"label\":\"kind\"", "\"label\":null"), "it has 2 classes without labels"));
  CHECK(says(said("{\"dims\"", "[\"dims\""), "is no statistics of rows: line 2 is not JSON"));
  CHECK(says(said("\"taken\":[]", "\"taken\":0"), "taken is no list"));
  CHECK(says(said("rounded ", "rounded -"), "a sum of squares is negative"));
  CHECK(says(said("\nrounded ", " \nrounded "), "has more numbers than 2"));
  CHECK(refused("") == "is empty");
}

TEST_CASE("statistics file: adding needs the same columns, and classes may be new") {
  ScatterFile all = some_file();
  const auto refusal = [&](ScatterFile part) {
    return test::refusal<InputError>([&] { data::add(all, std::move(part), "all.stats"); });
  };
  ScatterFile other = some_file();
  other.features = {"x", "z"};
  CHECK(refusal(other) == "calls feature 2 'z', and all.stats calls it 'y'");
  other.features.clear();
  CHECK(refusal(other) == "has no names of features, and all.stats has names: either all parts need a header, or none");
  other = some_file();
  other.label = "class";
  CHECK(refusal(other) == "has the label 'class', and all.stats has 'kind'");
  CHECK(refusal(with_pairs(some_file())) == "has pairs, and all.stats has none");
  CHECK(refusal(scatter_file(two_columns(), {sums_of_rows(test::random_rows(9, 2, 3))}, {})) ==
        "has no classes, and all.stats has some");
  data::add(all, scatter_file(two_columns(), {sums_of_rows(test::random_rows(9, 2, 3))}, {"aa"}), "all.stats");
  REQUIRE(all.classes.size() == 3);
  CHECK(all.classes[1].name == "aa");
  CHECK(all.rows() == 39);
  CHECK(all.parts.size() == 2);
  CHECK(std::is_sorted(all.parts.begin(), all.parts.end()));
}

TEST_CASE("statistics file: a part that was added leaves what there was without it, to the byte") {
  const Matrix a = test::random_rows(100, 2, 4), b = test::random_rows(200, 2, 5);
  Matrix far = a.topRows(30);
  far.row(3) *= 1e12;  // no digit of the others is lost
  const ScatterFile part = with_pairs(file_of(far, b.topRows(50)));
  const ScatterFile rest = with_pairs(file_of(a.bottomRows(70), b.bottomRows(150)));
  ScatterFile all = rest;
  CHECK(data::add(all, part, "") == 0);
  CHECK(data::subtract(all, part, ""));
  CHECK(bytes_of(all) == bytes_of(rest));
  CHECK(left_by_rounding(all).digits >= 14);
  CHECK(doubts_of(all).empty());

  CHECK(data::add(all, part, "") == 0);
  CHECK(data::add(all, part, "") == 1);  // twice
  CHECK(data::subtract(all, part, ""));
  CHECK(data::subtract(all, part, ""));
  CHECK(bytes_of(all) == bytes_of(rest));
}

TEST_CASE("statistics file: what is taken away must be a part, as far as sums tell") {
  const Matrix a = test::random_rows(100, 2, 4), b = test::random_rows(200, 2, 5);
  const ScatterFile part = file_of(a.topRows(30), b.topRows(50)), rest = file_of(a.bottomRows(70), b.bottomRows(150)),
                    all = file_of(a, b);
  ScatterFile left = all;
  CHECK(!data::subtract(left, part, "all.stats"));
  CHECK(left_by_rounding(left).digits >= 13);
  const SquareMatrix S = left.classes[0].sums.scatter(), T = rest.classes[0].sums.scatter();
  CHECK((S - T).norm() <= 1e-13 * T.norm());

  const auto refusal = [&](ScatterFile from, const ScatterFile& what) {
    return test::refusal<InputError>([&] {
      data::subtract(from, what, "all.stats");
      left_by_rounding(from);
    });
  };
  CHECK(says(refusal(left, part), "was taken away from all.stats before"));
  CHECK(refusal(part, all) == "has 200 rows of class 'a', and all.stats has 50: it is no part of that");
  CHECK(refusal(all, all) == "has all rows of all.stats: none is left");
  CHECK(refusal(scatter_file(two_columns(), {sums_of_rows(a)}, {"a"}), part) ==
        "has rows of class 'b', and all.stats has none: it is no part of that");
  CHECK(refusal(all, file_of(30 * a.topRows(50), b.topRows(50))) ==
        "no rows have such sums: other rows were taken away than were there");
}

TEST_CASE("statistics file: rows far out take digits of the others with them, as many as are told") {
  const auto plain = [](const Matrix& rows) { return scatter_file(two_columns(), {sums_of_rows(rows)}, {}); };
  for (const double far : {1e2, 1e4, 1e6}) {
    CAPTURE(far);
    Matrix X = test::random_rows(1000, 2, 6);
    X.topRows(100) *= far;
    ScatterFile all = plain(X);
    CHECK(!data::subtract(all, plain(X.topRows(100)), ""));
    const double digits = left_by_rounding(all).digits;
    const SquareMatrix S = all.classes[0].sums.scatter(), T = sums_of_rows(X.bottomRows(900)).scatter();
    const double error = std::abs(S(0, 0) - T(0, 0)) / T(0, 0);
    CHECK(error <= std::pow(10, -digits));
    CHECK(error >= std::pow(10, -digits - 4));  // and not many more were lost
    CHECK(digits <= 15.5 - 2 * std::log10(far) + 1);
  }
  // A first row far out, from which all are counted, and most of the rows taken away in another order.
  Matrix X = test::random_rows(100011, 2, 8);
  X.row(0).setConstant(12345.67);
  X.middleRows(1, 10).array() += 100;
  Matrix part(100001, 2);
  part << X.bottomRows(100000).colwise().reverse(), X.row(0);
  ScatterFile all = plain(X);
  CHECK(!data::subtract(all, plain(part), ""));
  const double digits = left_by_rounding(all).digits;
  const SquareMatrix S = all.classes[0].sums.scatter(), T = sums_of_rows(X.middleRows(1, 10)).scatter();
  CHECK(std::abs(S(0, 0) - T(0, 0)) <= std::pow(10, -digits) * T(0, 0));
}

TEST_CASE("statistics file: features that depend on each other but for rounding are told") {
  Matrix X = test::random_rows(300, 2, 9);
  X.topRows(100) *= 1000;
  X.col(1).tail(200) = X.col(0).tail(200);
  const auto plain = [](const Matrix& rows) { return scatter_file(two_columns(), {sums_of_rows(rows)}, {}); };
  ScatterFile once = plain(X), added = plain(X.bottomRows(200));
  data::add(added, plain(X.topRows(100)), "");
  data::subtract(added, plain(X.topRows(100)), "");
  CHECK(doubts_of(added).empty());
  data::subtract(once, plain(X.topRows(100)), "");
  REQUIRE(doubts_of(once).size() == 1);
  CHECK(says(doubts_of(once)[0], "features depend on each other so far that what rounding has left decides"));
}

TEST_CASE("statistics file: within classes rows may depend where all together do not") {
  Matrix a = test::random_rows(150, 2, 10), b = test::random_rows(150, 2, 11);
  a.col(1) = 1.7 * a.col(0);
  b.col(1) = (1.7 * b.col(0).array() + 3).matrix();
  Matrix with_far(151, 2);
  with_far << a, 1e5, 1.7e5;
  ScatterFile once = file_of(with_far, b);
  data::subtract(once, scatter_file(two_columns(), {sums_of_rows(with_far.bottomRows(1))}, {"b"}), "");
  CHECK(!doubts_of(once).empty());
  CHECK(doubts_of(once, true).empty());  // with a ridge
}

TEST_CASE("statistics file: a feature that does not vary is no cause of doubt, nor are few digits of nothing") {
  Matrix X = test::random_rows(300, 3, 12);
  X.col(1).setConstant(7);
  const auto plain = [](const Matrix& rows) {
    return scatter_file(two_columns(), {sums_of_rows(rows.leftCols(2))}, {});
  };
  ScatterFile rest = plain(X);
  data::subtract(rest, plain(X.topRows(10)), "");
  CHECK(doubts_of(rest).empty());
  ScatterFile one = plain(X.topRows(4));
  data::subtract(one, plain(X.topRows(3)), "");
  CHECK(left_by_rounding(one).digits >= 15);
}

TEST_CASE("statistics file: a far first row takes all digits, and is not called foreign") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Matrix X = test::random_rows(1000, 2, seed);
    X.row(0).setConstant(1e10);
    const auto plain = [](const Matrix& rows) { return scatter_file(two_columns(), {sums_of_rows(rows)}, {}); };
    ScatterFile rest = plain(X);
    data::subtract(rest, plain(X.topRows(1)), "");
    CHECK(left_by_rounding(rest).digits <= 0.5);
  }
}

TEST_CASE("statistics file: parts are told apart by all of their sums, and taken away once") {
  const auto plain = [](const Matrix& rows) { return scatter_file(two_columns(), {sums_of_rows(rows)}, {}); };
  const ScatterFile upwards = plain((Matrix(2, 2) << 0, 0, 1, 1).finished()),
                    downwards = plain((Matrix(2, 2) << 0, 1, 1, 0).finished());
  CHECK(upwards.parts != downwards.parts);

  const Matrix a = test::random_rows(20, 2, 13), b = test::random_rows(80, 2, 14);
  ScatterFile all = plain(a), with_some = plain(a);
  data::add(all, plain(b), "");
  data::add(with_some, plain(b.topRows(6)), "");
  CHECK(!data::subtract(all, with_some, ""));
  CHECK(all.parts == plain(b).parts);
  CHECK(all.taken == plain(b.topRows(6)).parts);
}

TEST_CASE("statistics file: classes show that other rows were taken away than were there") {
  const Matrix a = test::random_rows(100, 2, 15), b = 100 * test::random_rows(100, 2, 16);
  const auto refusal = [&](const Matrix& rows) {
    ScatterFile from = file_of(b, a);  // class b has the rows b
    return test::refusal<InputError>([&] {
      data::subtract(from, scatter_file(two_columns(), {sums_of_rows(rows)}, {"a"}), "");
      left_by_rounding(from);
    });
  };
  const std::string foreign = "no rows have such sums: other rows were taken away than were there";
  CHECK(refusal(50 * a.topRows(5)) == foreign);  // negative variances of the class
  CHECK(refusal(a.array() + 1) == foreign);      // a class without rows whose sums are not 0
  CHECK(refusal(2 * a.topRows(99)) == foreign);  // one row that differs from itself
  CHECK(refusal(a.topRows(99)).empty());
  CHECK(refusal(a).empty());
}

TEST_CASE("statistics file: one row that is left does not differ from itself") {
  const Matrix a = test::random_rows(100, 2, 4), b = test::random_rows(200, 2, 5);
  ScatterFile all = file_of(a, b);
  data::subtract(all, file_of(a.topRows(99), b.topRows(50)), "");
  CHECK(all.classes[1].sums.rows == 1);
  CHECK(all.classes[1].sums.scatter().isZero(0));
}
