#pragma once

#include <string>
#include <vector>

#include "plot/picture.hpp"

namespace maha::plot {

enum class Direction { x, y };

/// The columns of a series' rows that lie along an axis.
std::vector<Index> columns_along(Series::Form form, Direction direction);

/// gnuplot treats numbers beyond half the largest double as undefined. A log axis ends here, and larger values are
/// drawn at its edge, which moves them by less than the width of a mark.
inline constexpr double kTopOfLogAxis = 8e307;

struct Tic {
  double at = 0;
  std::string text;
};

/// An axis as it is drawn: from `low` at the left or lower end to `high`, which is less if it runs the other way.
struct Scale {
  double low = 0, high = 1;
  bool log = false;
  std::vector<Tic> tics{};

  /// Where a value lies, as a part of the axis' length from its left or lower end.
  double part(double value) const;
};

/// How much room the texts at an axis have.
struct TicRoom {
  double length = 0;   ///< of the axis
  double size = 12;    ///< of the font
  double name = 1e9;   ///< what a name at y may be wide; of a longer one the middle is left out
  bool whole = false;  ///< whole numbers only
};

/// The scales of a panel's axes. Numbers stand at multiples of 1, 2 or 5 times a power of ten. A log axis has a tic at
/// each power of ten, or at 1, 2 and 5 times those if there are few. There are as many tics as can stand side by side.
/// Names on y read from top to bottom; if they do not all fit, every second one is shown, or every third ...
struct PanelScales {
  Scale x, y;
};
PanelScales panel_scales(const Panel& panel, const TicRoom& x, const TicRoom& y);

/// The names on the right of a panel.
std::vector<Tic> right_names(const Panel& panel, const TicRoom& room);

/// Numbers from low to high, as many as can stand side by side.
std::vector<Tic> linear_tics(double low, double high, Direction direction, const TicRoom& room);

}  // namespace maha::plot
