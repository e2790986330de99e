#include "learn/covariance/checks.hpp"

#include <string>

#include "core/error.hpp"

namespace maha::learn::covariance {

double divisor(const CovarianceOptions& options, Index rows, Index groups) {
  if (!options.unbiased) return static_cast<double>(rows);
  if (rows <= groups) {
    throw InputError("the unbiased covariance divides by " + std::to_string(rows) + " rows - " +
                     std::to_string(groups) + (options.within ? " classes" : ""));
  }
  return static_cast<double>(rows - groups);
}

Labels ClassNumbers::of(const Labels& y, Index n) {
  if (static_cast<Index>(y.size()) != n) throw InputError("within classes, but rows have no class");
  Labels numbers;
  numbers.reserve(y.size());
  for (const int c : y) numbers.push_back(place_.try_emplace(c, static_cast<int>(place_.size())).first->second);
  return numbers;
}

}  // namespace maha::learn::covariance
