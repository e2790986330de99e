#include "neighbors/shared_queries.hpp"

namespace maha::neighbors {
namespace {

template <class T>
void broadcast(std::vector<T>& values, Index size, int from, const Ranks& ranks) {
  values.resize(static_cast<std::size_t>(size));
  ranks.broadcast(values.data(), size, from);
}

}  // namespace

void keep_share(std::vector<Index>& queries, Index together, const Ranks& ranks) {
  ranks.broadcast(&together, 1, 0);
  ranks.broadcast(queries.data(), std::ssize(queries), 0);
  std::size_t kept = 0;
  for (Index i = 0; i < std::ssize(queries); ++i) {
    if (i / together % ranks.count() == ranks.rank()) queries[kept++] = queries[static_cast<std::size_t>(i)];
  }
  queries.resize(kept);
}

void exchange(Answered own, const Ranks& ranks, const std::function<void(const Answered&)>& take) {
  for (int from = 0; from < ranks.count(); ++from) {
    Answered answers = from == ranks.rank() ? std::move(own) : Answered{};
    Index sizes[] = {std::ssize(answers.query), std::ssize(answers.index)};
    ranks.broadcast(sizes, 2, from);
    broadcast(answers.query, sizes[0], from, ranks);
    broadcast(answers.rows, sizes[0], from, ranks);
    broadcast(answers.index, sizes[1], from, ranks);
    broadcast(answers.squared, sizes[1], from, ranks);
    if (from != ranks.rank()) take(answers);
  }
}

}  // namespace maha::neighbors
