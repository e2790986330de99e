#include "learn/scml/scml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/scml/bases.hpp"
#include "learn/scml/solver.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

/// Two classes apart along the first of three features, rows in turn.
Samples scml_lines(Index n, std::uint64_t seed) {
  Samples samples;
  Matrix X = test::random_rows(n, 3, seed);
  for (Index i = 0; i < n; ++i) {
    X(i, 0) += i % 2 == 0 ? -0.6 : 0.6;
    samples.y.push_back(static_cast<int>(i % 2));
  }
  samples.X = std::move(X);
  return samples;
}

const scml::ScmlOptions kSmallScml{.neighbors = 2, .impostors = 3, .bases = 12, .beta = 1e-3, .tolerance = 1e-6};

/// The mean hinge of triplets from M itself.
double scml_hinge(const SquareMatrix& M, const MatrixRef& X, const Triplets& triplets) {
  double sum = 0;
  const auto squared = [&](Index i, Index j) {
    const Vector v = (X.row(i) - X.row(j)).transpose();
    return v.dot(M * v);
  };
  for (const auto& [i, j, l] : triplets) sum += std::max(0.0, 1 + squared(i, j) - squared(i, l));
  return sum / static_cast<double>(triplets.size());
}

struct ScmlProgram {
  Matrix Y;
  Triplets triplets;
  scml::ScmlProblem problem(double beta) const { return {Y, triplets, beta}; }
};
ScmlProgram scml_program(Index n, Index K, Index T, std::uint64_t seed) {
  ScmlProgram lp{test::random_rows(n, K, seed), {}};
  Random random(seed);
  for (Index t = 0; t < T; ++t) {
    const Index i = random.below(n);
    lp.triplets.push_back({i, (i + 1 + random.below(3)) % n, (i + 4 + random.below(n - 4)) % n});
  }
  return lp;
}

}  // namespace

TEST_CASE("scml: one direction, one triplet: the margin costs beta w, or the hinge stays") {
  // c = 1 - 9 = -8: min beta w + [1 - 8 w]_+ is beta / 8 at w = 1/8 if beta < 8, otherwise 1 at w = 0
  const ScmlProgram lp{Matrix{{0}, {1}, {3}}, {{0, 1, 2}}};
  const scml::ScmlSolution cheap = scml::solve_scml(lp.problem(0.5), 1e-9, 200, Run());
  CHECK(cheap.converged);
  CHECK(cheap.objective == doctest::Approx(0.0625).epsilon(1e-8));
  CHECK(cheap.w[0] == doctest::Approx(0.125).epsilon(1e-7));
  const scml::ScmlSolution dear = scml::solve_scml(lp.problem(20), 1e-9, 200, Run());
  CHECK(dear.converged);
  CHECK(dear.objective == doctest::Approx(1).epsilon(1e-9));
  CHECK(dear.w[0] == 0);
}

TEST_CASE("scml: no weights do better than the bound, and weights nearby no better than the solution") {
  const ScmlProgram lp = scml_program(30, 6, 200, 3);
  const double beta = 0.01;
  const scml::ScmlSolution best = scml::solve_scml(lp.problem(beta), 1e-8, 200, Run());
  CHECK(best.converged);
  CHECK(best.objective >= best.bound);
  CHECK(best.w.minCoeff() >= 0);
  CHECK(scml::scml_value(lp.problem(beta), best.w, Threads()).objective == best.objective);
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Vector off = test::random_rows(6, 1, seed).col(0) * std::pow(10.0, -static_cast<double>(seed % 4));
    const Vector w = (best.w + best.w.maxCoeff() * off).cwiseMax(0);
    CHECK(scml::scml_value(lp.problem(beta), w, Threads()).objective >= best.bound);
  }
}

TEST_CASE("scml: any multipliers give a bound below the value of any weights") {
  const ScmlProgram lp = scml_program(20, 4, 80, 5);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Vector alpha = test::uniform_rows(80, 1, seed).col(0) * std::pow(10.0, -static_cast<double>(seed % 5));
    const Vector w = test::uniform_rows(4, 1, seed + 100).col(0) * std::pow(4.0, static_cast<double>(seed % 6) - 3);
    const double F = scml::scml_value(lp.problem(0.05), w, Threads()).objective;
    const double bound = scml::scml_bound(lp.problem(0.05), alpha, F, Threads());
    CHECK(bound <= F);
    // alpha = 0 proves 0
    CHECK(scml::scml_bound(lp.problem(0.05), Vector::Zero(80), F, Threads()) == 0);
  }
}

TEST_CASE("scml: the objective is that of the model's M, and the direction that tells classes apart gets the weight") {
  const Samples samples = scml_lines(60, 1);
  const Fit fit = scml::fit_scml(samples, kSmallScml);
  CHECK(converged(fit));
  CHECK(number(fit, "triplets") == 360);
  CHECK(number(fit, "bases") == 12);
  CHECK(number(fit, "bases_used") >= 1);
  const SquareMatrix M = fit.linear().matrix();
  CHECK(M(0, 0) > 5 * std::max(M(1, 1), M(2, 2)));

  // with listed triplets, from M and the raw rows
  Samples listed{.X = samples.X};
  for (Index i = 0; i + 5 < 60; ++i) listed.triplets.push_back({i, i + 2, i + 5});
  const Fit given = scml::fit_scml(listed, kSmallScml);
  CHECK(converged(given));
  const double hinge = scml_hinge(given.linear().matrix(), listed.X, listed.triplets);
  CHECK(hinge <= number(given, "objective") * (1 + 1e-12));
  CHECK(hinge + 1e-3 * given.linear().matrix().trace() * 3 >= number(given, "objective"));
  CHECK(given.unused == std::vector<std::string>{"neighbors", "impostors"});
}

TEST_CASE("scml: scaling all features, an offset and threads change no distance beyond rounding; the seed does") {
  const Samples samples = scml_lines(50, 2);
  const Fit fit = scml::fit_scml(samples, kSmallScml);
  for (const double times : {8.0, 0x1p500, 0x1p-500}) {
    CAPTURE(times);
    Samples scaled = samples;
    scaled.X = samples.X * times;
    const Fit there = scml::fit_scml(scaled, kSmallScml);
    CHECK(number(there, "objective") == doctest::Approx(number(fit, "objective")).epsilon(1e-5));
    CHECK(test::largest_change(fit, Matrix(samples.X), there, Matrix(scaled.X)) <= 1e-2);
  }
  CHECK(scml::fit_scml(samples, kSmallScml, {Threads(3), {}, {}}).linear().factor() == fit.linear().factor());
  scml::ScmlOptions other = kSmallScml;
  other.seed = 2;
  CHECK(number(scml::fit_scml(samples, other), "objective") != number(fit, "objective"));
}

TEST_CASE("scml: directions have length 1, as many as were asked for") {
  const Samples samples = scml_lines(40, 3);
  const Matrix regions = scml::bases_of_regions(samples.X, samples.y, 7, 1, Threads());
  CHECK(regions.rows() == 7);
  CHECK((regions.rowwise().norm().array() - 1).abs().maxCoeff() <= 1e-12);
  const Matrix listed = scml::bases_of_triplets(samples.X, {{0, 2, 1}, {4, 6, 3}, {1, 3, 1}}, 5, 1, Threads());
  CHECK(listed.rows() == 2);  // a far row that is the anchor gives none
  CHECK((listed.rowwise().norm().array() - 1).abs().maxCoeff() <= 1e-12);
}

TEST_CASE("scml: equal rows, one row a class, fewer rows than features") {
  const Fit equal = scml::fit_scml({.X = Matrix::Constant(6, 2, 3), .y = {0, 0, 0, 1, 1, 1}});
  CHECK(equal.linear().rank() == 0);
  CHECK(converged(equal));
  CHECK(number(equal, "objective") == 1);
  const auto said = [](Samples samples) { return test::refusal<InputError>([&] { scml::fit_scml(samples); }); };
  CHECK(said({.X = test::random_rows(3, 2, 1), .y = {0, 1, 2}}) == "no class has more than one row");
  CHECK(said({.X = test::random_rows(3, 2, 1), .y = {0, 0, 0}}) == "all 3 rows are of one class");
  CHECK(said({.X = test::random_rows(3, 2, 1), .triplets = {{0, 1, 3}}}) ==
        "triplet 1 is of rows 1, 2 and 4: three different rows of 1 to 3 are wanted");
  Matrix rows = test::random_rows(10, 40, 4);
  rows.col(7).setConstant(2);
  Samples wide{.X = rows, .y = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}};
  const Fit fit = scml::fit_scml(wide, kSmallScml);
  CHECK(converged(fit));
  CHECK(fit.linear().diagonal()[7] <= 1e-20);
}
