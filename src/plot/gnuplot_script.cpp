#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "plot/axis_script.hpp"
#include "plot/layout.hpp"
#include "plot/text.hpp"

namespace maha::plot {
namespace {

using Form = Series::Form;

constexpr double kLeast = 40;        // side of a panel
constexpr double kFarthest = 3e307;  // on a linear axis, so that gnuplot can compute the length of a range

// Okabe & Ito, Color universal design, 2008: distinct with any colour vision. Their yellow is too faint on white.
constexpr std::array kColors = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};
constexpr std::array kShapes = {7, 9, 5, 13, 11, 2, 1};  // disc, triangle, square, diamond, triangle, x, +
constexpr const char* kGrey = "#707070";

constexpr const char* kOpening = R"(
set termoption noenhanced
set encoding utf8
set minussign
set format '%h'
set border 3 linecolor rgb '#404040'
set tics nomirror out scale 0.6
set grid back linetype 1 linecolor rgb '#E8E8E8'
set style fill solid 0.4 border
set bars 0.6
unset key
)";

/// A coordinate on the page, to a few decimals.
std::string place(double value) { return format_number(std::round(value * 1e5) / 1e5); }

std::string terminal(const PictureSize& size, PictureFormat format) {
  const auto area = [&](double scale, const char* unit) {
    return " size " + place(size.width * scale) + unit + "," + place(size.height * scale) + unit;
  };
  const std::string white = " background '#FFFFFF'\n";
  switch (format) {
    case PictureFormat::png:  // at twice the resolution of a screen
      return "set terminal pngcairo" + area(2, "") + " font 'sans-serif,9' fontscale 2 linewidth 2 pointscale 2" +
             white;
    case PictureFormat::pdf:
      return "set terminal pdfcairo" + area(1.0 / 96, "in") +
             " font 'sans-serif,9' fontscale 0.75 linewidth 2 dashlength 1.5 pointscale 1" + white;
    case PictureFormat::svg:
      break;
  }
  return "set terminal svg" + area(1, "") + " font 'sans-serif,12'" + white;
}

std::string mark_size(Form form, Index rows) {
  if (form == Form::marks && rows == 1) return "0.9";
  return rows < 150 ? "0.65" : rows < 1500 ? "0.45" : "0.3";
}

/// The style of a series, to follow `with`.
std::string look(const Series& series, const std::string& with, Index rows) {
  const bool reference = series.style == Series::kReference;
  const auto style = static_cast<std::size_t>(std::max<Index>(series.style, 0));
  const int shape = kShapes[(style + style / kColors.size()) % kShapes.size()];
  std::string text = " with " + with + " linecolor rgb '" + (reference ? kGrey : kColors[style % kColors.size()]) + "'";
  if (with == "boxes") return text + " linewidth 0.5";
  text += reference ? " linewidth 1" : " linewidth 1.5";
  if (series.dashed || reference) text += " dashtype (5,3)";
  if (with == "lines") return text;
  return text + " pointtype " + (series.letter.empty() ? std::to_string(shape) : quoted(series.letter)) +
         " pointsize " + mark_size(series.form, rows);
}

struct Drawing {
  const char *columns, *with, *with_in_key;
};

/// How to draw a series; a line with a single point needs a mark to be visible.
Drawing drawing(Form form, Index rows) {
  if (form == Form::line && rows == 1) form = Form::line_of_marks;
  switch (form) {
    case Form::line:
      return {"1:2", "lines", "lines"};
    case Form::line_of_marks:
      return {"1:2", "linespoints", "linespoints"};
    case Form::ranges:
      return {"1:2:3:4", "xerrorbars", "points"};
    case Form::bars:
      return {"(($1+$2)/2):3:($2-$1)", "boxes", "boxes"};
    case Form::marks:
      break;
  }
  return {"1:2", "points", "points"};
}

/// A number in a form that gnuplot can draw.
std::string drawn(double value, bool log) {
  if (!std::isfinite(value) || (log && value <= 0)) return "NaN";
  if (log) return format_number(std::min(value, kTopOfLogAxis));
  if (std::abs(value) > kFarthest) {
    throw InputError("a value of " + format_number(value) + " is too large for a picture: up to " +
                     format_number(kFarthest) + " can be drawn");
  }
  return format_number(value);
}

/// The series' rows as a data block, with NaN, which gnuplot skips, for what cannot be drawn.
std::string data_block(const std::string& name, const Series& series, const Panel& panel) {
  std::string text = name + " << EOD\n";
  for (const auto& row : series.rows.rowwise()) {
    for (Index j = 0; j < row.size(); ++j) {
      const bool log = (series.form == Form::bars ? j == 2 : j == 1) ? panel.y.log : panel.x.log;
      if (j > 0) text += ' ';
      text += drawn(row(j), log);
    }
    text += '\n';
  }
  return text + "EOD\n";
}

std::string margins(const Layout::Box& box, const PictureSize& size) {
  return "set lmargin at screen " + place(box.left / size.width) + "\nset rmargin at screen " +
         place(box.right / size.width) + "\nset tmargin at screen " + place(1 - box.top / size.height) +
         "\nset bmargin at screen " + place(1 - box.bottom / size.height) + "\n";
}

std::string text_at(const std::string& text, double x, double y, const PictureSize& size, const char* how) {
  if (text.empty()) return "";
  return "set label " + quoted(text) + " at screen " + place(x / size.width) + "," + place(1 - y / size.height) + how +
         "\n";
}

/// The texts around the axes. Those of gnuplot itself have distances that differ between terminals, and leave the page
/// if the numbers at the tics are wide.
std::string panel_texts(const Panel& panel, const Layout::Box& box, const PictureSize& size) {
  const double across = (box.left + box.right) / 2, down = (box.top + box.bottom) / 2;
  return text_at(panel.title, across, box.top - Layout::kTitleDistance, size, " center") +
         text_at(panel.x.label, across, box.bottom + Layout::kBelowDistance, size, " center") +
         text_at(panel.y.label, box.left - Layout::kBesideDistance, down, size, " center rotate");
}

/// The data of a panel's series and the commands that draw it; `name` is the prefix of the data's names.
std::string panel_script(const Panel& panel, const std::string& name, const Layout::Box& box, const PictureSize& size) {
  std::string data, plots;
  for (std::size_t s = 0; s < panel.series.size(); ++s) {
    const Series& series = panel.series[s];
    if (series.rows.rows() == 0) continue;
    const std::string block = name + std::to_string(s + 1);
    const auto [columns, with, unused] = drawing(series.form, series.rows.rows());
    data += data_block(block, series, panel);
    plots += (plots.empty() ? "plot " : ", \\\n     ") + block + " using " + columns +
             look(series, with, series.rows.rows());
  }
  return data + margins(box, size) + panel_texts(panel, box, size) + axis_script(panel, Direction::x) +
         axis_script(panel, Direction::y) + (plots.empty() ? "plot NaN" : plots) + "\nunset label\n";
}

/// An empty plot with the key for all panels.
std::string key_script(const std::vector<const Series*>& key, double left, double top) {
  std::string text = "unset logscale\nunset border\nunset tics\n";
  text += "set xrange [0:1]\nset yrange [0:1]\nset key at screen " + place(left) + "," + place(top) +
          " left top Left reverse samplen 1.6 spacing 1.15\n";
  std::string plots;
  for (const Series* series : key) {
    plots += (plots.empty() ? "plot " : ", \\\n     ") +
             ("NaN" + look(*series, drawing(series->form, series->rows.rows()).with_in_key, 100)) + " title " +
             quoted(series->name);
  }
  return text + plots + "\n";
}

}  // namespace

std::string gnuplot_script(const Picture& picture, const PictureSize& size, PictureFormat format) {
  const Layout layout(picture);
  const PictureSize panel = layout.panel_size(size);
  if (panel.width < kLeast || panel.height < kLeast) {
    const PictureSize least = layout.picture_size({kLeast, kLeast});
    throw UsageError("the picture needs --width " + format_number(least.width) + " and --height " +
                     format_number(least.height) + " at least");
  }
  std::string text = "# gnuplot THIS_FILE > PICTURE\n" + terminal(size, format) + (kOpening + 1) + "set multiplot\n";
  text += text_at(picture.title, size.width / 2, Layout::kTitleDistance, size, " center");
  for (std::size_t p = 0; p < picture.panels.size(); ++p) {
    const Layout::Box box = layout.panel(static_cast<Index>(p), panel);
    text += panel_script(picture.panels[p], "$panel" + std::to_string(p + 1) + "_", box, size);
  }
  if (!layout.key().empty()) {
    const Layout::Box first = layout.panel(0, panel);
    const double left = layout.key_left(size.width);
    text += margins({left, size.width, first.top, size.height - 1}, size);
    text += key_script(layout.key(), left / size.width, 1 - first.top / size.height);
  }
  return text + "unset multiplot\n";
}

}  // namespace maha::plot
