/// How near to the machine's matrix products the training of networks comes, on one thread: floating-point operations a
/// second of the steps of one batch, 6 (rows) (weights) being counted for each, 4 for the first layer's, whatever else
/// is done in it.
///
/// usage: bench_embedding    prints a Markdown table: medians of interleaved runs, processor seconds

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "core/machine/reproducible.hpp"
#include "core/random.hpp"
#include "learn/embedding/training/adam.hpp"
#include "learn/embedding/training/batch_loss.hpp"
#include "learn/embedding/training/network_pass.hpp"

using namespace maha;

namespace {

constexpr int kRuns = 9;
constexpr Index kRows = 256;

double seconds(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// GFLOP/s of each, in turn: medians.
std::vector<double> rates(const std::vector<std::pair<double, std::function<void()>>>& contestants) {
  std::vector<std::vector<double>> all(contestants.size());
  for (int run = 0; run <= kRuns; ++run) {
    for (std::size_t c = 0; c < contestants.size(); ++c) {
      const auto& [flop, work] = contestants[c];
      const int times = std::max(1, static_cast<int>(2e9 / flop));
      const double spent = seconds([&, &once = work] {
        for (int t = 0; t < times; ++t) once();
      });
      if (run > 0) all[c].push_back(flop * times / spent / 1e9);
    }
  }
  std::vector<double> medians;
  for (auto& of : all) {
    std::sort(of.begin(), of.end());
    medians.push_back(of[of.size() / 2]);
  }
  return medians;
}

Matrix random_matrix(Index rows, Index columns, Random& random) {
  Matrix A(rows, columns);
  for (double& value : A.reshaped()) value = 2 * random.uniform() - 1;
  return A;
}

/// C = A B of n x n matrices.
template <class Scalar>
std::function<void()> product(Index n, Random& random) {
  using Square = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Square A = random_matrix(n, n, random).cast<Scalar>(), B = random_matrix(n, n, random).cast<Scalar>();
  return [A, B, C = Square(n, n)]() mutable { C.noalias() = A * B; };
}

void measure(const std::string& name, const std::vector<Index>& widths, Random& random) {
  learn::embedding::Layers layers;
  double weights = 0;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const Matrix W = random_matrix(widths[l + 1], widths[l], random) / std::sqrt(static_cast<double>(widths[l]));
    layers.push_back(
        {W, Vector::Zero(W.rows()), l + 2 < widths.size() ? metric::Activation::relu : metric::Activation::linear});
    weights += static_cast<double>(W.size());
  }
  const double flop = static_cast<double>(kRows) * (6 * weights - 2 * static_cast<double>(layers[0].weights.size()));
  const Matrix X = random_matrix(kRows, widths.front(), random);
  Labels y;
  for (Index i = 0; i < kRows; ++i) y.push_back(static_cast<int>(i % 10));
  learn::embedding::NetworkPass pass;
  learn::embedding::Adam adam(0);
  const Threads threads;
  const Matrix G = random_matrix(kRows, widths.back(), random);
  const auto both_ways = [&] {
    pass.forward(layers, true, X, threads);
    pass.backward(layers, G, threads);
  };
  const auto step = [&](const auto& loss) {
    return [&, loss] {
      learn::embedding::BatchLoss at = loss(pass.forward(layers, true, X, threads));
      adam.step(layers, pass.backward(layers, std::move(at.gradient), threads), 1e-9, threads);
    };
  };
  const auto triplet = [&](learn::embedding::Sampler sampler) {
    return step([&, sampler](const Matrix& F) {
      return learn::embedding::triplet_loss(F, y, {sampler, 0.2}, 1, threads);
    });
  };
  const auto contrastive = step([&](const Matrix& F) {
    return learn::embedding::contrastive_loss(F, learn::embedding::terms_of_classes(y), 1, threads);
  });
  const double n = 2.0 * 512 * 512 * 512;
  const std::vector<double> found = rates({{n, product<double>(512, random)},
                                           {n, product<float>(512, random)},
                                           {flop, both_ways},
                                           {flop, contrastive},
                                           {flop, triplet(learn::embedding::Sampler::semi_hard)},
                                           {flop, triplet(learn::embedding::Sampler::distance_weighted)}});
  std::printf("| %s |", name.c_str());
  for (const double rate : found) std::printf(" %.1f |", rate);
  std::printf(" %.0f %% | %.0f %% |\n", 100 * found[2] / found[0], 100 * found[5] / found[0]);
}

}  // namespace

int main() {
  compute_alike_everywhere();
  std::printf("GFLOP/s, batches of %d rows\n\n", static_cast<int>(kRows));
  std::printf(
      "| widths | product, float64 | float32 | both ways | contrastive step | semi-hard | distance-weighted |"
      " both ways of the product | whole step |\n|---|---|---|---|---|---|---|---|---|\n");
  Random random(1);
  measure("784 - 128 - 32", {784, 128, 32}, random);
  measure("617 - 128 - 32", {617, 128, 32}, random);
  measure("64 - 128 - 32", {64, 128, 32}, random);
  measure("16 - 128 - 32", {16, 128, 32}, random);
  measure("784 - 512 - 128", {784, 512, 128}, random);
}
