#pragma once
/// LMNN as the solver sees it, and its exact search for impostors.

#include <span>

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "learn/lmnn_cone.hpp"
#include "learn/lmnn_pairs.hpp"

namespace maha::lmnn {

/// min over N in the cone of tr N + mu sum over (i, j, l) of [1 + d_ij - d_il]_+: j a target of i, y_l != y_i,
/// distances under N between whitened rows, in which the pull is tr N.
struct Problem {
  std::span<const int> y;
  RowLists targets;
  double mu = 0.5;
};

/// What a pass over all triplets at a point finds. It costs one range search.
struct FullPass {
  double hinges = 0;   ///< mu sum [1 + d_ij - d_il]_+, exact
  Index active = 0;    ///< triplets with a positive hinge
  RowLists impostors;  ///< the pairs (i, l) with d_il <= u_i + sigma, u_i = 1 + max_j d_ij
};

FullPass full_pass(const Problem& problem, const Point& point, double sigma, const Threads& threads);

/// How many pairs a working set shall hold where `active` of them have a positive hinge: three times as many, at least
/// 8 a row, and of spare ones at most 32 a row.
double wanted_pairs(double active, Index rows);

/// The sigma that puts about the wanted number of pairs into the working set: judged by a sample of pairs,
double sampled_sigma(const Problem& problem, const Point& point, const Threads& threads);
/// or by the pairs of the working set, at their distances by now, and the sigma it was made with.
double sigma_from(const Pairs& pairs, const PairValues& squared, double last);

/// Squared distances between some rows, at most 3000, and some others, at even steps: with few rows, all of them.
struct Sample {
  std::vector<Index> rows, others;
  Matrix squared;  ///< rows x others; infinity between rows of one class
  double weight;   ///< the pairs that each of them stands for
};

Sample sample_pairs(const Problem& problem, const Point& point, const Threads& threads);

}  // namespace maha::lmnn
