#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "plot/layout/layout.hpp"
#include "plot/picture.hpp"

using namespace maha;
using namespace maha::plot;

namespace {

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

Matrix rows(std::initializer_list<std::initializer_list<double>> values) {
  Matrix X(static_cast<Index>(values.size()), static_cast<Index>(values.begin()->size()));
  Index i = 0;
  for (const auto& row : values) {
    Index j = 0;
    for (const double value : row) X(i, j++) = value;
    ++i;
  }
  return X;
}

Picture two_panels() {
  Panel left{.x = {.label = "x"}, .y = {.label = "y", .log = true}};
  left.series.push_back({.name = "it's", .rows = rows({{1, 10}, {2, 0}, {3, 1000}})});
  left.series.push_back({.form = Series::Form::line, .style = Series::kReference, .rows = rows({{1, 10}, {3, 20}})});
  Panel right{.title = "right"};
  right.series.push_back({.form = Series::Form::bars, .name = "bars", .rows = rows({{0, 1, 5}})});
  right.series.push_back({.name = "it's", .rows = Matrix(0, 2)});
  return {.title = "both", .panels = {left, right}, .columns = 2};
}

std::string script_of(const Picture& picture, PictureFormat format = PictureFormat::svg) {
  return gnuplot_script(picture, {}, format);
}

/// The tics on a log axis, as "text at, ...".
std::string tics_of(double low, double high) {
  Panel panel{.y = {.log = true}};
  panel.series.push_back({.rows = rows({{0, low}, {1, high}})});
  std::string text;
  for (const Tic& tic : panel_scales(panel, {300, 12}, {300, 12}).y.tics) {
    text += (text.empty() ? "" : ", ") + tic.text + " " + format_number(tic.at);
  }
  return text;
}

/// The texts at an axis from low to high that has this length.
std::string numbers_of(double low, double high, double length, Direction direction = Direction::x) {
  std::string text;
  for (const Tic& tic : linear_tics(low, high, direction, {length, 10})) text += tic.text + " ";
  return text;
}

}  // namespace

TEST_CASE("gnuplot script: numbers at the end of what there is") {
  Panel panel{.y = {.log = true}};
  panel.series.push_back({.rows = rows({{1, 1.7976931348623157e308}, {2, 1}, {3, 5e-324}})});
  const std::string script = script_of({.panels = {panel}});
  CHECK(count(script, "inf") == 0);
  CHECK(count(script, "1 8e+307\n2 1\n3 5e-324\n") == 1);
  CHECK(count(script, "set yrange [5e-324:8e+307]") == 1);
  panel.y.log = false;
  CHECK_THROWS_WITH_AS(script_of({.panels = {panel}}),
                       "a value of 1.7976931348623157e+308 is too large for a picture: up to 3e+307 can be drawn",
                       InputError);
}

TEST_CASE("gnuplot script: a block of data for each series that has rows, a name for each in the key") {
  const std::string script = script_of(two_panels());
  CHECK(count(script, " << EOD\n") == 3);
  CHECK(count(script, "\nEOD\n") == 3);
  CHECK(script.find("$panel1_1 << EOD\n1 10\n2 NaN\n3 1000\nEOD\n") != std::string::npos);  // 0 is not on a log axis
  CHECK(script.find("$panel2_1 << EOD\n0 1 5\nEOD\n") != std::string::npos);
  CHECK(count(script, "set label \"it\\047s\"") == 1);
  CHECK(count(script, "set label \"bars\"") == 1);
  CHECK(count(script, "set label \"both\"") == 1);
  CHECK(count(script, "set label \"right\"") == 1);
  CHECK(count(script, "\nplot ") == 2);
}

TEST_CASE("gnuplot script: the same picture for each format, and panels that stay apart from each other") {
  const Picture picture = two_panels();
  const PictureSize size = picture_size(picture);
  const std::string svg = script_of(picture), pdf = script_of(picture, PictureFormat::pdf);
  const auto body = [](const std::string& script) { return script.substr(script.find("set termoption")); };
  CHECK(body(svg) == body(pdf));
  CHECK(svg.find("set terminal svg size ") != std::string::npos);
  CHECK(pdf.find("set terminal pdfcairo size ") != std::string::npos);
  std::vector<double> edges;
  static const std::regex margin("[lr]margin at screen ([0-9.]+)");
  for (std::sregex_iterator it(svg.begin(), svg.end(), margin), end; it != end; ++it) {
    edges.push_back(std::stod((*it)[1]));
  }
  REQUIRE(edges.size() == 4);
  CHECK(std::is_sorted(edges.begin(), edges.end()));
  CHECK((edges[1] - edges[0]) * size.width == doctest::Approx(picture.panel_width).epsilon(1e-3));
}

TEST_CASE("gnuplot script: a size that leaves no room is refused with one that does") {
  const Picture picture = two_panels();
  CHECK_THROWS_AS(gnuplot_script(picture, {60, 300}, PictureFormat::svg), UsageError);
  CHECK_THROWS_AS(gnuplot_script(picture, {800, 50}, PictureFormat::svg), UsageError);
  CHECK_NOTHROW(gnuplot_script(picture, {400, 200}, PictureFormat::svg));
}

TEST_CASE("layout: the key and the panels of a picture stay apart and within it, beside each other or not") {
  Picture picture = two_panels();
  for (int i = 0; i < 30; ++i) {
    picture.panels[0].series.push_back(
        {.name = "a series with a long name, number " + std::to_string(i), .style = i, .rows = rows({{0, 1}})});
  }
  const auto apart = [](const Box& a, const Box& b) {
    return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  };
  for (const WantedSize& wanted : {WantedSize{}, WantedSize{336, {}}, WantedSize{600, {}}, WantedSize{1500, {}},
                                   WantedSize{{}, 300}, WantedSize{2000, 250}}) {
    const Layout layout(picture, wanted);
    const Box key{layout.key_left(), layout.key_left() + layout.key().size.width, layout.key_top(),
                  layout.key_top() + layout.key().size.height};
    const Box &left = layout.panels()[0].box, &right = layout.panels()[1].box;
    CHECK(apart(left, right));
    for (const Box& box : {left, right, key}) {
      CHECK((box.left >= 0 && box.top >= 0));
      CHECK((box.right <= layout.size().width && box.bottom <= layout.size().height));
      CHECK((box.left == key.left || apart(box, key)));
    }
    CHECK(layout.size().width == wanted.width.value_or(layout.size().width));
    CHECK(layout.size().height == wanted.height.value_or(layout.size().height));
  }
  CHECK(Layout(picture, {336, {}}).key_top() > Layout(picture, {336, {}}).panels()[1].box.bottom);
  CHECK(Layout(picture, {}).key_left() > Layout(picture, {}).panels()[1].box.right);
}

TEST_CASE("gnuplot script: 49 styles in a row differ") {
  Picture picture{.panels = {{}}};
  for (Index style = 0; style < 49; ++style) {
    picture.panels[0].series.push_back({.name = "s", .style = style, .rows = rows({{0, 0}})});
  }
  const std::string script = script_of(picture);
  std::set<std::string> looks;
  static const std::regex look("using 1:2( with points .* pointsize)");
  for (std::sregex_iterator it(script.begin(), script.end(), look), end; it != end; ++it) looks.insert((*it)[1]);
  CHECK(looks.size() == 49);
}

TEST_CASE("log axis: powers of ten, thinned out where there are many, 1, 2 and 5 where there are few") {
  CHECK(tics_of(0.0012, 800) == "10⁻³ 0.001, 10⁻² 0.01, 10⁻¹ 0.1, 1 1, 10¹ 10, 10² 100, 10³ 1000");
  CHECK(tics_of(3, 25) == "2 2, 5 5, 10 10, 20 20");
  CHECK(count(tics_of(1e-30, 1), "10⁻") <= 15);
  CHECK(tics_of(4, 4) == "3 3, 3.5 3.5, 4 4, 4.5 4.5, 5 5, 5.5 5.5, 6 6");
  const Panel empty{.y = {.label = "y", .log = true}};
  const std::string script = script_of({.panels = {empty}});
  CHECK(count(script, "set yrange [0.1:1]") == 1);
  CHECK(count(script, "\"y (log scale)\"") == 1);
}

TEST_CASE("axes: as many round numbers as can stand side by side") {
  CHECK(numbers_of(0, 1, 400) == "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 ");
  CHECK(numbers_of(0, 1, 130) == "0 0.2 0.4 0.6 0.8 1 ");
  CHECK(numbers_of(0, 1, 50, Direction::y) == "0 0.5 1 ");
  CHECK(numbers_of(-0.3, 0.3, 130) == "−0.2 0 0.2 ");
  CHECK(numbers_of(1234567, 1234569, 200) == "1234567 1234568 1234569 ");
  Panel counts{.x = {.whole = true}};
  counts.series.push_back({.rows = rows({{1, 0}, {3, 1}})});
  CHECK(panel_scales(counts, {300, 10}, {300, 10}).x.tics.size() == 3);
  Panel one{};
  one.series.push_back({.rows = rows({{5, 1e-320}})});
  const PanelScales scales = panel_scales(one, {300, 10}, {300, 10});
  CHECK((scales.x.low < 5 && scales.x.high > 5));
  CHECK((scales.y.low < 0 && scales.y.high > 0));
}

TEST_CASE("axes: names read from top to bottom, and stand at whole numbers; too many are thinned out") {
  Panel panel{.y = {.names = {"a", "b_c%d"}}};
  const std::string script = script_of({.panels = {panel}});
  CHECK(script.find("yrange [2.5:0.5]") != std::string::npos);
  CHECK(script.find("ytics (\"a\" 1, \"b_c%%d\" 2)") != std::string::npos);
  panel.y.names.assign(100, "a");
  CHECK(panel_scales(panel, {300, 12}, {300, 12}).y.tics.size() == 20);
}
