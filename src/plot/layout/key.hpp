#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/layout/tics.hpp"

namespace maha::plot {

/// A line of text on the page.
struct PlacedText {
  enum class Align { left, middle, right };
  std::string text;
  double x = 0, y = 0;  ///< of the point that it is aligned with, half its height up
  Align align = Align::middle;
  bool upright = false;  ///< turned by 90 degrees
};

struct Box {
  double left = 0, right = 0, top = 0, bottom = 0;
};

/// The key of a picture: its series, each name once with its figures, and its gradient. Places are relative to the
/// key's corner, in units of 1/96 inch.
struct Key {
  struct Entry {
    const Series* series;
    double left, middle;  ///< of the sample, which is kSample font sizes wide
  };
  static constexpr double kSample = 2;

  PictureSize size{};  ///< 0 of an empty key
  std::vector<Entry> entries{};
  std::vector<PlacedText> texts{};
  std::optional<Box> gradient{};
};

/// Beside the panels: an entry a line, in several columns if the key would be higher than `height`.
Key key_beside(const Picture& picture, double font, double height);

/// Below the panels: as many entries side by side as there is room for; names may take several lines.
Key key_below(const Picture& picture, double font, double width);

}  // namespace maha::plot
