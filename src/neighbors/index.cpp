#include "neighbors/index.hpp"

#include <string>

#include "core/error.hpp"
#include "neighbors/distance.hpp"
#include "neighbors/selection.hpp"

namespace maha {
namespace {

constexpr Index kQueryTile = 64;            // queries a thread works on at a time
constexpr Index kReferenceBytes = 1 << 18;  // of reference rows that stay in cache while a query tile goes over them
constexpr Index kQueriesAtOnce = 4096;      // range search hands over after so many queries
constexpr Index kMostFound = 1 << 22;       // or halves the block until no more than this is found

void require_finite(const MatrixRef& rows, const char* what, const Threads& threads) {
  threads.for_ranges(rows.rows(), 256, [&](Index begin, Index end) {
    if (!rows.middleRows(begin, end - begin).allFinite()) {
      throw InputError(std::string("every coordinate of the ") + what + " must be finite (rows " +
                       std::to_string(begin + 1) + " to " + std::to_string(end) + ")");
    }
  });
}

void require_size(std::size_t size, Index wanted, const char* what) {
  if (static_cast<Index>(size) != wanted) {
    throw InputError(std::string("one ") + what + " for each row is wanted: " + std::to_string(wanted) + ", not " +
                     std::to_string(size));
  }
}

/// Calls with_pair(q, r, squared) for every query of [begin, end) and every reference row but `q` itself where the
/// queries are the reference rows, reference rows in ascending order for each query.
template <class WithPair>
void for_all_pairs(const Matrix& reference, const MatrixRef& queries, bool leave_one_out, Index begin, Index end,
                   WithPair&& with_pair) {
  const Index d = reference.cols();
  const Index step = std::max<Index>(1, kReferenceBytes / static_cast<Index>(sizeof(double)) / std::max<Index>(1, d));
  for (Index first = 0; first < reference.rows(); first += step) {
    const Index last = std::min(reference.rows(), first + step);
    for (Index q = begin; q < end; ++q) {
      const double* query = queries.data() + q * queries.outerStride();
      for (Index r = first; r < last; ++r) {
        if (leave_one_out && r == q) continue;
        with_pair(q, r, squared_distance(query, reference.data() + r * d, d));
      }
    }
  }
}

}  // namespace

class NeighborIndex::Engine {
 public:
  Engine(Matrix reference, const Threads& threads) : reference_(std::move(reference)) {
    require_finite(reference_, "reference rows", threads);
  }

  const Matrix& reference() const { return reference_; }

  void check_queries(const MatrixRef& queries, const Threads& threads) const {
    if (queries.cols() != reference_.cols()) {
      throw InputError("queries have " + std::to_string(queries.cols()) + " coordinates, the reference rows have " +
                       std::to_string(reference_.cols()));
    }
    require_finite(queries, "queries", threads);
  }

  NeighborLists nearest(const MatrixRef& queries, bool leave_one_out, Index k, const Threads& threads) const {
    const Index others = reference_.rows() - (leave_one_out ? 1 : 0);
    if (k < 1 || k > others) {
      throw InputError("k must be from 1 to " + std::to_string(others) + " (the rows to choose from), not " +
                       std::to_string(k));
    }
    const auto size = static_cast<std::size_t>(queries.rows() * k);
    NeighborLists lists{k, std::vector<Index>(size), std::vector<double>(size)};
    threads.for_ranges(queries.rows(), kQueryTile, [&](Index begin, Index end) {
      std::vector<KBest> best(static_cast<std::size_t>(end - begin), KBest(k));
      for_all_pairs(reference_, queries, leave_one_out, begin, end, [&](Index q, Index r, double squared) {
        best[static_cast<std::size_t>(q - begin)].offer({squared, r});
      });
      for (Index q = begin; q < end; ++q) {
        best[static_cast<std::size_t>(q - begin)].drain(lists.index.data() + q * k, lists.squared.data() + q * k);
      }
    });
    return lists;
  }

  void within(const MatrixRef& queries, bool leave_one_out, std::span<const double> radius, const RangeVisitor& visit,
              const UnlikeOnly& unlike, const Threads& threads) const {
    require_size(radius.size(), queries.rows(), "squared radius");
    const bool by_class = !unlike.queries.empty() || !unlike.reference.empty();
    if (by_class) {
      require_size(unlike.queries.size(), queries.rows(), "class of the queries");
      require_size(unlike.reference.size(), reference_.rows(), "class of the reference rows");
    }
    const auto found_of = [&](Index begin, Index end, std::vector<std::vector<Candidate>>& found) {
      threads.for_ranges(end - begin, kQueryTile, [&](Index from, Index to) {
        for_all_pairs(reference_, queries, leave_one_out, begin + from, begin + to, [&](Index q, Index r, double d2) {
          const auto Q = static_cast<std::size_t>(q), R = static_cast<std::size_t>(r);
          if (!(d2 <= radius[Q]) || (by_class && unlike.queries[Q] == unlike.reference[R])) return;
          found[static_cast<std::size_t>(q - begin)].emplace_back(d2, r);
        });
        for (Index q = from; q < to; ++q) {
          auto& list = found[static_cast<std::size_t>(q)];
          std::sort(list.begin(), list.end());
        }
      });
    };
    const Index step = std::clamp<Index>(kMostFound / std::max<Index>(1, reference_.rows()), 1, kQueriesAtOnce);
    for (Index begin = 0; begin < queries.rows(); begin += step) {
      const Index end = std::min(queries.rows(), begin + step);
      std::vector<std::vector<Candidate>> found(static_cast<std::size_t>(end - begin));
      found_of(begin, end, found);
      RangeLists lists;
      lists.first = begin;
      for (const auto& list : found) {
        for (const auto& [squared, row] : list) {
          lists.index.push_back(row);
          lists.squared.push_back(squared);
        }
        lists.start.push_back(static_cast<Index>(lists.index.size()));
      }
      visit(lists);
    }
  }

 private:
  Matrix reference_;
};

NeighborIndex::NeighborIndex(Matrix reference, const Threads& threads)
    : engine_(std::make_unique<Engine>(std::move(reference), threads)) {}
NeighborIndex::~NeighborIndex() = default;
NeighborIndex::NeighborIndex(NeighborIndex&&) noexcept = default;
NeighborIndex& NeighborIndex::operator=(NeighborIndex&&) noexcept = default;

Index NeighborIndex::rows() const { return engine_->reference().rows(); }
Index NeighborIndex::dims() const { return engine_->reference().cols(); }
const Matrix& NeighborIndex::reference() const { return engine_->reference(); }

NeighborLists NeighborIndex::nearest(const MatrixRef& queries, Index k, const Threads& threads) const {
  engine_->check_queries(queries, threads);
  return engine_->nearest(queries, false, k, threads);
}

NeighborLists NeighborIndex::nearest_other(Index k, const Threads& threads) const {
  return engine_->nearest(engine_->reference(), true, k, threads);
}

void NeighborIndex::within(const MatrixRef& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
                           const UnlikeOnly& unlike, const Threads& threads) const {
  engine_->check_queries(queries, threads);
  engine_->within(queries, false, squared_radius, visit, unlike, threads);
}

void NeighborIndex::within_other(std::span<const double> squared_radius, const RangeVisitor& visit,
                                 std::span<const int> labels, const Threads& threads) const {
  engine_->within(engine_->reference(), true, squared_radius, visit, {labels, labels}, threads);
}

}  // namespace maha
