#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha::plot {

/// Points of one colour, mark and name.
struct Series {
  enum class Form {
    marks,          ///< rows x, y
    line,           ///< rows x, y; NaN interrupts it
    line_of_marks,  ///< the same, marks included
    ranges,         ///< rows x, y, low, high: a mark, and a bar from x = low to high
    bars,           ///< rows from, to, height
  };
  static constexpr Index kReference = -1;  ///< the style of a reference for the others: thin, grey, dashed

  Form form = Form::marks;
  std::string name{};  ///< in the key, once for all series of that name; empty: not in the key
  Index style = 0;     ///< from 0: equal styles look equal, 49 successive ones differ
  Matrix rows{};
  bool dashed = false;
  std::string letter{};  ///< one character used as the mark; empty: a shape
};

struct Axis {
  std::string label{};
  bool log = false;                                  ///< log scale; values <= 0 are not shown
  std::optional<std::pair<double, double>> range{};  ///< if absent, what the rows need
  std::vector<std::string> names{};                  ///< at 1, 2, ..., instead of numbers
};

struct Panel {
  std::string title{};
  Axis x{}, y{};
  std::vector<Series> series{};
};

/// A picture as data: panels in rows of `columns`, with one key for all of them on the right.
struct Picture {
  std::string title{};
  std::vector<Panel> panels{};
  Index columns = 1;
  double panel_width = 330, panel_height = 280;  ///< in units of 1/96 inch, without the texts around them
};

/// The picture's size in units of 1/96 inch.
struct PictureSize {
  double width = 0, height = 0;
};

/// The size of a picture whose panels have their preferred size.
PictureSize natural_size(const Picture& picture);

enum class PictureFormat { svg, png, pdf };

/// A gnuplot script, data included, that writes the picture to standard output; needs gnuplot 5.2. Text is shown
/// verbatim: no character in it has a special meaning to gnuplot. Throws UsageError if the size leaves no room for the
/// panels.
std::string gnuplot_script(const Picture& picture, const PictureSize& size, PictureFormat format);

}  // namespace maha::plot
