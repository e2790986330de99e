#pragma once

#include <vector>

#include "plot/layout/key.hpp"
#include "plot/layout/tics.hpp"
#include "plot/picture.hpp"

namespace maha::plot {

/// The positions of the parts of a picture, in units of 1/96 inch from the upper left corner. In a narrow picture the
/// font is smaller, panels stand one below the other, and the key below them. Throws UsageError if the size leaves no
/// room for the panels, with one that does.
class Layout {
 public:
  struct PlacedPanel {
    Box box{};  ///< of the axes
    Scale x{}, y{};
    std::vector<Tic> right{};
    std::vector<PlacedText> texts{};  ///< title and labels
  };

  Layout(const Picture& picture, const WantedSize& wanted);

  const PictureSize& size() const { return size_; }
  double font() const { return font_; }
  const std::vector<PlacedText>& title() const { return title_; }
  const std::vector<PlacedPanel>& panels() const { return panels_; }
  const Key& key() const { return key_; }
  double key_left() const { return key_left_; }
  double key_top() const { return key_top_; }

 private:
  PictureSize size_;
  double font_ = 0, key_left_ = 0, key_top_ = 0;
  std::vector<PlacedText> title_;
  std::vector<PlacedPanel> panels_;
  Key key_;
};

}  // namespace maha::plot
