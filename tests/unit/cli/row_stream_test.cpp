#include <doctest/doctest.h>

#include "cli/inputs/csv_input.hpp"
#include "cli/learner/fitted.hpp"
#include "core/random.hpp"
#include "learn/covariance/covariance.hpp"
#include "learn/table.hpp"
#include "unit/memory_rows.hpp"

using namespace maha;
using namespace maha::cli;
using maha::test::MemoryRows;

namespace {

/// Two classes in turn, the second far off along x1.
struct Rows {
  Matrix X{31, 3};
  Labels y;
  std::vector<std::string> labels;

  Rows() {
    Random random(1);
    for (Index i = 0; i < X.rows(); ++i) {
      y.push_back(static_cast<int>(i % 2));
      labels.emplace_back(i % 2 ? "far" : "close");
      for (Index j = 0; j < X.cols(); ++j) X(i, j) = random.uniform() + (j == 0 ? 5 * y.back() : 0);
    }
  }
};

}  // namespace

TEST_CASE("rows of any source: a learner of one pass learns from the stream what it does from the matrix") {
  const Rows rows;
  MemoryRows source(rows.X, rows.labels);
  const cli::App app("maha-test", "a test");
  const auto learner = learn::make_learner("cov");
  const cli::Fitted fitted =
      cli::fit_stream(*learner, cli::labeled_rows(app, source), source.columns(), source.name(), {Threads(), {}, {}});
  CHECK(fitted.model.linear().matrix() == learn::covariance::fit_covariance(rows.X, rows.y).linear().matrix());
  CHECK(fitted.model.features == std::vector<std::string>{"x1", "x2", "x3"});
  CHECK(fitted.model.label == "kind");
}

TEST_CASE("rows of any source: a learner of labels learns from their table, and finds the feature that matters") {
  const Rows rows;
  MemoryRows source(rows.X, rows.labels);
  const auto learner = learn::make_learner("lmnn");
  const cli::Fitted fitted = cli::fit_file(*learner, data::read_table(source), {}, {Threads(), {}, {}});
  const Matrix M = fitted.model.linear().matrix();
  CHECK(fitted.model.rows == rows.X.rows());
  CHECK(fitted.model.label == "kind");
  CHECK(M(0, 0) > 10 * std::max(M(1, 1), M(2, 2)));
}
