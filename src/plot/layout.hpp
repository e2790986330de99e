#pragma once

#include <vector>

#include "plot/picture.hpp"

namespace maha::plot {

/// The positions of the parts of a picture, in units of 1/96 inch from the upper left corner.
class Layout {
 public:
  struct Box {
    double left, right, top, bottom;
  };

  explicit Layout(const Picture& picture);

  /// The size with panels of this size; the size of panels that fills the picture.
  PictureSize picture_size(const PictureSize& panel) const;
  PictureSize panel_size(const PictureSize& picture) const;

  /// The axes of panel p, counted from 0.
  Box panel(Index p, const PictureSize& panel) const;

  /// The distances from the axes to the middle of a title and of the axes' labels.
  static constexpr double kTitleDistance = 16, kBelowDistance = 41, kBesideDistance = 60;

  /// The left edge of the key.
  double key_left(double width) const { return width - key_width_; }

  /// The series in the key, each name once.
  const std::vector<const Series*>& key() const { return key_; }

 private:
  std::vector<const Series*> key_;
  Index columns_, rows_;
  double title_ = 0, above_ = 0, beside_ = 0, key_width_ = 0;
};

}  // namespace maha::plot
