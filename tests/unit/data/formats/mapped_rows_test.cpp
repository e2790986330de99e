/// Whole tables of a NumPy file: mapped where the file has the rows as they are wanted, otherwise read; the same numbers.

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/random.hpp"
#include "data/formats.hpp"
#include "data/label_file.hpp"
#include "data/rows/labelled_rows.hpp"
#include "io/mapped_file.hpp"
#include "unit/data/formats/format_bytes.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::test;

namespace {

/// Whether an address is in a mapping of a file, by what the system says of this process.
bool is_in_file(const void* address, const std::string& path) {
  std::ifstream maps("/proc/self/maps");
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::istringstream(line) >> std::hex >> begin >> dash >> end;
    if (begin <= at && at < end) return line.find("r--s") != std::string::npos && line.ends_with(path);
  }
  return false;
}

std::string numbers_of(const Matrix& X) {
  return {reinterpret_cast<const char*>(X.data()), sizeof(double) * static_cast<std::size_t>(X.size())};
}

std::string npy_of_rows(const Matrix& X, const std::string& type = "<f8") {
  return npy_of(type, "(" + std::to_string(X.rows()) + ", " + std::to_string(X.cols()) + ")", numbers_of(X));
}

Matrix some_rows(Index n, Index d) {
  Random random(3);
  Matrix X(n, d);
  for (double& x : X.reshaped()) x = random.uniform();
  return X;
}

bool same_bytes(const SharedRows& X, const Matrix& other) {
  return X.rows() == other.rows() && X.cols() == other.cols() &&
         std::memcmp(X.data(), other.data(), sizeof(double) * static_cast<std::size_t>(X.size())) == 0;
}

struct Told {
  bool mapped;
  Table table;
};

Told told(const std::string& bytes, const ColumnRequest& request = unlabeled(), const ReadOptions& options = {}) {
  const TempFile file(bytes);
  Table table = read_table(file.path(), request, options);
  return {is_in_file(table.X.data(), file.path()), std::move(table)};
}

}  // namespace

TEST_CASE("mapped rows: those of a file of doubles stand in the file, and are those that are read") {
  Matrix X = some_rows(500, 3);
  X(0, 0) = -0.0, X(1, 1) = 5e-324, X(2, 2) = 1.7976931348623157e308;
  const Told whole = told(npy_of_rows(X));
  CHECK(whole.mapped);
  CHECK(same_bytes(whole.table.X, X));
  CHECK(whole.table.rows_read == 500);
  CHECK(whole.table.row.front() == 1);
  CHECK(whole.table.row.back() == 500);
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}}) {
    ReadOptions blocks;
    blocks.block_size = size;
    const Told same = told(npy_of_rows(X), unlabeled(), blocks);
    CHECK(same.mapped);
    CHECK(same.table.row == whole.table.row);
  }
  const Told column = told(npy_of("<f8", "(4,)", bytes_of<double>({1, 2, 3, 4})));
  CHECK(column.mapped);
  CHECK(same_bytes(column.table.X, Matrix{{1}, {2}, {3}, {4}}));
}

TEST_CASE("mapped rows: what a file has in another way is read, to the same numbers") {
  const Matrix X = some_rows(40, 3);
  const auto is_read = [&](const std::string& bytes, const ColumnRequest& request = unlabeled(),
                           const ReadOptions& options = {}) {
    const Told other = told(bytes, request, options);
    CHECK_FALSE(other.mapped);
    return other.table;
  };
  // Another order of bytes, or of numbers; another type.
  std::string turned = numbers_of(X);
  for (std::size_t at = 0; at < turned.size(); at += 8) std::reverse(&turned[at], &turned[at] + 8);
  CHECK(same_bytes(is_read(npy_of(">f8", "(40, 3)", turned)).X, X));
  CHECK(same_bytes(
      is_read(npy_of("<f8", "(40, 3)", numbers_of(X.transpose().reshaped<Eigen::RowMajor>(40, 3)), true)).X, X));
  CHECK(is_read(npy_of("<i8", "(2, 3)", bytes_of<std::int64_t>({1, 2, 3, 4, 5, 6}))).X == kTwoByThree);
  // Rows behind a header of such a length that a matrix's are aligned otherwise.
  std::string odd = npy_of_rows(X);
  odd[8] = static_cast<char>(odd[8] + 8);
  odd.insert(odd.find('\n'), 8, ' ');
  CHECK(same_bytes(is_read(odd).X, X));
  // Columns left out; a label, a target or an id among them.
  ColumnRequest request = unlabeled();
  request.drop = {"2"};
  CHECK(is_read(npy_of_rows(X), request).X == X(Eigen::all, std::vector<int>{0, 2}));
  request = {};
  request.target = true;
  CHECK(is_read(npy_of_rows(X), request).target == X.col(2));
  request = unlabeled();
  request.id = "1";
  CHECK(is_read(npy_of_rows(X), request).X == X.rightCols(2));
  // Bytes that come through a pipe.
  const TempFile file(npy_of_rows(X));
  std::ifstream bytes(file.path(), std::ios::binary);
  auto piped = std::make_unique<io::Input>("pipe", [&](char* to, std::size_t size) {
    return static_cast<std::size_t>(bytes.read(to, static_cast<std::streamsize>(size)).gcount());
  });
  CHECK(same_bytes(read_table(*open_rows(std::move(piped), unlabeled(), {})).X, X));
}

TEST_CASE("mapped rows: missing values are filled, skipped or refused as they are in rows that are read") {
  Matrix X = some_rows(40, 3);
  X(7, 1) = std::nan("");
  CHECK(refusal(npy_of_rows(X)) == ": row 8: column 2: nan stands for a missing value: --missing skip or mean");
  ReadOptions options;
  options.missing = MissingField::skip_row;
  const Told skipped = told(npy_of_rows(X), unlabeled(), options);
  CHECK_FALSE(skipped.mapped);
  CHECK(skipped.table.rows() == 39);
  CHECK(skipped.table.row[7] == 9);
  options.missing = MissingField::fill;
  const Told filled = told(npy_of_rows(X), unlabeled(), options);
  CHECK_FALSE(filled.mapped);
  CHECK(filled.table.X(7, 1) == filled.table.fill[1]);
  X(7, 1) = HUGE_VAL;
  CHECK(refusal(npy_of_rows(X)) == ": row 8: column 2: inf is not a finite number");
  X(7, 1) = 0;
  CHECK(told(npy_of_rows(X), unlabeled(), options).mapped);  // nothing is missing
  options.dialect.na = {"0"};
  const Told called = told(npy_of_rows(X), unlabeled(), options);  // but what the user calls so
  CHECK_FALSE(called.mapped);
  CHECK(called.table.X(7, 1) != 0);
}

TEST_CASE("mapped rows: files with more or fewer rows than they tell of are refused as they were") {
  const std::string bytes = npy_of_rows(some_rows(40, 3));
  CHECK(refusal(bytes.substr(0, bytes.size() - 25)) == ": ends in row 39 of 40, which its header tells of");
  CHECK(refusal(bytes + "x") == ": goes on behind its 40 rows of 3, which its header tells of");
}

TEST_CASE("mapped rows: with labels of their own they stay mapped, unless one is missing") {
  const Matrix X = some_rows(4, 2);
  const TempFile rows(npy_of_rows(X)), all("a\nb\na\nb\n"), some("a\nb\n\nb\n");
  const auto labelled = [&](const TempFile& labels, MissingField missing) {
    LabelledRows source(open_rows(rows.path(), unlabeled(), {}),
                        open_labels(labels.path(), false, missing, {}, Threads()));
    return read_table(source);
  };
  const Table table = labelled(all, MissingField::error);
  CHECK(is_in_file(table.X.data(), rows.path()));
  CHECK(table.y == Labels{0, 1, 0, 1});
  const Table fewer = labelled(some, MissingField::skip_row);
  CHECK_FALSE(is_in_file(fewer.X.data(), rows.path()));
  CHECK(fewer.X == X(std::vector<int>{0, 1, 3}, Eigen::all));
  CHECK(fewer.y == Labels{0, 1, 1});
}

#ifndef MAHA_SANITIZED  // sanitizers take memory of their own for what is read
namespace {

/// A number of /proc/self/status, in bytes.
double of_status(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return 1024 * std::stod(line.substr(name.size() + 1));
  }
  return 0;
}

}  // namespace

TEST_CASE("mapped rows: a table of them takes no memory of the process for its numbers") {
  const Index n = 40000, d = 50;
  const TempFile file(npy_of_rows(some_rows(n, d)));
  const double before = of_status("RssAnon");
  const Table table = read_table(file.path(), unlabeled(), {});
  const double sum = table.X.sum(), after = of_status("RssAnon");
  CHECK(sum > 0);
  CHECK(after - before < 0.25 * static_cast<double>(sizeof(double) * n * d));
}
#endif

TEST_CASE("a mapped file: its address tells its name, and one that was cut short is told of") {
  const TempFile file(std::string(10000, 'x'));
  {
    const io::Input input(file.path());
    const auto [mapped, at] = input.map();
    REQUIRE(mapped);
    CHECK(at == 0);
    CHECK(mapped->size() == 10000);
    CHECK(io::mapped_file_at(mapped->begin() + 9999) == mapped.get());
    CHECK(io::mapped_file_at(&file) == nullptr);
    CHECK_FALSE(mapped->is_cut());
    CHECK_NOTHROW(io::require_whole_files());
    std::filesystem::resize_file(file.path(), 9000);
    CHECK(mapped->is_cut());
    CHECK(refusal<InputError>([] { io::require_whole_files(); }) == file.path() + ": was cut short while it was read");
  }
  CHECK(refusal<InputError>([] { io::require_whole_files(); }) == file.path() + ": was cut short while it was read");
  CHECK_NOTHROW(io::require_whole_files());
}
