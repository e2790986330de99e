#pragma once

#include <optional>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// How a classifier's answers compare with the truth: counts(t, p) rows of class t were said to be of class p.
/// Its classes are all that training and test rows have, so that one seen in only one of the two has its place.
class Confusion {
 public:
  using Counts = Eigen::Matrix<Index, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  /// Class ids in [0, classes), a row each. Throws InputError otherwise, or if the sizes differ.
  Confusion(const Labels& truth, const Labels& predicted, int classes);

  const Counts& counts() const { return counts_; }
  int classes() const { return static_cast<int>(counts_.rows()); }
  Index rows() const { return counts_.sum(); }
  Index errors() const { return rows() - counts_.trace(); }

  /// The share of all rows that were answered rightly or wrongly; nothing if there are no rows.
  std::optional<double> accuracy() const { return share(rows() - errors(), rows()); }
  std::optional<double> error() const { return share(errors(), rows()); }

  Index rows(int c) const { return counts_.row(c).sum(); }
  Index predicted(int c) const { return counts_.col(c).sum(); }

  /// Of the rows of class c, the share that was said to be; nothing if there are no such rows.
  std::optional<double> recall(int c) const { return share(counts_(c, c), rows(c)); }
  /// Of the rows said to be of class c, the share that is; nothing if none was.
  std::optional<double> precision(int c) const { return share(counts_(c, c), predicted(c)); }

 private:
  static std::optional<double> share(Index part, Index whole);

  Counts counts_;
};

/// The classes of `test` that no row of `train` has, ascending: every row of theirs is an error. Ids in [0, classes).
std::vector<int> unseen_classes(const Labels& train, const Labels& test, int classes);

}  // namespace maha
