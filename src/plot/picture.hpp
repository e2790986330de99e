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
    spans,          ///< rows from, to, y: thick lines along x
    boxes,          ///< rows from, to, below, above: rectangles between two places on x and two on y
    band,           ///< rows x, low, high: what lies between two lines, faintly
    shaded_marks,   ///< rows x, y, value: a mark in the value's colour of the picture's gradient
  };
  static constexpr Index kReference = -1;  ///< the style of a reference for the others: thin, grey, dashed

  Form form = Form::marks;
  std::string name{};  ///< in the key, once for all series of that name; empty: not in the key
  Index style = 0;     ///< from 0: equal styles look equal, 49 successive ones differ
  Matrix rows{};
  bool dashed = false;
  std::string letter{};                  ///< one character used as the mark; empty: a shape
  std::string figures{};                 ///< behind the name, which is cut rather than these: ": AUC 0.912"
  std::vector<std::string> row_names{};  ///< what marks say under the pointer where that can be, if anything
};

/// Points as the rows of a series.
template <int Columns>
Matrix rows_from(const std::vector<Eigen::Matrix<double, 1, Columns>>& points) {
  Matrix rows(static_cast<Index>(points.size()), Columns);
  for (std::size_t i = 0; i < points.size(); ++i) rows.row(static_cast<Index>(i)) = points[i];
  return rows;
}

struct Axis {
  std::string label{};
  bool log = false;                                  ///< log scale; values <= 0 are not shown
  std::optional<std::pair<double, double>> range{};  ///< if absent, what the rows need
  bool whole = false;                                ///< counts something: has tics at whole numbers only
  std::vector<std::string> names{};                  ///< at 1, 2, ..., instead of numbers
  std::vector<double> places{};                      ///< of the names, if not 1, 2, ...
  bool bare = false;                                 ///< names, without a line and tics
};

struct Panel {
  std::string title{};
  Axis x{}, y{};
  std::vector<Series> series{};
  Axis right{};          ///< its names stand on the right, at places of y
  bool equal = false;    ///< a unit is as long on x as on y; both ranges are then given, and widened
  bool x_above = false;  ///< x runs along the upper edge; it has no label, the title stands there
};

/// Colours for the numbers from low to high.
struct Gradient {
  std::string label{};
  double low = 0, high = 1;
};

/// A picture as data: panels in rows of up to `columns`, with one key for all of them on the right, or below in a
/// narrow picture.
struct Picture {
  std::string title{};
  std::vector<Panel> panels{};
  Index columns = 1;
  double panel_width = 330, panel_height = 280;  ///< in units of 1/96 inch, without the texts around them
  std::optional<Gradient> gradient{};            ///< in the key
};

/// A size in units of 1/96 inch.
struct PictureSize {
  double width = 0, height = 0;
};

/// What is asked of a picture's size; the rest is what its panels take at their preferred size.
struct WantedSize {
  std::optional<double> width{}, height{};
};

PictureSize picture_size(const Picture& picture, const WantedSize& wanted = {});

enum class PictureFormat { svg, png, pdf };

/// A gnuplot script, data included, that writes the picture to standard output; needs gnuplot 5.2. Text is shown
/// verbatim: no character in it has a special meaning to gnuplot. Texts do not overlap and do not leave the picture:
/// long ones are wrapped, names at an axis are cut, and tics are thinned out. Throws UsageError if the size leaves no
/// room for the panels.
std::string gnuplot_script(const Picture& picture, const WantedSize& wanted, PictureFormat format);

}  // namespace maha::plot
