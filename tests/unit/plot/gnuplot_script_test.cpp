#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "core/error.hpp"
#include "plot/axis_script.hpp"
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
  return gnuplot_script(picture, natural_size(picture), format);
}

std::string tics_of(double low, double high) {
  Panel panel{.y = {.log = true}};
  panel.series.push_back({.rows = rows({{0, low}, {1, high}})});
  const std::string script = axis_script(panel, Direction::y);
  return script.substr(script.find("tics") + 5);
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
  CHECK(count(script, "title \"it\\047s\"") == 1);
  CHECK(count(script, "title \"bars\"") == 1);
  CHECK(count(script, "set label \"both\"") == 1);
  CHECK(count(script, "set label \"right\"") == 1);
  CHECK(count(script, "\nplot ") == 3);
}

TEST_CASE("gnuplot script: the same picture for each format, and panels that stay apart from each other") {
  const Picture picture = two_panels();
  const PictureSize size = natural_size(picture);
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
  REQUIRE(edges.size() == 6);  // two panels and the key
  CHECK(std::is_sorted(edges.begin(), edges.end()));
  CHECK((edges[1] - edges[0]) * size.width == doctest::Approx(picture.panel_width).epsilon(1e-3));
}

TEST_CASE("gnuplot script: a size that leaves no room is refused with one that does") {
  const Picture picture = two_panels();
  CHECK_THROWS_AS(gnuplot_script(picture, {100, 300}, PictureFormat::svg), UsageError);
  CHECK_THROWS_AS(gnuplot_script(picture, {800, 50}, PictureFormat::svg), UsageError);
  CHECK_NOTHROW(gnuplot_script(picture, {400, 200}, PictureFormat::svg));
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
  CHECK(tics_of(0.0012, 800) == R"(("10⁻³" 0.001, "10⁻²" 0.01, "10⁻¹" 0.1, "1" 1, "10¹" 10, "10²" 100, "10³" 1000))"
                                "\n");
  CHECK(tics_of(3, 25) == "(\"2\" 2, \"5\" 5, \"10\" 10, \"20\" 20)\n");
  CHECK(count(tics_of(1e-30, 1), "10⁻") <= 9);
  CHECK(tics_of(4, 4) == "(\"5\" 5)\n");
  Panel empty{.y = {.log = true}};
  CHECK(axis_script(empty, Direction::y).find("yrange [0.1:1]") != std::string::npos);
}

TEST_CASE("axes: names read from top to bottom, and stand at whole numbers") {
  Panel panel{.y = {.names = {"a", "b_c%d"}}};
  const std::string script = axis_script(panel, Direction::y);
  CHECK(script.find("yrange [2.5:0.5]") != std::string::npos);
  CHECK(script.find("ytics (\"a\" 1, \"b_c%%d\" 2)") != std::string::npos);
}
