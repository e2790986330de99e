#include "data/pairs/pairs.hpp"

#include <cmath>

#include "data/pairs/quadruplets.hpp"
#include "data/pairs/triplets.hpp"
#include "fuzz.hpp"

namespace maha::fuzz {
namespace {

using data::Answers;
using data::Header;

/// Eight rows of a file of nine, by number.
data::Table by_number() {
  data::Table table;
  table.X = Matrix::Zero(8, 1);
  table.row = {1, 2, 3, 5, 6, 7, 8, 9};
  table.rows_read = 9;
  table.name = "rows.csv";
  return table;
}

/// The same by ids, among them such as could be something else, and one that is there twice.
data::Table by_id() {
  data::Table table = by_number();
  table.ids = {"a", "b", "c", "i", "1", "", "x,\"y", "b"};
  return table;
}

class InRange {
 public:
  explicit InRange(const data::Table& table) : rows_(table.rows()) {}
  bool operator()(Index i) const { return i >= 0 && i < rows_; }

 private:
  Index rows_;
};

}  // namespace

void pairs(std::string_view input) {
  static const data::Table numbered = by_number(), named = by_id();
  static const data::RowNames numbers(numbered), ids(named);
  Choices choices(input);
  const std::size_t kind = choices.below(4);
  const bool by_ids = choices.flag();
  const data::RowNames& rows = by_ids ? ids : numbers;
  const data::RowNames& others = choices.flag() ? numbers : rows;
  static constexpr Header kHeaders[] = {Header::guess, Header::yes, Header::no};
  const Header header = choices.of(kHeaders);
  data::CsvDialect dialect;
  static constexpr char kDelimiters[] = {0, ',', ';', '\t', ' '};
  dialect.delimiter = choices.of(kDelimiters);
  static constexpr const char* kComments[] = {"", "#"};
  dialect.comment = choices.of(kComments);
  choices.byte();  // a line feed
  put_on_stdin(choices.rest());

  const InRange in_range(numbered);
  done([&] {
    if (kind < 2) {
      const Answers answers = kind == 0 ? Answers::required : Answers::optional;
      const data::PairList list = data::read_pairs("-", rows, others, answers, header, dialect);
      require(!list.pairs.empty(), "there are pairs");
      require(list.answered || answers == Answers::optional, "there are answers");
      for (const auto& [i, j, similar] : list.pairs) {
        require(in_range(i) && in_range(j) && (i != j || &rows != &others), "a pair is of two rows");
      }
    } else if (kind == 2) {
      const Triplets triplets = data::read_triplets("-", rows, header, dialect);
      require(!triplets.empty(), "there are triplets");
      for (const auto& [i, j, l] : triplets) {
        require(in_range(i) && in_range(j) && in_range(l) && i != j && i != l && j != l, "a triplet is of three rows");
      }
    } else {
      const Quadruplets quadruplets = data::read_quadruplets("-", rows, header, dialect);
      require(!quadruplets.empty(), "there are quadruplets");
      for (const auto& [i, j, k, l, weight] : quadruplets) {
        require(in_range(i) && in_range(j) && in_range(k) && in_range(l) && i != j && k != l, "pairs are of two rows");
        require(std::isfinite(weight) && weight > 0, "a weight is above 0");
      }
    }
  });
}

}  // namespace maha::fuzz
