#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/machine/ranks.hpp"
#include "core/machine/tile_share.hpp"

namespace maha {

/// A sum over leaves 0, 1, ... by one binary tree, whoever adds which of them: at each level neighbours are added two
/// and two, and one that is left over goes up as it is. Value: a matrix or vector, of one size for all leaves.
template <class Value>
class TreeSum {
 public:
  /// Sums up leaves from this one on.
  explicit TreeSum(Index first) : next_(first) {}

  void add(Value leaf) { put({next_, 0, std::move(leaf)}); }

  /// Joins the nodes of the leaves behind, which `from` has sent by send(). `shape`: the size of a value.
  void receive(int from, const Value& shape, const Ranks& ranks) {
    Index count = 0;
    ranks.receive(&count, 1, from);
    for (; count > 0; --count) {
      Node node{0, 0, shape};
      ranks.receive(&node.first, 1, from);
      ranks.receive(&node.level, 1, from);
      ranks.receive(node.sum.data(), node.sum.size(), from);
      put(std::move(node));
    }
  }
  void send(int to, const Ranks& ranks) const {
    const Index count = std::ssize(nodes_);
    ranks.send(&count, 1, to);
    for (const Node& node : nodes_) {
      ranks.send(&node.first, 1, to);
      ranks.send(&node.level, 1, to);
      ranks.send(node.sum.data(), node.sum.size(), to);
    }
  }

  /// The sum of all leaves, of which there is one at least, the first of them 0.
  Value total() && {
    while (nodes_.size() > 1) join_last();
    return std::move(nodes_.front().sum);
  }

 private:
  /// The sum of the leaves first, ..., first + 2^level - 1, or of those of them that there are.
  struct Node {
    Index first, level;
    Value sum;
  };

  void join_last() {
    Node& left = nodes_[nodes_.size() - 2];
    left.sum += nodes_.back().sum;
    ++left.level;
    nodes_.pop_back();
  }

  void put(Node node) {
    next_ = node.first + (Index{1} << node.level);
    nodes_.push_back(std::move(node));
    while (nodes_.size() > 1) {
      const Node &left = nodes_[nodes_.size() - 2], &right = nodes_.back();
      if (left.level != right.level || (left.first >> left.level) % 2 != 0) break;
      join_last();
    }
  }

  Index next_;
  std::vector<Node> nodes_;
};

/// The sum of part(begin, end) over the tiles of [0, n), by the tree of TreeSum: the same bits on any number of threads and
/// ranks. Each rank works out the parts of its TileShare, Threads::kWave at a time, before each of which it asks
/// `go_on()`, all as often; where that is false on all, nothing is returned. All ranks get the sum. `zero`: the sum over nothing, of the
/// size of a part. Sent: no more than 2 log2(tiles) parts a rank, and the sum.
template <class Value, class Part, class GoOn>
std::optional<Value> tree_sum(Index n, Index tile, const Threads& threads, const Ranks& ranks, const Value& zero,
                              Part&& part, GoOn&& go_on) {
  const TileShare share(n, tile, ranks);
  TreeSum<Value> sum(share.first_tile());
  for (Index done = 0; done < share.most_tiles(); done += Threads::kWave) {
    if (!go_on()) return std::nullopt;
    const Index first = share.first_tile() + done, end = std::min(share.end_tile(), first + Threads::kWave);
    threads.for_parts(n, tile, first, end, part, [&sum](Value leaf) { sum.add(std::move(leaf)); });
  }
  ranks.gather([&](int to) { sum.send(to, ranks); }, [&](int from) { sum.receive(from, zero, ranks); });
  Value total = ranks.is_first() && n > 0 ? std::move(sum).total() : zero;
  ranks.broadcast(total.data(), total.size(), 0);
  return total;
}

}  // namespace maha
