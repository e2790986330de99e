#include "data/rows/compared_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/error.hpp"
#include "unit/memory_rows.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;

namespace {

struct Read {
  Matrix X = Matrix::NullaryExpr(5, 2, [](Index i, Index j) { return static_cast<double>(10 * i + j); });
  std::vector<std::string> labels{"a", "b", "a", "b", "c"};
};

/// What each of three ranks is told, where the last reads `other`: "" if all rows come.
std::vector<std::string> told(const Read& other) {
  std::vector<std::string> messages(3);
  test::on_ranks(3, [&](const Ranks& ranks) {
    const Read own = ranks.rank() == 2 ? other : Read();
    try {
      data::ComparedRows rows(std::make_unique<test::MemoryRows>(own.X, own.labels), "rows", ranks);
      for (data::RowBlock block; rows.next(block);) {
      }
    } catch (const InputError& e) {
      messages[static_cast<std::size_t>(ranks.rank())] = e.what();
    }
  });
  return messages;
}

/// Rows of which each rank has its own.
class DealtRows : public test::MemoryRows {
 public:
  DealtRows(double own, double first)
      : MemoryRows(Matrix::Constant(1, 1, own), {"a"}), first_(RowVector::Constant(1, first)) {}

  bool next(data::RowBlock& block) override {
    const bool more = MemoryRows::next(block);
    block.is_dealt = true;
    block.first_of_dealt = first_;
    return more;
  }

 private:
  RowVector first_;
};

/// Rows that are mapped, with what goes with them.
class MappedRows : public test::MemoryRows {
 public:
  explicit MappedRows(const Read& read) : MemoryRows(Matrix(read.X.rows(), 0), read.labels), X_(read.X) {}
  std::optional<SharedRows> map() override { return X_; }

 private:
  SharedRows X_;
};

}  // namespace

TEST_CASE("rows of several ranks: all go on where all read the same, and none where one reads something else") {
  const std::vector<std::string> nothing(3),
      refused(3, "rows: rank 2 of 3 has read something else there than the first: all need the same files");
  CHECK(told(Read()) == nothing);

  Read number, label, fewer, column, passed_over;
  number.X(4, 1) = std::nextafter(number.X(4, 1), 0.0);
  label.labels[3] = "c";
  fewer.X.conservativeResize(4, Eigen::NoChange);
  column.X.conservativeResize(Eigen::NoChange, 1);
  passed_over.X(2, 0) = std::numeric_limits<double>::quiet_NaN();
  for (const Read& other : {number, label, fewer, column, passed_over}) CHECK(told(other) == refused);
}

TEST_CASE("rows of several ranks: of rows that are dealt, those that all have read are compared") {
  const auto read = [](double first_of_second) {
    test::on_ranks(2, [&](const Ranks& ranks) {
      const double own = ranks.rank(), first = ranks.is_first() ? 0 : first_of_second;
      data::ComparedRows rows(std::make_unique<DealtRows>(own, first), "rows", ranks);
      data::RowBlock block;
      rows.next(block);
    });
  };
  CHECK_NOTHROW(read(0));
  CHECK_THROWS_AS(read(1), InputError);
}

TEST_CASE("rows of several ranks: mapped rows are compared as a whole") {
  const auto map = [](const Read& other) {
    test::on_ranks(2, [&](const Ranks& ranks) {
      data::ComparedRows rows(std::make_unique<MappedRows>(ranks.is_first() ? Read() : other), "rows", ranks);
      if (rows.map()->rows() != 5) throw std::logic_error("other rows");
    });
  };
  CHECK_NOTHROW(map(Read()));
  Read number;
  number.X(0, 0) = -1;
  CHECK_THROWS_AS(map(number), InputError);
}
