#include "learn/embedding/training/batch_loss.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "unit/learn/embedding/network_check.hpp"

using namespace maha;
using namespace maha::learn::embedding;
using namespace maha::test;

namespace {

const Labels kClasses{0, 0, 0, 1, 1, 2, 2, 2, 2, 3};

Labels repeated(Index rows) {
  Labels y;
  for (Index i = 0; i < rows; ++i) y.push_back(kClasses[static_cast<std::size_t>(i) % kClasses.size()]);
  return y;
}

/// The mean contrastive loss of all pairs, by its definition.
double slow_contrastive(const Matrix& F, const Labels& y, double margin) {
  double sum = 0, pairs = 0;
  for (Index i = 0; i < F.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      const double d = (F.row(i) - F.row(j)).norm(), short_of = std::max(0.0, margin - d);
      const bool alike = y[static_cast<std::size_t>(i)] == y[static_cast<std::size_t>(j)];
      sum += 0.5 * (alike ? d * d : short_of * short_of);
      pairs += 1;
    }
  }
  return sum / pairs;
}

/// Through a network: the loss of the embeddings of X, and the gradient of all weights.
template <class Loss>
double end_to_end_error(bool normalize, const Matrix& X, Loss&& loss) {
  const Layers layers = test::random_layers({X.cols(), 6, 4}, 21);
  NetworkPass pass;
  const Matrix F = pass.forward(layers, normalize, X, Threads());
  const Layers gradient = pass.backward(layers, loss(F).gradient, Threads());
  return test::gradient_error(layers, gradient, [&](const Layers& at) {
    NetworkPass there;
    return loss(there.forward(at, normalize, X, Threads())).value;
  });
}

}  // namespace

TEST_CASE("contrastive loss: its definition, for labels") {
  const Labels y = repeated(45);
  const Matrix F = test::random_matrix(45, 3, 1);
  const BatchLoss loss = contrastive_loss(F, terms_of_classes(y), 1.1, Threads());
  CHECK(loss.value == doctest::Approx(slow_contrastive(F, y, 1.1)).epsilon(1e-12));
  CHECK(loss.terms == 45 * 44);
}

TEST_CASE("contrastive loss: pairs of one's own, worked by hand") {
  const Matrix F = (Matrix(3, 2) << 0, 0, 3, 4, 0, 1).finished();
  PairTerms T = Matrix::Zero(3, 3);
  T(0, 1) = 0.25;   // similar, d = 5
  T(0, 2) = -0.5;   // dissimilar, d = 1, margin 3
  T(2, 1) = -0.25;  // dissimilar, d = sqrt 18 > 3
  const BatchLoss loss = contrastive_loss(F, T, 3, Threads());
  CHECK(loss.value == doctest::Approx(0.25 * 12.5 + 0.5 * 2));
  CHECK(loss.terms == 3);
  CHECK(loss.contribute == 2);
  // d/df_1 of 0.25 d^2 / 2 is 0.25 (3, 4); of 0.5 (3 - d)^2 / 2 for f_2: -0.5 x 2 x (0, 1)
  CHECK(loss.gradient.row(1).isApprox(RowVector{{0.75, 1}}));
  CHECK(loss.gradient.row(2).isApprox(RowVector{{0, -1}}));
  CHECK(loss.gradient.colwise().sum().norm() < 1e-14);
}

TEST_CASE("contrastive loss: rows on top of each other push nowhere") {
  const BatchLoss loss = contrastive_loss(Matrix::Ones(4, 2), terms_of_classes({0, 0, 1, 1}), 1, Threads());
  CHECK(loss.value == doctest::Approx(1.0 / 3));  // 4 of 6 pairs, 1/2 each
  CHECK(loss.gradient == Matrix::Zero(4, 2));
}

TEST_CASE("contrastive loss: the gradient, through a network, is that of finite differences") {
  const Matrix X = test::random_matrix(40, 5, 2);
  const PairTerms T = terms_of_classes(repeated(40));
  for (const bool normalize : {false, true}) {
    CHECK(end_to_end_error(normalize, X, [&](const Matrix& F) { return contrastive_loss(F, T, 1.2, Threads()); }) <
          1e-6);
  }
}

TEST_CASE("triplet loss: each anchor and positive once, with a negative of another class") {
  const Labels y = repeated(30);
  const Matrix F = test::random_matrix(30, 3, 3).rowwise().normalized();
  std::vector<double> shares;
  for (const Sampler sampler : kSamplers) {
    Index triplets = 0, contribute = 0;
    double sum = 0;
    const BatchLoss loss = triplet_loss(F, y, {sampler, 0.2}, 5, Threads(), [&](double positive, double negative) {
      ++triplets;
      contribute += positive - negative + 0.2 > 0;
      sum += std::max(0.0, positive - negative + 0.2);
    });
    CHECK(triplets == 9 * 8 + 6 * 5 + 12 * 11 + 3 * 2);
    CHECK(loss.terms == triplets);
    CHECK(loss.contribute == contribute);
    CHECK(loss.value == doctest::Approx(sum / static_cast<double>(triplets)).epsilon(1e-12));
    shares.push_back(static_cast<double>(loss.contribute) / static_cast<double>(loss.terms));
  }
  CHECK(shares[1] < shares[0]);  // easy < uniform < semi-hard < hard
  CHECK(shares[0] < shares[2]);
  CHECK(shares[2] < shares[3]);
}

TEST_CASE("triplet loss: the hard ones by their definition") {
  const Labels y = repeated(20);
  const Matrix F = test::random_matrix(20, 4, 4).rowwise().normalized();
  double sum = 0, count = 0;
  for (Index a = 0; a < 20; ++a) {
    double nearest = 10;
    const auto c = [&](Index i) { return y[static_cast<std::size_t>(i)]; };
    for (Index n = 0; n < 20; ++n) {
      if (c(n) != c(a)) nearest = std::min(nearest, (F.row(a) - F.row(n)).squaredNorm());
    }
    for (Index p = 0; p < 20; ++p) {
      if (p == a || c(p) != c(a)) continue;
      sum += std::max(0.0, (F.row(a) - F.row(p)).squaredNorm() - nearest + 0.3);
      ++count;
    }
  }
  CHECK(triplet_loss(F, y, {Sampler::hard, 0.3}, 1, Threads()).value == doctest::Approx(sum / count).epsilon(1e-12));
}

TEST_CASE("triplet loss: the gradient, through a network and for every sampler, is that of finite differences") {
  const Matrix X = test::random_matrix(40, 5, 5);
  const Labels y = repeated(40);
  for (const Sampler sampler : kSamplers) {
    for (const bool normalize : {false, true}) {
      if (!normalize && sampler == Sampler::distance_weighted) continue;
      CAPTURE(name_of(sampler));
      CAPTURE(normalize);
      CHECK(end_to_end_error(normalize, X, [&](const Matrix& F) {
              return triplet_loss(F, y, {sampler, 0.2}, 9, Threads());
            }) < 1e-5);
    }
  }
}

TEST_CASE("batch losses: the same bits on any number of threads") {
  const Labels y = repeated(150);
  const Matrix F = test::random_matrix(150, 8, 6).rowwise().normalized();
  for (const Sampler sampler : kSamplers) {
    const BatchLoss one = triplet_loss(F, y, {sampler, 0.2}, 3, Threads(1));
    const BatchLoss three = triplet_loss(F, y, {sampler, 0.2}, 3, Threads(3));
    CHECK(one.value == three.value);
    CHECK(one.gradient == three.gradient);
  }
  const BatchLoss one = contrastive_loss(F, terms_of_classes(y), 1, Threads(1));
  const BatchLoss three = contrastive_loss(F, terms_of_classes(y), 1, Threads(3));
  CHECK(one.value == three.value);
  CHECK(one.gradient == three.gradient);
}
