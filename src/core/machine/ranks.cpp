#include "core/machine/ranks.hpp"

#include <algorithm>
#include <cassert>

namespace maha {
namespace {

/// There is nobody to send to.
class Alone final : public Ranks {
 public:
  Alone() : Ranks(0, 1) {}

 private:
  void pass_to_all(void*, std::size_t, int) const override {}
  void pass_to(const void*, std::size_t, int) const override { assert(false); }
  void take_from(void*, std::size_t, int) const override { assert(false); }
};

}  // namespace

const Ranks& alone() {
  static const Alone one;
  return one;
}

void Ranks::broadcast(std::string& text, int from) const {
  auto size = static_cast<Index>(text.size());
  broadcast(&size, 1, from);
  text.resize(static_cast<std::size_t>(size));
  broadcast(text.data(), size, from);
}

Index Ranks::joined(Index own, const std::function<Index(Index, Index)>& join) const {
  gather([&](int to) { send(&own, 1, to); },
         [&](int from) {
           Index other = 0;
           receive(&other, 1, from);
           own = join(own, other);
         });
  broadcast(&own, 1, 0);
  return own;
}

Index Ranks::largest(Index own) const {
  return joined(own, [](Index a, Index b) { return std::max(a, b); });
}

Index Ranks::sum(Index own) const { return joined(own, std::plus<Index>()); }

int Ranks::unlike_first(std::uint64_t own) const {
  std::uint64_t first = own;
  broadcast(&first, 1, 0);
  return static_cast<int>(largest(own == first ? 0 : rank_));
}

std::size_t Ranks::sent_by_all() const {
  auto all = static_cast<Index>(sent_);
  gather([&](int to) { pass_to(&all, sizeof all, to); },
         [&](int from) {
           Index other = 0;
           take_from(&other, sizeof other, from);
           all += other;
         });
  return static_cast<std::size_t>(all);
}

void Ranks::gather(const std::function<void(int)>& give, const std::function<void(int)>& take) const {
  for (int step = 1; step < count_; step *= 2) {
    if (rank_ % (2 * step) != 0) return give(rank_ - step);
    if (rank_ + step < count_) take(rank_ + step);
  }
}

Index Deal::own(Index n) const {
  const Index round = kTogether * count_;
  return n / round * kTogether + std::clamp<Index>(n % round - rank_ * kTogether, 0, kTogether);
}

void Deal::keep_own(Matrix& X, Index first) const {
  Index kept = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    if (!is_own(first + i)) continue;
    if (kept != i) X.row(kept) = X.row(i);
    ++kept;
  }
  X.conservativeResize(kept, Eigen::NoChange);
}

}  // namespace maha
