#include "plot/layout.hpp"

#include <algorithm>

#include "core/text/characters.hpp"
#include "plot/text.hpp"

namespace maha::plot {
namespace {

constexpr double kLetter = 7;  // average width of a letter
constexpr double kMargin = 14, kPictureTitle = 26, kPanelTitle = 34, kNumbers = 74, kBelow = 54, kSample = 40;

double text_width(const std::string& text) { return kLetter * static_cast<double>(character_count(shown_text(text))); }

}  // namespace

Layout::Layout(const Picture& picture) {
  const auto count = static_cast<Index>(picture.panels.size());
  columns_ = std::min(picture.columns, count);
  rows_ = (count + columns_ - 1) / columns_;
  title_ = picture.title.empty() ? 0 : kPictureTitle;
  key_width_ = kMargin;
  for (const Panel& panel : picture.panels) {
    above_ = std::max(above_, panel.title.empty() ? kMargin : kPanelTitle);
    double names = 0;
    for (const std::string& name : panel.y.names) names = std::max(names, text_width(name));
    beside_ = std::max(beside_, panel.y.names.empty() ? kNumbers : names + 2 * kMargin);
    for (const Series& series : panel.series) {
      const bool known = std::any_of(key_.begin(), key_.end(), [&](const Series* s) { return s->name == series.name; });
      if (series.name.empty() || known) continue;
      key_.push_back(&series);
      key_width_ = std::max(key_width_, kMargin + kSample + text_width(series.name));
    }
  }
}

PictureSize Layout::picture_size(const PictureSize& panel) const {
  return {static_cast<double>(columns_) * (beside_ + panel.width) + key_width_,
          title_ + static_cast<double>(rows_) * (above_ + panel.height + kBelow)};
}

PictureSize Layout::panel_size(const PictureSize& picture) const {
  return {(picture.width - key_width_) / static_cast<double>(columns_) - beside_,
          (picture.height - title_) / static_cast<double>(rows_) - above_ - kBelow};
}

Layout::Box Layout::panel(Index p, const PictureSize& panel) const {
  const auto column = static_cast<double>(p % columns_), row = static_cast<double>(p / columns_);
  const double left = beside_ + column * (beside_ + panel.width);
  const double top = title_ + above_ + row * (above_ + panel.height + kBelow);
  return {left, left + panel.width, top, top + panel.height};
}

PictureSize natural_size(const Picture& picture) {
  return Layout(picture).picture_size({picture.panel_width, picture.panel_height});
}

}  // namespace maha::plot
