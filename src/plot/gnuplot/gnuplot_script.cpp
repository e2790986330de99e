#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "plot/gnuplot/axis_script.hpp"
#include "plot/layout/layout.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

using Form = Series::Form;

constexpr double kFarthest = 3e307;  // on a linear axis, so that gnuplot can compute the length of a range

// Okabe & Ito, Color universal design, 2008: distinct with any colour vision. Their yellow is too faint on white.
constexpr std::array kColors = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};
constexpr std::array kShapes = {7, 9, 5, 13, 11, 2, 1};  // disc, triangle, square, diamond, triangle, x, +
constexpr const char* kGrey = "#707070";

// Ours: darker to lighter, and from blue by green to yellow, which all colour visions order alike.
constexpr const char* kPalette =
    "set palette defined (0 '#2B1B6B', 1 '#1F5FA8', 2 '#1C9A8A', 3 '#86BF4A', 4 '#EBC52E')";

constexpr const char* kOpening = R"(
set termoption noenhanced
set encoding utf8
set minussign
set format '%h'
set border linecolor rgb '#404040'
set tics nomirror out scale 0.6
set bars 0.6
unset key
unset colorbox
)";

/// A coordinate on the page, to a few decimals.
std::string place(double value) { return format_number(std::round(value * 1e5) / 1e5); }

std::string terminal(const PictureSize& size, double font, PictureFormat format) {
  constexpr double kPoints = 0.75;  // of 1/96 inch
  const auto area = [&](double scale, const char* unit) {
    return " size " + place(size.width * scale) + unit + "," + place(size.height * scale) + unit;
  };
  const std::string white = " background '#FFFFFF'\n", points = " font 'sans-serif," + place(font * kPoints) + "'";
  switch (format) {
    case PictureFormat::png:  // at twice the resolution of a screen
      return "set terminal pngcairo" + area(2, "") + points + " fontscale 2 linewidth 2 pointscale 2" + white;
    case PictureFormat::pdf:
      return "set terminal pdfcairo" + area(1.0 / 96, "in") + points +
             " fontscale 0.75 linewidth 2 dashlength 1.5 pointscale 1" + white;
    case PictureFormat::svg:
      break;
  }
  return "set terminal svg" + area(1, "") + " font 'sans-serif," + place(font) + "'" + white;
}

std::string mark_size(Form form, Index rows) {
  if (form == Form::marks && rows == 1) return "0.9";
  return rows < 150 ? "0.65" : rows < 1500 ? "0.45" : "0.3";
}

std::string color(const Series& series) {
  if (series.form == Form::shaded_marks) return "linecolor palette";
  const bool reference = series.style == Series::kReference;
  const auto style = static_cast<std::size_t>(std::max<Index>(series.style, 0));
  return std::string("linecolor rgb '") + (reference ? kGrey : kColors[style % kColors.size()]) + "'";
}

std::string line_look(const Series& series) {
  const bool reference = series.style == Series::kReference;
  const std::string width = series.form == Form::spans ? "4" : reference ? "1" : "1.5";
  return color(series) + " linewidth " + width + (series.dashed || reference ? " dashtype (5,3)" : "");
}

std::string mark_look(const Series& series, Index rows) {
  const auto style = static_cast<std::size_t>(std::max<Index>(series.style, 0));
  const int shape = kShapes[(style + style / kColors.size()) % kShapes.size()];
  return " pointtype " + (series.letter.empty() ? std::to_string(shape) : quoted(series.letter)) + " pointsize " +
         mark_size(series.form, rows);
}

bool is_filled(const std::string& with) { return with == "boxes" || with == "boxxyerror"; }

/// The style of a series, to follow `with`.
std::string look(const Series& series, const std::string& with) {
  if (is_filled(with)) return " with " + with + " " + color(series) + " linewidth 0.5 fillstyle solid 0.4 border";
  if (with == "filledcurves")
    return " with " + with + " " + color(series) + " fillstyle transparent solid 0.15 noborder";
  const std::string lines = " with " + with + " " + line_look(series);
  if (with == "vectors") return lines + " nohead";
  return with == "lines" ? lines : lines + mark_look(series, series.rows.rows());
}

/// How to draw a series; a line with a single point needs a mark to be visible.
std::pair<const char*, const char*> drawing(const Series& series) {
  const bool point = series.form == Form::line && series.rows.rows() == 1;
  switch (point ? Form::line_of_marks : series.form) {
    case Form::line:
      return {"1:2", "lines"};
    case Form::line_of_marks:
      return {"1:2", "linespoints"};
    case Form::ranges:
      return {"1:2:3:4", "xerrorbars"};
    case Form::bars:
      return {"(($1+$2)/2):3:($2-$1)", "boxes"};
    case Form::spans:
      return {"1:3:($2-$1):(0)", "vectors"};
    case Form::boxes:
      return {"(($1+$2)/2):(($3+$4)/2):1:2:3:4", "boxxyerror"};
    case Form::band:
      return {"1:2:3", "filledcurves"};
    case Form::shaded_marks:
      return {"1:2:3", "points"};
    case Form::marks:
      break;
  }
  return {"1:2", "points"};
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
  std::array<bool, 4> log{};  // of each column
  for (const Direction way : {Direction::x, Direction::y}) {
    for (const Index column : columns_along(series.form, way))
      log[static_cast<std::size_t>(column)] = way == Direction::x ? panel.x.log : panel.y.log;
  }
  for (const auto& row : series.rows.rowwise()) {
    for (Index j = 0; j < row.size(); ++j) {
      if (j > 0) text += ' ';
      text += drawn(row(j), log[static_cast<std::size_t>(j)]);
    }
    text += '\n';
  }
  return text + "EOD\n";
}

std::string margins(const Box& box, const PictureSize& size) {
  return "set lmargin at screen " + place(box.left / size.width) + "\nset rmargin at screen " +
         place(box.right / size.width) + "\nset tmargin at screen " + place(1 - box.top / size.height) +
         "\nset bmargin at screen " + place(1 - box.bottom / size.height) + "\n";
}

std::string at_screen(double x, double y, const PictureSize& size) {
  return "screen " + place(x / size.width) + "," + place(1 - y / size.height);
}

/// Texts on the page. Those that gnuplot puts at axes have distances that differ between terminals, and leave the page
/// if the numbers at the tics are wide.
std::string texts_script(const std::vector<PlacedText>& texts, const PictureSize& size, double left = 0,
                         double top = 0) {
  using Align = PlacedText::Align;
  std::string script;
  for (const PlacedText& text : texts) {
    script += "set label " + quoted(text.text) + " at " + at_screen(left + text.x, top + text.y, size) +
              (text.align == Align::left    ? " left"
               : text.align == Align::right ? " right"
                                            : " center") +
              (text.upright ? " rotate\n" : "\n");
  }
  return script;
}

/// The data of a panel's series and the commands that draw it; `name` is the prefix of the data's names.
std::string panel_script(const Panel& panel, const std::string& name, const Layout::PlacedPanel& placed,
                         const PictureSize& size) {
  std::string data, plots;
  for (std::size_t s = 0; s < panel.series.size(); ++s) {
    const Series& series = panel.series[s];
    if (series.rows.rows() == 0) continue;
    const std::string block = name + std::to_string(s + 1);
    const auto [columns, with] = drawing(series);
    data += data_block(block, series, panel);
    plots += (plots.empty() ? "plot " : ", \\\n     ") + block + " using " + columns + look(series, with);
  }
  return data + margins(placed.box, size) + texts_script(placed.texts, size) + axes_script(panel, placed) +
         (plots.empty() ? "plot NaN" : plots) + "\nunset label\nunset arrow\nunset object\n";
}

/// A mark, a line or a box as the sample of a series in the key, around a point on the page.
std::string sample_script(const Series& series, double left, double middle, double font, const PictureSize& size) {
  const std::string with = drawing(series).second;
  const double width = Key::kSample * font;
  std::string script;
  if (is_filled(with)) {
    return "set object rectangle from " + at_screen(left, middle + 0.35 * font, size) + " to " +
           at_screen(left + width, middle - 0.35 * font, size) + " fillcolor" + color(series).substr(9) +
           " fillstyle solid 0.4 border " + color(series) + " linewidth 0.5\n";
  }
  if (with.starts_with("lines")) {
    script = "set arrow from " + at_screen(left, middle, size) + " to " + at_screen(left + width, middle, size) +
             " nohead " + line_look(series) + "\n";
  }
  if (with == "lines") return script;
  constexpr Index kAnyNumber = 100;  // of marks, in a key
  return script + "set label \"\" at " + at_screen(left + width / 2, middle, size) + " point " + line_look(series) +
         mark_look(series, kAnyNumber) + "\n";
}

/// The key, which is drawn together with the panel that follows.
std::string key_script(const Layout& layout) {
  const PictureSize& size = layout.size();
  const double left = layout.key_left(), top = layout.key_top();
  std::string script = texts_script(layout.key().texts, size, left, top);
  for (const Key::Entry& entry : layout.key().entries) {
    script += sample_script(*entry.series, left + entry.left, top + entry.middle, layout.font(), size);
  }
  return script;
}

/// The colours of the numbers, and the bar that shows them, drawn with the panel that follows.
std::string gradient_script(const Gradient& gradient, const Layout& layout) {
  const Box& bar = *layout.key().gradient;
  const PictureSize& size = layout.size();
  const bool level = bar.right - bar.left > bar.bottom - bar.top;
  return std::string(kPalette) + "\nset cbrange [" + format_number(gradient.low) + ":" + format_number(gradient.high) +
         "]\nunset cbtics\nset colorbox " + (level ? "horizontal" : "vertical") + " user origin " +
         at_screen(layout.key_left() + bar.left, layout.key_top() + bar.bottom, size) + " size screen " +
         place((bar.right - bar.left) / size.width) + "," + place((bar.bottom - bar.top) / size.height) + " noborder\n";
}

/// Throws InputError for what cannot be drawn.
void check_numbers(const Picture& picture) {
  for (const Panel& panel : picture.panels) {
    for (const Series& series : panel.series) data_block("", series, panel);
  }
}

}  // namespace

std::string gnuplot_script(const Picture& picture, const WantedSize& wanted, PictureFormat format) {
  check_numbers(picture);
  const Layout layout(picture, wanted);
  std::string text = "# gnuplot THIS_FILE > PICTURE\n" + terminal(layout.size(), layout.font(), format) +
                     (kOpening + 1) + "set multiplot\n" + texts_script(layout.title(), layout.size()) +
                     key_script(layout);
  if (picture.gradient) text += gradient_script(*picture.gradient, layout);
  for (std::size_t p = 0; p < picture.panels.size(); ++p) {
    const std::string name = "$panel" + std::to_string(p + 1) + "_";
    text += panel_script(picture.panels[p], name, layout.panels()[p], layout.size()) + "unset colorbox\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace maha::plot
