#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Points of one colour, mark and name.
struct Series {
  enum class Form {
    marks,          ///< rows x, y
    line,           ///< rows x, y; one that is not a number interrupts it
    line_of_marks,  ///< the same, marks included
    ranges,         ///< rows x, y, low, high: a mark, and a bar from x = low to high
    bars,           ///< rows from, to, height
  };
  static constexpr Index kReference = -1;  ///< the style of what others are held against: thin, grey, dashed

  Form form = Form::marks;
  std::string name{};  ///< in the key, once for all series of that name; empty: not there
  Index style = 0;     ///< from 0: equal styles look equal, 49 in a row differ
  Matrix rows{};
  bool dashed = false;
  std::string letter{};  ///< one character that is the mark; empty: a shape
};

struct Axis {
  std::string label{};
  bool log = false;                                  ///< values <= 0 are not shown
  std::optional<std::pair<double, double>> range{};  ///< without one, what the rows need
  std::vector<std::string> names{};                  ///< at 1, 2, ..., in the place of numbers
};

struct Panel {
  std::string title{};
  Axis x{}, y{};
  std::vector<Series> series{};
};

/// A picture as data: panels in rows of `columns`, one key on the right for all of them.
struct Picture {
  std::string title{};
  std::vector<Panel> panels{};
  Index columns = 1;
  double panel_width = 330, panel_height = 280;  ///< in units of 1/96 inch, without what stands around them
};

/// The picture's size in units of 1/96 inch.
struct PictureSize {
  double width = 0, height = 0;
};

/// The size it has with panels as large as they wish to be.
PictureSize natural_size(const Picture& picture);

enum class PictureFormat { svg, png, pdf };

/// A gnuplot script, data included, that writes the picture to standard output; needs gnuplot 5.2. All text of the
/// picture is shown as it is: no character in it means anything to gnuplot. Throws UsageError if the size leaves no
/// room for the panels.
std::string gnuplot_script(const Picture& picture, const PictureSize& size, PictureFormat format);

}  // namespace maha
