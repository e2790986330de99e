#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "core/error.hpp"
#include "data/array/rows.hpp"
#include "data/formats.hpp"
#include "unit/data/formats/format_bytes.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::data;
using namespace maha::test;

TEST_CASE("npy: every type of number, in either order of bytes") {
  const auto check = [](const std::string& type, const std::string& data) {
    CAPTURE(type);
    CHECK(table_of(npy_of(type, "(2, 3)", data)).X == kTwoByThree);
  };
  check("<f8", bytes_of<double>({1, 2, 3, 4, 5, 6}));
  check(">f8", bytes_of<double>({1, 2, 3, 4, 5, 6}, true));
  check("<f4", bytes_of<float>({1, 2, 3, 4, 5, 6}));
  check(">f4", bytes_of<float>({1, 2, 3, 4, 5, 6}, true));
  check("<i8", bytes_of<std::int64_t>({1, 2, 3, 4, 5, 6}));
  check(">i4", bytes_of<std::int32_t>({1, 2, 3, 4, 5, 6}, true));
  check("<i2", bytes_of<std::int16_t>({1, 2, 3, 4, 5, 6}));
  check("|i1", bytes_of<std::int8_t>({1, 2, 3, 4, 5, 6}));
  check("|u1", bytes_of<std::uint8_t>({1, 2, 3, 4, 5, 6}));
  check("<u2", bytes_of<std::uint16_t>({1, 2, 3, 4, 5, 6}));
  check(">u8", bytes_of<std::uint64_t>({1, 2, 3, 4, 5, 6}, true));
  CHECK(table_of(npy_of("|b1", "(2, 2)", "\1\0\0\1"s)).X == Matrix::Identity(2, 2));
  CHECK(table_of(npy_of("|i1", "(2, 1)", "\xff\x80")).X == (Matrix(2, 1) << -1, -128).finished());
  CHECK(table_of(npy_of("|u1", "(2, 1)", "\xff\x80")).X == (Matrix(2, 1) << 255, 128).finished());
}

TEST_CASE("npy: versions, orders, shapes and blocks") {
  const std::string data = bytes_of<double>({1, 2, 3, 4, 5, 6});
  const std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
  for (const int version : {1, 2, 3}) CHECK(table_of(npy_bytes(header, data, version)).X == kTwoByThree);
  CHECK(table_of(npy_of("<f8", "(2, 3)", bytes_of<double>({1, 4, 2, 5, 3, 6}), true)).X == kTwoByThree);
  CHECK(table_of(npy_of("<f8", "(6,)", data)).X == (Matrix(6, 1) << 1, 2, 3, 4, 5, 6).finished());
  CHECK(table_of(npy_of("<f8", "(2L, 3L)", data)).X == kTwoByThree);  // as Python 2 wrote it
  for (const bool fortran : {false, true}) {
    for (const std::size_t size : {1u, 40u, 4096u}) {
      ReadOptions blocks;
      blocks.block_size = size;
      const std::string numbers = fortran ? bytes_of<double>({1, 4, 2, 5, 3, 6}) : data;
      CHECK(table_of(npy_of("<f8", "(2, 3)", numbers, fortran), unlabeled(), blocks).X == kTwoByThree);
    }
  }
}

TEST_CASE("npy: columns have numbers, from which labels, ids and targets are taken as of CSV without a header") {
  const std::string ints = npy_of("<i8", "(3, 3)", bytes_of<std::int64_t>({1, 20, 7, 3, 40, 9, 5, 60, 7}));
  const Table last = table_of(ints, {});
  CHECK(last.X == (Matrix(3, 2) << 1, 20, 3, 40, 5, 60).finished());
  CHECK(last.classes == std::vector<std::string>{"7", "9"});
  CHECK(last.y == Labels{0, 1, 0});
  ColumnRequest request;
  request.label = "1", request.id = "2";
  const Table first = table_of(ints, request);
  CHECK(first.X == (Matrix(3, 1) << 7, 9, 7).finished());
  CHECK(first.classes == std::vector<std::string>{"1", "3", "5"});
  CHECK(first.ids == std::vector<std::string>{"20", "40", "60"});
  request = {};
  request.target = true;
  const std::string floats = npy_of("<f8", "(2, 2)", bytes_of<double>({1, 0.5, 2, -0.25}));
  CHECK(table_of(floats, request).target == Vector{{0.5, -0.25}});
  CHECK(refusal(floats, {}) == ": column 2 holds -0.25: is it a label? Or is column 1? --label 1, or --label 2");
  request = {};
  request.label = "class";
  CHECK(refusal(floats, request) == ": no column 'class'; there are 2 columns and no header");
  const std::string big = npy_of("<i8", "(1, 2)", bytes_of<std::int64_t>({1, 9007199254740993}));
  CHECK(table_of(big, {}).classes == std::vector<std::string>{"9007199254740993"});  // which no double is
}

TEST_CASE("npy: what is missing or infinite") {
  const double nan = std::nan(""), inf = HUGE_VAL;
  const std::string holes = npy_of("<f8", "(3, 2)", bytes_of<double>({1, 2, nan, 4, 5, 9}));
  CHECK(refusal(holes) == ": row 2: column 1: nan stands for a missing value: --missing skip or mean");
  ReadOptions options;
  options.missing = MissingField::skip_row;
  const Table skipped = table_of(holes, unlabeled(), options);
  CHECK(skipped.X == (Matrix(2, 2) << 1, 2, 5, 9).finished());
  CHECK(skipped.row == std::vector<Index>{1, 3});
  CHECK(skipped.rows_read == 3);
  options.missing = MissingField::fill;
  CHECK(table_of(holes, unlabeled(), options).X(1, 0) == 3);
  options = {};
  options.dialect.na = {"9"};
  CHECK(refusal(npy_of("|u1", "(1, 2)", "\1\x9"s), unlabeled(), options) ==
        ": row 1: column 2: 9 stands for a missing value: --missing skip or mean");
  CHECK(refusal(npy_of("<f8", "(2, 1)", bytes_of<double>({1, -inf}))) ==
        ": row 2: column 1: -inf is not a finite number");
}

namespace {

/// 300 rows of (i, -i), as doubles, with another number in place of some.
std::string three_hundred(std::map<Index, double> others = {}) {
  std::string data;
  for (Index i = 0; i < 300; ++i) {
    const double value = others.contains(i) ? others[i] : static_cast<double>(i);
    data += bytes_of<double>({value, -static_cast<double>(i)});
  }
  return data;
}

/// The rows of a rank as a source gives them, block by block.
RowBlock dealt_rows(const std::string& bytes, const Deal& deal, ReadOptions options = {}) {
  options.deal = deal;
  const TempFile file(bytes);
  const std::unique_ptr<RowSource> source = open_rows(file.path(), unlabeled(), options);
  RowBlock all;
  std::vector<Matrix> parts;
  Index rows = 0;
  for (RowBlock block; source->next(block);) {
    all.is_dealt = block.is_dealt;
    all.rows_read += block.rows_read;
    all.row.insert(all.row.end(), block.row.begin(), block.row.end());
    rows += block.X.rows();
    parts.push_back(block.X);
  }
  all.X.resize(rows, 2);
  for (Index at = 0; const Matrix& part : parts) {
    all.X.middleRows(at, part.rows()) = part;
    at += part.rows();
  }
  return all;
}

}  // namespace

TEST_CASE("npy: a rank reads its own rows alone, and knows of the others") {
  const std::string bytes = npy_of("<f8", "(300, 2)", three_hundred());
  const Table all = table_of(bytes);
  for (const std::size_t size : {1u, 1000u, 1u << 20}) {
    for (int rank = 0; rank < 3; ++rank) {
      ReadOptions options;
      options.block_size = size;
      const Deal deal(rank, 3);
      const RowBlock own = dealt_rows(bytes, deal, options);
      Matrix expected(all.X);
      deal.keep_own(expected, 0);
      CHECK(own.is_dealt);
      CHECK(own.X == expected);
      CHECK(own.row == all.row);
      CHECK(own.rows_read == 300);
    }
  }
  ReadOptions skip;
  skip.missing = MissingField::skip_row;  // how many rows there are shows only when all have been read
  CHECK(!dealt_rows(bytes, Deal(0, 2), skip).is_dealt);
  CHECK(!dealt_rows(npy_of("<f8", "(300, 2)", three_hundred(), true), Deal(0, 2)).is_dealt);
}

TEST_CASE("npy: a rank refuses what is wrong with its own rows, or with the file") {
  const auto refused = [](const std::string& data, int rank) {
    const std::string bytes = npy_of("<f8", "(300, 2)", data);
    return test::refusal<InputError>([&] { dealt_rows(bytes, Deal(rank, 2)); });
  };
  const std::string hole = three_hundred({{70, std::nan("")}}), whole = three_hundred();
  CHECK(refused(hole, 0).empty());
  CHECK(refused(hole, 1).ends_with(": row 71: column 1: nan stands for a missing value: --missing skip or mean"));
  for (const int rank : {0, 1}) {
    CHECK(refused(whole + 'x', rank).ends_with(": goes on behind its 300 rows of 2, which its header tells of"));
    for (const std::size_t rows : {1u, 64u, 100u, 299u}) {  // in rows that are read and in others
      CHECK(refused(whole.substr(0, 16 * rows + 3), rank)
                .ends_with(": ends in row " + std::to_string(rows + 1) + " of 300, which its header tells of"));
    }
  }
}

TEST_CASE("npy: what is refused, and why") {
  const std::string data = bytes_of<double>({1, 2, 3, 4, 5, 6});
  CHECK(refusal(npy_of("<f8", "(2, 3)", data.substr(0, 47))) == ": ends in row 2 of 2, which its header tells of");
  CHECK(refusal(npy_of("<f8", "(2, 3)", data.substr(0, 24))) == ": ends in row 2 of 2, which its header tells of");
  CHECK(refusal(npy_of("<f8", "(2, 3)", data + 'x')) == ": goes on behind its 2 rows of 3, which its header tells of");
  CHECK(refusal(npy_of("<f8", "(200000000, 3000000)", data)).ends_with("which its header tells of"));
  CHECK(refusal(npy_of("<f8", "(9000000000000000, 9000000000000000)", data)) ==
        ": its header tells of more numbers than can be");
  CHECK(refusal(npy_of("|O", "(2, 3)", data)) ==
        ": is an array of Python objects: save it as numbers, X.astype(float)");
  CHECK(refusal(npy_of("<c16", "(3,)", data)).starts_with(": is an array of type '<c16'"));
  CHECK(refusal(npy_of("<U3", "(2, 1)", std::string(24, '\0'))).starts_with(": is an array of text"));
  CHECK(refusal(npy_of("<f8", "(1, 2, 3)", data)) ==
        ": is an array of 3 dimensions: make it rows and columns, as by X.reshape(len(X), -1)");
  CHECK(refusal(npy_of("<f8", "()", data)) == ": is a single number, no rows");
  CHECK(refusal(npy_of("<f8", "(0, 3)", "")) == ": has no rows");
  CHECK(refusal(npy_of("<f8", "(3, 0)", "")) == ": has no columns");
  CHECK(refusal(npy_bytes("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,), }", data)) ==
        ": is an array of structures: save its columns as one array of numbers");
  CHECK(refusal(npy_bytes("{'descr': '<f8', 'shape': (2, 3), }", data)) == ": its header is not as NumPy writes it");
  CHECK(refusal("\x93NUMPY\1\0"s) == ": ends in its header");
  CHECK(refusal("\x93NUMPY\7\0\7\7"s) == ": is of version 7 of NumPy's format, not 1 to 3");
  ReadOptions options;
  options.dialect.delimiter = ';';
  CHECK(refusal(npy_of("<f8", "(2, 3)", data), unlabeled(), options) ==
        ": is a NumPy array, for which there is no --delimiter");
}

TEST_CASE("idx: pictures are rows of their pixels") {
  const std::string pictures = "\0\0\x08\3\0\0\0\2\0\0\0\1\0\0\0\3\1\2\3\4\5\6"s;
  CHECK(table_of(pictures).X == kTwoByThree);
  CHECK(table_of("\0\0\x0b\1\0\0\0\2\1\0\xff\xfe"s).X == (Matrix(2, 1) << 256, -2).finished());
  CHECK(table_of("\0\0\x0d\2\0\0\0\1\0\0\0\1"s + bytes_of<float>({0.5F}, true)).X(0, 0) == 0.5);
  CHECK(refusal(pictures.substr(0, 20)) == ": ends in row 2 of 2, which its header tells of");
  CHECK(refusal(pictures + "\1") == ": goes on behind its 2 rows of 3, which its header tells of");
  CHECK(refusal(pictures.substr(0, 9)) == ": ends in its header");
  const std::string unknown = ", which is none: 0x08, 0x09 and 0x0b to 0x0e are";
  CHECK(refusal("\0\0\x0a\1\0\0\0\2\1\2"s) == ": is IDX of the type 0x0a" + unknown);
  CHECK(refusal("\0\0\x0f\1\0\0\0\2\1\2"s) == ": is IDX of the type 0x0f" + unknown);
}
