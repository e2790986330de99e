/// How fast the neighbours are found, preparation included: on the sets of MAHA_DATA (beside nanoflann where it is
/// installed and its tree makes sense), range search in LMNN's shape, and how time grows with n, d and k.
///
/// usage: bench_neighbors              prints Markdown tables: medians of interleaved runs
///        bench_neighbors SET THREADS  one search for each line of standard input, answered by its wall and processor
///                                     seconds (peers/neighbors.py times us so, in turn with others); after `rows`,
///                                     by the row numbers of all neighbours

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <string>

#include "../unit/neighbors/brute_force.hpp"
#include "core/machine/large_array.hpp"
#include "core/machine/reproducible.hpp"
#include "core/random.hpp"
#include "data/table/table.hpp"
#include "neighbors/index.hpp"
#include "prepare/preprocessing.hpp"
#if __has_include(<nanoflann.hpp>)
#include <nanoflann.hpp>
#define MAHA_HAS_NANOFLANN
#endif

using namespace maha;

namespace {

constexpr int kRuns = 5;
constexpr Index kNeighbors = 3;
constexpr Index kChecked = 100;  // queries compared with a float64 brute force before anything is timed

struct Seconds {
  double wall = 0, processor = 0;
};

Seconds timed(const std::function<void()>& work) {
  const std::clock_t processor = std::clock();
  const auto wall = std::chrono::steady_clock::now();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(),
          static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

/// A copy that lies in memory as read_table() leaves its rows.
Matrix copy_of(const Matrix& X) {
  Matrix copy(X.rows(), X.cols());
  want_large_pages(copy);
  copy = X;
  return copy;
}

/// A search, timed from the reference rows in memory, which the index takes over, to the answers.
Seconds timed_search(const Matrix& X, const Matrix& Q, Index k, int threads) {
  Matrix reference = copy_of(X);
  return timed([&] {
    const Threads pool(threads);
    neighbors::NeighborIndex(std::move(reference), pool).nearest(Q, k, pool);
  });
}

/// Medians of kRuns runs of each, in turn, after one that does not count.
std::vector<Seconds> medians(const std::vector<std::function<Seconds()>>& contestants) {
  std::vector<std::vector<double>> wall(contestants.size()), processor(contestants.size());
  for (int run = 0; run <= kRuns; ++run) {
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      const Seconds seconds = contestants[i]();
      if (run == 0) continue;
      wall[i].push_back(seconds.wall);
      processor[i].push_back(seconds.processor);
    }
  }
  const auto median = [](std::vector<double>& values) {
    std::nth_element(values.begin(), values.begin() + kRuns / 2, values.end());
    return values[kRuns / 2];
  };
  std::vector<Seconds> result;
  for (std::size_t i = 0; i < contestants.size(); ++i) result.push_back({median(wall[i]), median(processor[i])});
  return result;
}

std::string path_of(const std::string& set, const std::string& part) {
  const char* folder = std::getenv("MAHA_DATA");
  return folder ? std::string(folder) + "/" + set + "." + part + ".csv.gz" : std::string();
}

data::Table read(const std::string& set, const std::string& part) {
  return data::read_table(path_of(set, part), {}, {});
}

neighbors::NeighborLists search(const Matrix& X, const Matrix& Q, Index k, int threads) {
  const Threads pool(threads);
  return neighbors::NeighborIndex(X, pool).nearest(Q, k, pool);
}

void require(bool equal, const std::string& what) {
  if (equal) return;
  std::fprintf(stderr, "%s: the answers are wrong\n", what.c_str());
  std::exit(1);
}

void check(const Matrix& X, const Matrix& Q, const std::string& set) {
  const Matrix some = Q.topRows(std::min(kChecked, Q.rows()));
  const neighbors::NeighborLists all = search(X, Q, kNeighbors, 1), brute = brute_nearest(X, some, kNeighbors, false);
  const auto size = static_cast<std::ptrdiff_t>(brute.index.size());
  require(std::equal(brute.index.begin(), brute.index.end(), all.index.begin()) &&
              std::equal(brute.squared.begin(), brute.squared.begin() + size, all.squared.begin()),
          set);
}

#ifdef MAHA_HAS_NANOFLANN
struct Points {
  const Matrix& X;
  std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(X.rows()); }
  double kdtree_get_pt(std::size_t i, std::size_t c) const { return X(static_cast<Index>(i), static_cast<Index>(c)); }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

void search_nanoflann(const Matrix& X, const Matrix& Q) {
  using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Adaptor<double, Points>, Points, -1, std::size_t>;
  const Points points{X};
  const Tree tree(static_cast<int>(X.cols()), points, nanoflann::KDTreeSingleIndexAdaptorParams(16));
  std::size_t index[kNeighbors];
  double squared[kNeighbors];
  for (Index q = 0; q < Q.rows(); ++q) tree.knnSearch(Q.data() + q * Q.cols(), kNeighbors, index, squared);
}
#endif

void print(const std::string& what, const Seconds& seconds) {
  std::printf("| %s | %.4f | %.4f |\n", what.c_str(), seconds.wall, seconds.processor);
  std::fflush(stdout);
}

void measure_nearest(const std::string& set) {
  const Matrix X(read(set, "train").X), Q(read(set, "test").X);
  check(X, Q, set);
  std::vector<std::string> names{"1 thread", "2 threads"};
  std::vector<std::function<Seconds()>> contestants{[&] { return timed_search(X, Q, kNeighbors, 1); },
                                                    [&] { return timed_search(X, Q, kNeighbors, 2); }};
#ifdef MAHA_HAS_NANOFLANN
  if (X.cols() <= 20) {
    names.push_back("nanoflann, 1 thread");
    contestants.push_back([&] { return timed([&] { search_nanoflann(X, Q); }); });
  }
#endif
  const auto seconds = medians(contestants);
  for (std::size_t i = 0; i < names.size(); ++i) print(set + ", k = 3, " + names[i], seconds[i]);
}

/// The squared distance of each row's k-th nearest of its own class.
std::vector<double> target_radii(const Matrix& X, const Labels& y, Index k) {
  std::vector<double> radius(y.size());
  for (int label = 0; label <= *std::max_element(y.begin(), y.end()); ++label) {
    std::vector<Index> rows;
    for (Index i = 0; i < X.rows(); ++i) {
      if (y[static_cast<std::size_t>(i)] == label) rows.push_back(i);
    }
    const neighbors::NeighborLists lists = neighbors::NeighborIndex(X(rows, Eigen::all)).nearest_other(k);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      radius[static_cast<std::size_t>(rows[i])] = lists.squared[(i + 1) * static_cast<std::size_t>(k) - 1];
    }
  }
  return radius;
}

Index impostors(Matrix X, const Labels& y, const std::vector<double>& radius, int threads) {
  const Threads pool(threads);
  Index found = 0;
  neighbors::NeighborIndex(std::move(X), pool)
      .within_other(
          radius, [&](const neighbors::RangeLists& some) { found += some.start.back(); }, y, pool);
  return found;
}

void measure_range(const std::string& set, Index components) {
  const data::Table train = read(set, "train");
  prepare::PreprocessingOptions options;
  options.pca = components;
  const Matrix Z = prepare::fit_preprocessing(train.X, options).apply(train.X);
  const std::vector<double> radius = target_radii(Z, train.y, kNeighbors);
  const std::string what = set + " at PCA " + std::to_string(components) + ", impostors of all rows (" +
                           std::to_string(impostors(Z, train.y, radius, 1)) + "), ";
  const auto timed_impostors = [&](int threads) {
    Matrix reference = copy_of(Z);
    return timed([&] { impostors(std::move(reference), train.y, radius, threads); });
  };
  const auto seconds = medians({[&] { return timed_impostors(1); }, [&] { return timed_impostors(2); }});
  print(what + "1 thread", seconds[0]);
  print(what + "2 threads", seconds[1]);
}

/// Gaussian rows whose c-th coordinate has deviation (1 + c)^-1/2: correlated as real data are.
Matrix synthetic(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix X(n, d);
  for (Index i = 0; i < X.size(); ++i) {
    double sum = -6;
    for (int t = 0; t < 12; ++t) sum += random.uniform();
    X.data()[i] = sum / std::sqrt(1.0 + static_cast<double>(i % d));
  }
  return X;
}

void measure_growth() {
  std::printf("\n| synthetic rows, 2000 queries, 1 thread | wall s | CPU s |\n|---|---|---|\n");
  const auto measure = [](Index n, Index d, Index k) {
    const Matrix X = synthetic(n, d, 1), Q = synthetic(2000, d, 2);
    print("n = " + std::to_string(n) + ", d = " + std::to_string(d) + ", k = " + std::to_string(k),
          medians({[&] { return timed_search(X, Q, k, 1); }})[0]);
  };
  for (const Index n : {10000, 20000, 40000}) measure(n, 64, 3);
  for (const Index d : {4, 16, 256}) measure(20000, d, 3);
  for (const Index k : {1, 10, 100}) measure(20000, 64, k);
}

int serve(const std::string& set, int threads) {
  const Matrix X(read(set, "train").X), Q(read(set, "test").X);
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "rows") {
      const neighbors::NeighborLists lists = search(X, Q, kNeighbors, threads);
      for (const Index i : lists.index) std::cout << i << ' ';
      std::cout << std::endl;
      continue;
    }
    const Seconds seconds = timed_search(X, Q, kNeighbors, threads);
    std::cout << seconds.wall << ' ' << seconds.processor << std::endl;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  compute_alike_everywhere();
  if (argc == 3) return serve(argv[1], std::stoi(argv[2]));
  if (std::getenv("MAHA_DATA")) {
    std::printf("| | wall s | CPU s |\n|---|---|---|\n");
    for (const char* set : {"letter", "isolet", "mnist"}) measure_nearest(set);
    measure_range("mnist", 164);
  }
  measure_growth();
}
