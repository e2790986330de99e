#pragma once
/// Several processes that work on one task, each on rows of its own. What they have to say to each other goes through
/// Ranks; the library knows no other way between processes, and none of MPI.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>

#include "core/types.hpp"

namespace maha {

/// The processes of a task, counted from 0. Calls are collective or come in pairs: a process waits in each until the
/// others it is about have come there too. They are made by one thread of a process at a time.
class Ranks {
 public:
  Ranks(int rank, int count) : rank_(rank), count_(count) {}
  virtual ~Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int rank() const { return rank_; }
  int count() const { return count_; }
  bool is_alone() const { return count_ == 1; }
  /// Whether this is the process that writes and speaks.
  bool is_first() const { return rank_ == 0; }

  /// What `from` has in `values` comes to all; the others have as many.
  template <class T>
  void broadcast(T* values, Index count, int from) const {
    static_assert(std::is_trivially_copyable_v<T>);
    if (is_alone()) return;  // and fits side by side are all alone with the same
    if (rank_ == from) sent_ += bytes_of<T>(count) * static_cast<std::size_t>(count_ - 1);
    pass_to_all(values, bytes_of<T>(count), from);
  }

  /// The same of a text of any length.
  void broadcast(std::string& text, int from) const;

  /// The values of this process go to `to`, which asks to receive as many from here.
  template <class T>
  void send(const T* values, Index count, int to) const {
    static_assert(std::is_trivially_copyable_v<T>);
    sent_ += bytes_of<T>(count);
    pass_to(values, bytes_of<T>(count), to);
  }
  template <class T>
  void receive(T* values, Index count, int from) const {
    static_assert(std::is_trivially_copyable_v<T>);
    take_from(values, bytes_of<T>(count), from);
  }

  /// The largest of a number of each process, or their sum, on all.
  Index largest(Index own) const;
  Index sum(Index own) const;

  /// A rank that has another value than the first, and 0 if there is none; on all.
  int unlike_first(std::uint64_t own) const;

  /// Brings the parts of all processes to the first: `give(to)` sends what this one has, and `take(from)` receives what
  /// another has and joins it to that. They are joined two and two, in a tree over the ranks, in the order of the ranks.
  void gather(const std::function<void(int to)>& give, const std::function<void(int from)>& take) const;

  /// Bytes that this process has sent; and on the first one, of all who ask, what all have sent.
  std::size_t sent() const { return sent_; }
  std::size_t sent_by_all() const;

 protected:
  virtual void pass_to_all(void* bytes, std::size_t size, int from) const = 0;
  virtual void pass_to(const void* bytes, std::size_t size, int to) const = 0;
  virtual void take_from(void* bytes, std::size_t size, int from) const = 0;

 private:
  Index joined(Index own, const std::function<Index(Index, Index)>& join) const;

  template <class T>
  static std::size_t bytes_of(Index count) {
    return static_cast<std::size_t>(count) * sizeof(T);
  }

  int rank_, count_;
  mutable std::size_t sent_ = 0;
};

/// A process that works by itself.
const Ranks& alone();

/// How rows are dealt out over ranks: kTogether after each other to a rank, then as many to the next, and round again.
/// So the rows of a rank are known before it is known how many there are.
class Deal {
 public:
  static constexpr Index kTogether = 64;

  explicit Deal(const Ranks& ranks) : Deal(ranks.rank(), ranks.count()) {}
  Deal(int rank, int count) : rank_(rank), count_(count) {}

  bool is_own(Index row) const { return row / kTogether % count_ == rank_; }

  /// How many of the rows [0, n) are this rank's.
  Index own(Index n) const;

  /// The number among all rows of the own row i.
  Index number(Index i) const { return (i / kTogether * count_ + rank_) * kTogether + i % kTogether; }

  /// Leaves of X, rows whose first is `first` among all, those of this rank.
  void keep_own(Matrix& X, Index first) const;

 private:
  Index rank_, count_;
};

}  // namespace maha
