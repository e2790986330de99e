#include "plot/shown_texts.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace maha;
using namespace maha::plot;

namespace {

/// A picture with one text in each place for one.
Picture with_texts(const std::string& text) {
  Series series{.name = text, .letter = text, .figures = text};
  Panel panel{.title = text,
              .x = {.label = text},
              .y = {.label = text, .names = {text}},
              .series = {series},
              .right = {.names = {text}}};
  return {.title = text, .panels = {panel}, .gradient = Gradient{.label = text}};
}

}  // namespace

TEST_CASE("texts of a picture: those that are not UTF-8 are found, wherever they are") {
  CHECK(texts_not_utf8(with_texts("größe 漢")).empty());
  CHECK(texts_not_utf8(with_texts("gr\xf6n")).size() == 10);
}

TEST_CASE("texts of a picture: a question mark for each character that no font has") {
  const auto replaced = [](const std::string& text, const std::string& sets) {
    Picture picture = with_texts(text);
    const std::string unknown = replace_unknown(picture, sets);
    const Panel& panel = picture.panels[0];
    const std::string& shown = picture.title;
    for (const std::string& other :
         {picture.gradient->label, panel.title, panel.x.label, panel.y.label, panel.y.names[0], panel.right.names[0],
          panel.series[0].name, panel.series[0].figures, panel.series[0].letter}) {
      CHECK(other == shown);
    }
    return shown + "|" + unknown;
  };
  CHECK(replaced("クラス größe", "20-7e a0-ff\n30af-30b0 30e9\n") == "クラ? größe|ス");
  CHECK(replaced("クラク", "20-7e 1f600") == "???|クラ");
  CHECK(replaced("😀 \xff", "1f600") == "😀 \xff|");
  CHECK(replaced("クラス", "") == "クラス|");  // nobody says which fonts there are
}

TEST_CASE("values of 0 or less on a log axis are counted for each axis; what is no number is a gap of its own") {
  Series series{.form = Series::Form::line};
  series.rows.resize(4, 2);
  series.rows << 0, 1, 1, 0, 2, -3, 3, std::numeric_limits<double>::quiet_NaN();
  Picture picture{.panels = {{.y = {.label = "gap"}, .series = {series, series}}}};
  CHECK(hidden_on_log_axes(picture).empty());
  picture.panels[0].y.log = true;
  CHECK(hidden_on_log_axes(picture) ==
        std::vector<std::string>{"gap: 4 values of 0 or less have no place on the log scale"});
  picture.panels[0].x = {.label = "time", .log = true};
  picture.panels[0].series.pop_back();
  CHECK(hidden_on_log_axes(picture) ==
        std::vector<std::string>{"time: a value of 0 or less has no place on the log scale",
                                 "gap: 2 values of 0 or less have no place on the log scale"});
  Series bars{.form = Series::Form::bars};
  bars.rows.resize(1, 3);
  bars.rows << 0, -1, 2;
  picture.panels[0] = {.y = {.label = "height", .log = true}, .series = {bars}};
  CHECK(hidden_on_log_axes(picture).empty());
}
