#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plot/picture.hpp"

namespace maha::plot {

/// Level bars for features, one below the other: of each feature a bar from 0 for each group, and a line at 0 if some
/// are below.
class FeatureBars {
 public:
  FeatureBars(std::vector<std::string> features, std::size_t groups)
      : features_(std::move(features)), groups_(static_cast<double>(groups)) {}

  /// The bars of the next group; the style and the name of its series.
  void add(const Vector& values, Index style = 0, const std::string& name = "", const std::string& figures = "");

  /// A picture of them, its height by their number.
  Picture picture(const std::string& title, const std::string& x_label) const;

 private:
  std::vector<std::string> features_;
  double groups_;
  std::vector<Series> series_;
  bool below_ = false;  // 0
};

}  // namespace maha::plot
