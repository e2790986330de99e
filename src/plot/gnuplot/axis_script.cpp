#include "plot/gnuplot/axis_script.hpp"

#include "core/text/number.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

std::string tic_list(const std::vector<Tic>& tics) {
  std::string list = "(";
  for (const Tic& tic : tics)
    list += (list.size() > 1 ? ", " : "") + quoted_format(tic.text) + " " + format_number(tic.at);
  return list + ")";
}

/// The range of an axis, x, y, x2 or y2.
std::string range_script(const std::string& which, const Scale& scale) {
  return "set " + which + "range [" + format_number(scale.low) + ":" + format_number(scale.high) + "]\n";
}

std::string tics_script(const std::string& which, const std::vector<Tic>& tics, const char* how = "") {
  return tics.empty() ? "unset " + which + "tics\n" : "set " + which + "tics" + how + " " + tic_list(tics) + "\n";
}

std::string scale_script(const std::string& which, const Scale& scale) {
  return std::string(scale.log ? "set" : "unset") + " logscale " + which + "\n" + range_script(which, scale);
}

}  // namespace

std::string axes_script(const Panel& panel, const Layout::PlacedPanel& placed) {
  const int border = (panel.x_above ? 4 : 1) + (panel.y.bare ? 0 : 2);
  std::string text = "set border " + std::to_string(border) + "\n";
  text += panel.y.bare ? "unset grid\n" : "set grid back linetype 1 linecolor rgb '#E8E8E8'\n";
  text += scale_script("x", placed.x) + tics_script(panel.x_above ? "x2" : "x", placed.x.tics);
  if (panel.x_above) text += "unset xtics\n" + range_script("x2", placed.x);
  text += scale_script("y", placed.y) + tics_script("y", placed.y.tics, panel.y.bare ? " scale 0" : "");
  if (!placed.right.empty()) text += range_script("y2", placed.y) + tics_script("y2", placed.right, " scale 0");
  return text;
}

}  // namespace maha::plot
