#include "page/picture_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text/number.hpp"
#include "core/text/rounded.hpp"
#include "page/html.hpp"
#include "plot/layout/layout.hpp"

namespace maha::page {
namespace {

using plot::Layout;
using plot::Panel;
using plot::PlacedText;
using plot::Series;

constexpr double kTic = 5, kToText = 8;  // of the axes, in CSS pixels
constexpr double kBaseline = 0.35;       // of the font's size, from the middle of a text down to its base
constexpr std::size_t kColours = 8;      // of classes; beyond, other shapes have them again
constexpr int kShades = 8;               // of quantities
constexpr double kSample = 10;           // sides of a mark in a key, in CSS pixels

std::string at(double value) { return format_number(std::round(value * 10) / 10); }

std::string line_svg(const std::string& kind, double x1, double y1, double x2, double y2) {
  return "<line class=\"" + kind + "\" x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" +
         at(y2) + "\"/>";
}

/// A mark of a shape in a colour, which are classes of the page's style.
std::string mark_svg(const std::string& colour, std::size_t shape, double x, double y, const std::string& inside) {
  static constexpr std::array kShapes{"a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", "v-2.7h6v5.4h-6z", "l3-4 3 4-3 4z",
                                      "v2.6l3-5.6 3 5.6z"};
  return "<path class=\"m " + colour + "\" d=\"M" + at(x - 3) + " " + at(y) + kShapes[shape % kShapes.size()] + "\">" +
         inside + "</path>\n";
}

std::string colour_of(std::size_t style) { return "c" + std::to_string(style % kColours); }

std::string class_mark(std::size_t style, double x, double y, const std::string& inside) {
  return mark_svg(colour_of(style), style + style / kColours, x, y, inside);
}

std::string sample(double width, const std::string& marks) {
  const std::string size = at(width), height = at(kSample);
  return "<svg class=\"sample\" aria-hidden=\"true\" viewBox=\"0 0 " + size + " " + height + "\" width=\"" + size +
         "\" height=\"" + height + "\">" + marks + "</svg>";
}

std::string shade_of(double part) {
  return "q" + std::to_string(std::clamp(static_cast<int>(part * kShades), 0, kShades - 1));
}

std::string text_svg(const std::string& text, double x, double y, double font, const char* anchor) {
  return "<text x=\"" + at(x) + "\" y=\"" + at(y + kBaseline * font) + "\" text-anchor=\"" + anchor + "\">" +
         escaped(text) + "</text>\n";
}

const char* anchor_of(PlacedText::Align align) {
  return align == PlacedText::Align::left ? "start" : align == PlacedText::Align::right ? "end" : "middle";
}

/// A panel where it stands.
class PanelSvg {
 public:
  PanelSvg(const Panel& panel, const Layout::PlacedPanel& placed, double font)
      : panel_(panel), placed_(placed), font_(font) {
    for (const Series& series : panel.series) {
      if (series.form != Series::Form::shaded_marks) continue;
      low_ = series.rows.col(2).minCoeff();
      high_ = std::max(series.rows.col(2).maxCoeff(), std::nextafter(low_, INFINITY));
    }
  }

  std::string svg() const {
    std::string text = axes();
    for (const Series& series : panel_.series) {
      for (Index i = 0; i < series.rows.rows(); ++i) text += row(series, i);
    }
    for (const PlacedText& placed : placed_.texts)
      text += text_svg(placed.text, placed.x, placed.y, font_, anchor_of(placed.align));
    return text;
  }

 private:
  double x(double value) const {
    return placed_.box.left + placed_.x.part(value) * (placed_.box.right - placed_.box.left);
  }
  double y(double value) const {
    return placed_.box.bottom - placed_.y.part(value) * (placed_.box.bottom - placed_.box.top);
  }

  std::string axes() const {
    const plot::Box& box = placed_.box;
    const double level = panel_.x_above ? box.top : box.bottom, out = panel_.x_above ? -1 : 1;
    std::string text = line_svg("axis", box.left, level, box.right, level);
    for (const plot::Tic& tic : placed_.x.tics) {
      text += line_svg("axis", x(tic.at), level, x(tic.at), level + out * kTic);
      text += text_svg(tic.text, x(tic.at), level + out * (kToText + font_ / 2), font_, "middle");
    }
    for (const plot::Tic& tic : placed_.y.tics) text += text_svg(tic.text, box.left - kToText, y(tic.at), font_, "end");
    for (const plot::Tic& tic : placed_.right)
      text += text_svg(tic.text, box.right + kToText, y(tic.at), font_, "start");
    return text;
  }

  std::string row(const Series& series, Index i) const {
    const Matrix& rows = series.rows;
    switch (series.form) {
      case Series::Form::line:
        if (i == 0 || !std::isfinite(rows(i, 0)) || !std::isfinite(rows(i - 1, 0))) return "";
        return line_svg(series.style == Series::kReference ? "ref" : "s6", x(rows(i - 1, 0)), y(rows(i - 1, 1)),
                        x(rows(i, 0)), y(rows(i, 1)));
      case Series::Form::spans:
        return line_svg("span", x(rows(i, 0)), y(rows(i, 2)), x(rows(i, 1)), y(rows(i, 2)));
      case Series::Form::ranges:
        return range(rows.row(i));
      case Series::Form::marks:
        return mark(series, i);
      case Series::Form::shaded_marks:
        return mark_svg(shade_of((rows(i, 2) - low_) / (high_ - low_)), 0, x(rows(i, 0)), y(rows(i, 1)),
                        said(series, i));
      default:
        return "";
    }
  }

  static std::string said(const Series& series, Index i) {
    if (series.row_names.empty()) return "";
    return "<title>" + escaped(series.row_names[static_cast<std::size_t>(i)]) + "</title>";
  }

  std::string mark(const Series& series, Index i) const {
    const double left = x(series.rows(i, 0)), top = y(series.rows(i, 1));
    const auto style = static_cast<std::size_t>(series.style);
    if (series.letter.empty()) return class_mark(style, left, top, said(series, i));
    return "<text class=\"m " + colour_of(style) + "\" x=\"" + at(left) + "\" y=\"" + at(top + kBaseline * font_) +
           "\" text-anchor=\"middle\">" + escaped(series.letter) + said(series, i) + "</text>\n";
  }

  std::string range(const RowVector& range) const {
    const auto name = static_cast<std::size_t>(std::lround(range(1))) - 1;
    const double middle = y(range(1));
    return "<g><title>" + escaped(panel_.y.names[name] + ": " + rounded(range(0))) + "</title>" +
           line_svg("hit", placed_.box.left, middle, placed_.box.right, middle) +
           line_svg("s0", x(range(2)), middle, x(range(3)), middle) + "<circle cx=\"" + at(x(range(0))) + "\" cy=\"" +
           at(middle) + "\" r=\"3.5\"/></g>\n";
  }

  const Panel& panel_;
  const Layout::PlacedPanel& placed_;
  double font_, low_ = 0, high_ = 1;  // of shades
};

}  // namespace

std::string class_sample(std::size_t style) { return sample(kSample, class_mark(style, kSample / 2, kSample / 2, "")); }

std::string shades_sample() {
  std::string marks;
  for (int k = 0; k < kShades; ++k) marks += mark_svg("q" + std::to_string(k), 0, (k + 0.5) * kSample, kSample / 2, "");
  return sample(kShades * kSample, marks);
}

std::string picture_svg(const plot::Picture& picture, double width, const std::string& id, const std::string& title,
                        const std::string& description, const std::string& kind) {
  const Layout layout(picture, {width, {}});
  std::string text = "<svg role=\"img\" class=\"" + kind + "\" aria-labelledby=\"" + id + "-t " + id +
                     "-d\" viewBox=\"0 0 " + at(layout.size().width) + " " + at(layout.size().height) + "\" width=\"" +
                     at(layout.size().width) + "\" height=\"" + at(layout.size().height) + "\" font-size=\"" +
                     at(layout.font()) + "\">\n<title id=\"" + id + "-t\">" + escaped(title) + "</title>\n<desc id=\"" +
                     id + "-d\">" + escaped(description) + "</desc>\n";
  for (std::size_t p = 0; p < picture.panels.size(); ++p)
    text += PanelSvg(picture.panels[p], layout.panels()[p], layout.font()).svg();
  return text + "</svg>\n";
}

}  // namespace maha::page
