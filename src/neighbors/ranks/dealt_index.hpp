#pragma once

#include <optional>

#include "core/machine/ranks.hpp"
#include "neighbors/index.hpp"
#include "neighbors/ranks/found_lists.hpp"

namespace maha::neighbors {

/// A search among rows that are dealt out over ranks (Deal): each rank answers every query for the rows that it has, and
/// the answers are merged. It finds what NeighborIndex finds among all rows, to the bit, on any number of ranks; alone it
/// is that. All ranks make the same calls; what is found comes to the first of them.
///
/// Memory of a rank: the NeighborIndex of its own rows, and for some thousand queries at a time their coordinates and
/// what is found for them. Sent, for m queries of d coordinates: nothing where every rank has them, 8 m d (ranks - 1)
/// bytes where they are the dealt rows; and (24 k + 8) m (ranks - 1) for the k nearest, or 24 for every row within a radius
/// beyond those that the first rank has.
class DealtIndex {
 public:
  /// `own`: this rank's of `rows` rows. Throws as NeighborIndex does, and InputError unless own are as many as dealt.
  DealtIndex(SharedRows own, Index rows, const Ranks& ranks, const Threads& threads = Threads());

  Index rows() const { return rows_; }

  /// The rows of this rank; all of them where it is alone. nullptr if it has none.
  const NeighborIndex* own() const { return own_ ? &*own_ : nullptr; }

  /// As those of NeighborIndex. The queries are the same on all ranks; on all but the first the result is empty, or the
  /// visitor not called.
  NeighborLists nearest(const MatrixRef& queries, Index k, const Threads& threads = Threads()) const;
  NeighborLists nearest_other(Index k, const Threads& threads = Threads()) const;
  void within_radius(const MatrixRef& queries, const Radius& radius, const RangeVisitor& visit,
                     const Threads& threads = Threads()) const;
  void within_radius_of_others(const Radius& radius, const RangeVisitor& visit,
                               const Threads& threads = Threads()) const;

 private:
  /// Some queries; if they are dealt rows, the number of the first of them among all.
  struct Asked {
    MatrixRef rows;
    std::optional<Index> first_row;
  };

  template <class Answer>
  auto ask(const MatrixRef* queries, Index begin, Index end, Answer&& answer) const;
  Matrix rows_of_all(Index begin, Index end) const;
  FoundLists nearest_own(const Asked& asked, Index k, const Threads& threads) const;
  std::optional<FoundLists> within_own(const Asked& asked, const Radius& radius, const Threads& threads) const;
  void take(const Asked& asked, const RangeLists& found, Index most, FoundLists& lists) const;
  NeighborLists search_nearest(const MatrixRef* queries, Index k, const Threads& threads) const;
  void search_within(const MatrixRef* queries, const Radius& radius, const RangeVisitor& visit,
                     const Threads& threads) const;

  const Ranks& ranks_;
  Deal deal_;
  Index rows_;
  Index dims_;
  std::optional<NeighborIndex> own_;
};

}  // namespace maha::neighbors
