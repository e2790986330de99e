/// Range search: a query's limit is its squared radius throughout.

#include <string>

#include "core/error.hpp"
#include "neighbors/engine.hpp"
#include "neighbors/scan/selection.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kRangeQueriesAtOnce = 8192;  // searched together, or half as many
constexpr Index kMostFound = 1 << 22;        // until no more pairs than this are found: 64 MB

void require_size(std::size_t size, Index wanted, const char* what) {
  if (static_cast<Index>(size) != wanted) {
    throw InputError(std::string("one ") + what + " for each row is wanted: " + std::to_string(wanted) + ", not " +
                     std::to_string(size));
  }
}

/// The class of each block's rows, -1 if a block holds several; empty if classes do not matter.
std::vector<int> classes_of_blocks(const PreparedRows* prepared, std::span<const int> labels) {
  std::vector<int> classes;
  if (!prepared || labels.empty()) return classes;
  for (const Block& block : prepared->blocks.all()) {
    const auto label = [&](Index id) { return labels[static_cast<std::size_t>(id)]; };
    const int first = label(block.ids.front());
    const bool pure = std::all_of(block.ids.begin(), block.ids.end(), [&](Index id) { return label(id) == first; });
    classes.push_back(pure ? first : -1);
  }
  return classes;
}

/// Searches for the queries [begin, end), or gives up if there is too much to find.
class RangeBlock {
 public:
  RangeBlock(const Queries& queries, std::span<const double> radius, const UnlikeOnly& unlike,
             std::span<const int> classes_of_block, Index begin, Index end)
      : queries_(queries),
        radius_(radius),
        unlike_(unlike),
        classes_of_block_(classes_of_block),
        begin_(begin),
        end_(end),
        found_(static_cast<std::size_t>(end - begin)) {}

  /// False if there was more than kMostFound, for more than one query. Of several ranks, each searches for some of the
  /// queries, and all get what all have found.
  bool search(const Threads& threads) {
    queries_.for_tiles(begin_, end_, threads, [&](const QueryTile& tile, Index first, const auto& scan) {
      Sink sink{*this, tile, first};
      scan(sink);
      for (Index q = 0; q < tile.size(); ++q) {
        auto& list = found_[static_cast<std::size_t>(sink.number(q) - begin_)];
        std::sort(list.begin(), list.end());
      }
    });
    if (queries_.ranks->is_alone()) return !too_much();
    count_ = queries_.ranks->sum(count_);
    if (too_much()) return false;
    exchange(own(), *queries_.ranks, [this](const Answered& answers) { take(answers); });
    return true;
  }

  RangeLists lists() {
    RangeLists lists;
    lists.first = begin_;
    for (const auto& list : found_) {
      for (const auto& [squared, id] : list) {
        lists.index.push_back(id);
        lists.squared.push_back(squared);
      }
      lists.start.push_back(static_cast<Index>(lists.index.size()));
    }
    return lists;
  }

 private:
  struct Sink {
    RangeBlock& block;
    const QueryTile& tile;
    Index first;

    Index number(Index q) const { return first + tile.position(q); }
    double limit(Index q) const { return block.too_much() ? -1.0 : block.radius_[static_cast<std::size_t>(number(q))]; }
    bool admits(Index q, Index id) const {
      const Index query = number(q);
      return !block.queries_.same_row(query, id) &&
             (block.unlike_.queries.empty() || block.unlike_.queries[static_cast<std::size_t>(query)] !=
                                                   block.unlike_.reference[static_cast<std::size_t>(id)]);
    }
    bool admits_all() const { return !block.queries_.leave_one_out && block.unlike_.queries.empty(); }
    bool admits_block(Index q, Index b) const {
      return block.classes_of_block_.empty() || block.unlike_.queries[static_cast<std::size_t>(number(q))] !=
                                                    block.classes_of_block_[static_cast<std::size_t>(b)];
    }
    void offer(Index q, Index id, double squared) {
      if (!(squared <= limit(q))) return;
      block.found_[static_cast<std::size_t>(number(q) - block.begin_)].emplace_back(squared, id);
      ++block.count_;
    }
    Index seeds() const { return 0; }
  };

  Answered own() const {
    Answered answers;
    for (std::size_t q = 0; q < found_.size(); ++q) {
      if (found_[q].empty()) continue;
      for (const auto& [squared, id] : found_[q]) {
        answers.index.push_back(id);
        answers.squared.push_back(squared);
      }
      answers.end_query(static_cast<Index>(q), std::ssize(found_[q]));
    }
    return answers;
  }

  void take(const Answered& answers) {
    std::size_t s = 0;
    for (std::size_t i = 0; i < answers.query.size(); ++i) {
      auto& list = found_[static_cast<std::size_t>(answers.query[i])];
      for (const std::size_t end = s + static_cast<std::size_t>(answers.rows[i]); s < end; ++s) {
        list.emplace_back(answers.squared[s], answers.index[s]);
      }
    }
  }

  bool too_much() const { return count_ > kMostFound && end_ - begin_ > 1; }

  const Queries& queries_;
  std::span<const double> radius_;
  const UnlikeOnly& unlike_;
  std::span<const int> classes_of_block_;
  Index begin_, end_;
  std::vector<std::vector<Candidate>> found_;
  std::atomic<Index> count_{0};
};

}  // namespace

void search_within(const Queries& queries, std::span<const double> squared_radius, const RangeVisitor& visit,
                   const UnlikeOnly& unlike, const Threads& threads) {
  const Index m = queries.rows.rows();
  require_size(squared_radius.size(), m, "squared radius");
  if (!unlike.queries.empty() || !unlike.reference.empty()) {
    require_size(unlike.queries.size(), m, "class of the queries");
    require_size(unlike.reference.size(), queries.reference.rows(), "class of the reference rows");
  }
  const std::vector<int> classes_of_block = classes_of_blocks(queries.prepared, unlike.reference);
  Index step = kRangeQueriesAtOnce;
  for (Index begin = 0; begin < m;) {
    const Index end = std::min(m, begin + step);
    RangeBlock block(queries, squared_radius, unlike, classes_of_block, begin, end);
    if (!block.search(threads)) {
      step = std::max<Index>(1, (end - begin) / 2);
      continue;
    }
    RangeLists found = block.lists();
    mend_within(queries, found);
    visit(found);
    begin = end;
    step = std::min(kRangeQueriesAtOnce, 2 * step);
  }
}

}  // namespace maha::neighbors
