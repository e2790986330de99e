#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha::eval {

/// How a classifier's answers compare with the truth: how many rows of class t were predicted to be of class p. The
/// classes are those of training and test rows together. Memory: O(rows + classes), not their square.
class Confusion {
 public:
  /// Class ids in [0, classes), one for each row. Throws InputError otherwise, or if the sizes differ.
  Confusion(const Labels& truth, const Labels& predicted, int classes);

  /// Of the rows of class t, how many were predicted to be of each class.
  std::vector<Index> counts(int t) const;

  int classes() const { return static_cast<int>(of_class_.size()); }
  Index rows() const { return rows_; }
  Index errors() const { return rows_ - right_in_all_; }

  /// The share of all rows that were classified correctly or wrongly; nothing if there are no rows.
  std::optional<double> accuracy() const { return share(rows() - errors(), rows()); }
  std::optional<double> error() const { return share(errors(), rows()); }

  Index rows(int c) const { return of(c).rows; }

  /// Of the rows of class c, the share predicted to be; nothing if there are no such rows.
  std::optional<double> recall(int c) const { return share(of(c).right, of(c).rows); }
  /// Of the rows predicted to be of class c, the share that are; nothing if there are none.
  std::optional<double> precision(int c) const { return share(of(c).right, of(c).predicted); }

 private:
  /// Rows of a class, rows predicted to be of it, and rows that are both.
  struct Tally {
    Index rows = 0, predicted = 0, right = 0;
  };
  const Tally& of(int c) const { return of_class_[static_cast<std::size_t>(c)]; }
  static std::optional<double> share(Index part, Index whole);

  std::vector<std::pair<int, int>> answers_;  // true and predicted class of each row, sorted
  std::vector<Tally> of_class_;
  Index rows_ = 0, right_in_all_ = 0;
};

/// The classes of `test` that no row of `train` has, ascending: all their rows will be errors. Ids in [0, classes).
std::vector<int> unseen_classes(const Labels& train, const Labels& test, int classes);

}  // namespace maha::eval
