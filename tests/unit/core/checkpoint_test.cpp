#include "core/checkpoint.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;

namespace {

/// One field of each kind.
struct Everything {
  double number = 0;
  bool flag = false;
  Matrix matrix{};
  Vector vector{};
  std::vector<Index> rows{};
  std::vector<std::vector<int>> lists{};
  std::deque<Vector> history{};
  std::optional<Vector> maybe{};
  std::optional<double> value{};
  std::string text{};
  Random random{1};

  void visit(State& state) { state(number, flag, matrix, vector, rows, lists, history, maybe, value, text, random); }
};

/// A sum for each number up to `most`, in an inner stage.
double count_and_sum(Checkpoint* checkpoint, int most, int* evaluations) {
  double total = 0, before = 0;
  int i = 0;
  const Stage outer(checkpoint, "outer", [&](State& state) { state(i, before); });
  total = before;
  for (; i < most; ++i) {
    before = total;
    outer.keep();
    int k = 0;
    double sum = 0;
    const Stage inner(checkpoint, i % 2 == 0 ? "even" : "odd", [&](State& state) { state(k, sum); });
    for (; k < 3; ++k) {
      inner.keep();
      ++*evaluations;
      sum += 1.0 / (1 + i + k);
    }
    total = before + sum;
  }
  return total;
}

}  // namespace

TEST_CASE("a state is read as it was written, and nothing of one that is cut off") {
  Everything all{0.1, true, Matrix::Random(3, 2), Vector::Random(4), {1, -2}, {{1}, {}, {2, 3}}};
  all.history = {Vector::Random(2), Vector()};
  all.maybe = Vector::Random(1);
  all.text = std::string("a\0b", 3);
  all.random.next();
  std::string bytes;
  State out(bytes);
  all.visit(out);
  Everything read;
  read.value = 7;
  State in{std::string_view(bytes)};
  read.visit(in);
  CHECK(in.at_end());
  CHECK(read.number == all.number);
  CHECK(read.flag);
  CHECK(read.matrix == all.matrix);
  CHECK(read.vector == all.vector);
  CHECK(read.rows == all.rows);
  CHECK(read.lists == all.lists);
  CHECK(read.history == all.history);
  CHECK(read.maybe == all.maybe);
  CHECK_FALSE(read.value.has_value());
  CHECK(read.text == all.text);
  CHECK(read.random.next() == all.random.next());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Everything part;
    State cut{std::string_view(bytes).substr(0, size)};
    CHECK_THROWS_AS(part.visit(cut), InputError);
  }
}

TEST_CASE("from each state of stages within a stage, a run goes on to the same end without what was done") {
  std::vector<std::string> states;
  int whole = 0;
  Checkpoint all("", 0, [&](const std::string& state) { states.push_back(state); });
  const double expected = count_and_sum(&all, 5, &whole);
  CHECK(states.size() == 20);  // 5 outer ones and 15 inner ones
  int without = 0;
  CHECK(count_and_sum(nullptr, 5, &without) == expected);
  for (std::size_t s = 0; s < states.size(); ++s) {
    int evaluations = 0;
    std::size_t more = 0;
    Checkpoint again(states[s], 0, [&](const std::string& state) { CHECK(state == states[s + more++]); });
    CHECK(count_and_sum(&again, 5, &evaluations) == expected);
    CHECK(evaluations == whole - static_cast<int>(s / 4 * 3 + (s % 4 > 0 ? s % 4 - 1 : 0)));
  }
}

TEST_CASE("states are handed on in time, at the end the newest, and none once the checkpoint is closed") {
  int x = 1, handed_on = 0;
  std::string newest;
  Checkpoint rare("", 1e9, [&](const std::string& state) {
    newest = state;
    ++handed_on;
  });
  const Stage stage(&rare, "x", [&](State& state) { state(x); });
  stage.keep();
  CHECK(handed_on == 0);
  rare.close();
  x = 2;
  stage.keep();
  rare.finish();
  rare.finish();
  CHECK(handed_on == 1);
  int y = 0;
  Checkpoint next(newest, 1e9, [](const std::string&) {});
  const Stage again(&next, "x", [&](State& state) { state(y); });
  CHECK(again.restored());
  CHECK(y == 1);
}

TEST_CASE("a state that has another name, or is not of the fields, is not taken for another") {
  std::string kept;
  int x = 1;
  {
    Checkpoint first("", 0, [&](const std::string& state) { kept = state; });
    const Stage stage(&first, "x", [&](State& state) { state(x); });
    stage.keep();
  }
  CHECK_THROWS_AS(Checkpoint(kept.substr(0, kept.size() - 1), 0, {}), InputError);
  Checkpoint other(kept, 0, {});
  CHECK(Stage::saved(&other, "x"));
  CHECK_FALSE(Stage::saved(&other, "y"));
  CHECK_FALSE(Stage::saved(nullptr, "x"));
  CHECK_FALSE(Stage(&other, "y", [](State&) {}).restored());
  CHECK_FALSE(Stage(&other, "x", [](State&) {}).restored());  // the fit has gone another way
  double larger = 0;
  Checkpoint third(kept, 0, {});
  CHECK_THROWS_AS(Stage(&third, "x", [&](State& state) { state(larger); }), InputError);
  char smaller = 0;
  Checkpoint same(kept, 0, {});
  CHECK_THROWS_AS(Stage(&same, "x", [&](State& state) { state(smaller); }), InputError);
}
