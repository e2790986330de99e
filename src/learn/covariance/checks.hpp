#pragma once

#include <map>

#include "core/types.hpp"
#include "learn/covariance/options.hpp"

namespace maha::learn::covariance {

/// n, or of an unbiased covariance n - 1, within classes n - classes. Throws InputError if that is not positive.
double divisor(const CovarianceOptions& options, Index rows, Index groups);

/// Numbers for classes, in the order in which they first appear: in a part of a data set they come in any order, and
/// some may be missing.
class ClassNumbers {
 public:
  /// The numbers of n rows' classes. Throws InputError unless there are n.
  Labels of(const Labels& y, Index n);

 private:
  std::map<int, int> place_;  // of each class
};

}  // namespace maha::learn::covariance
