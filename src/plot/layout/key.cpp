#include "plot/layout/key.hpp"

#include <algorithm>
#include <cmath>

#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

// In font sizes: the height of a line and of a further line of the same entry, the space between a sample and its name
// and between columns, and a gradient's bar.
constexpr double kKeyLine = 1.4, kFurtherLine = 1.2, kAfterSample = 0.7, kBetweenColumns = 1.5;
constexpr double kBarWidth = 1.1, kBarLength = 15, kBarRoom = 0.5;

std::vector<const Series*> keyed_series(const Picture& picture) {
  std::vector<const Series*> all;
  for (const Panel& panel : picture.panels) {
    for (const Series& series : panel.series) {
      const auto same = [&](const Series* s) { return s->name == series.name && s->figures == series.figures; };
      const bool known = std::any_of(all.begin(), all.end(), same);
      if (!series.name.empty() && !known) all.push_back(&series);
    }
  }
  return all;
}

std::string text_of(const Series& series) {
  return series.figures.empty() ? series.name : with_figures(series.name, series.figures);
}

/// Puts entries into columns, down each of them, with their names in lines.
void add_entries(Key& key, const std::vector<const Series*>& series, std::size_t columns, double font, double room) {
  if (series.empty()) return;
  const double sample = (Key::kSample + kAfterSample) * font;
  const std::size_t rows = (series.size() + columns - 1) / columns;
  double left = 0;
  for (std::size_t first = 0; first < series.size(); first += rows) {
    double top = 0, width = 0;
    for (std::size_t i = first; i < std::min(series.size(), first + rows); ++i) {
      const std::vector<std::string> lines = wrapped(text_of(*series[i]), room - sample, font);
      width = std::max(width, sample + widest(lines, font));
      double middle = top + kKeyLine * font / 2;
      key.entries.push_back({series[i], left, middle});
      for (const std::string& line : lines) {
        key.texts.push_back({line, left + sample, middle, PlacedText::Align::left});
        middle += kFurtherLine * font;
      }
      top += (kKeyLine + kFurtherLine * static_cast<double>(std::max<std::size_t>(lines.size(), 1) - 1)) * font;
      key.size.height = std::max(key.size.height, top);
    }
    key.size.width = left + width;
    left += width + kBetweenColumns * font;
  }
}

void add_upright_bar(Key& key, const Gradient& gradient, double font, double height) {
  const double top = key.size.height + 2 * font;
  const double length = std::max(2 * font, std::min(kBarLength * font, height - top - font));
  key.texts.push_back({gradient.label, 0, key.size.height + 0.7 * font, PlacedText::Align::left});
  key.gradient = Box{0, kBarWidth * font, top, top + length};
  const double beside = (kBarWidth + kBarRoom) * font;
  key.size.width = std::max(key.size.width, text_width(gradient.label, font));
  for (const Tic& tic : linear_tics(gradient.low, gradient.high, Direction::y, {length, font})) {
    const double part = (tic.at - gradient.low) / (gradient.high - gradient.low);
    key.texts.push_back({tic.text, beside, top + (1 - part) * length, PlacedText::Align::left});
    key.size.width = std::max(key.size.width, beside + text_width(tic.text, font));
  }
  key.size.height = top + length + font;
}

void add_level_bar(Key& key, const Gradient& gradient, double font, double width) {
  const double length = std::max(2 * font, std::min(kBarLength * font, width - 4 * font)), left = 2 * font;
  double top = key.size.height;
  for (const std::string& line : wrapped(gradient.label, width, font)) {
    key.texts.push_back({line, 0, top + 0.7 * font, PlacedText::Align::left});
    top += kKeyLine * font;
  }
  key.gradient = Box{left, left + length, top, top + kBarWidth * font};
  const double below = top + (kBarWidth + 0.9) * font;
  for (const Tic& tic : linear_tics(gradient.low, gradient.high, Direction::x, {length, font})) {
    const double part = (tic.at - gradient.low) / (gradient.high - gradient.low);
    key.texts.push_back({tic.text, left + part * length, below});
  }
  key.size = {std::max(key.size.width, left + length), below + 0.8 * font};
}

}  // namespace

Key key_beside(const Picture& picture, double font, double height) {
  Key key;
  const std::vector<const Series*> series = keyed_series(picture);
  const double lines = std::max(1.0, std::floor(height / (kKeyLine * font)));
  const double columns = std::ceil(static_cast<double>(series.size()) / lines);
  add_entries(key, series, static_cast<std::size_t>(std::max(1.0, columns)), font, 1e9);
  if (picture.gradient) add_upright_bar(key, *picture.gradient, font, height);
  return key;
}

Key key_below(const Picture& picture, double font, double width) {
  Key key;
  const std::vector<const Series*> series = keyed_series(picture);
  double entry = 0;
  for (const Series* each : series) {
    entry = std::max(entry, (Key::kSample + kAfterSample) * font + text_width(text_of(*each), font));
  }
  const double gap = kBetweenColumns * font;
  const auto columns = static_cast<std::size_t>(std::max(1.0, std::floor((width + gap) / (entry + gap))));
  add_entries(key, series, columns, font, width);
  if (picture.gradient) add_level_bar(key, *picture.gradient, font, width);
  return key;
}

}  // namespace maha::plot
