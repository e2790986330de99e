#include "plot/figures/feature_bars.hpp"

#include <algorithm>
#include <limits>

namespace maha::plot {
namespace {

constexpr double kShareOfBars = 0.76;                   // of the distance between features
constexpr double kBarHeight = 7, kAlone = 12;           // of a bar among others of its feature, and of one alone
constexpr double kLeastFeature = 17, kLeastOfAll = 60;  // height for a feature, where a name fits; of all

}  // namespace

void FeatureBars::add(const Vector& values, Index style, const std::string& name, const std::string& figures) {
  Series series{.form = Series::Form::boxes, .name = name, .style = style, .figures = figures};
  series.rows.resize(values.size(), 4);
  const double height = kShareOfBars / groups_,
               first = 1 - kShareOfBars / 2 + height * static_cast<double>(series_.size());
  for (Index i = 0; i < values.size(); ++i) {
    const double top = first + static_cast<double>(i);
    series.rows.row(i) << std::min(values(i), 0.0), std::max(values(i), 0.0), top, top + height;
  }
  below_ = below_ || (values.array() < 0).any();
  series_.push_back(std::move(series));
}

Picture FeatureBars::picture(const std::string& title, const std::string& x_label) const {
  Panel panel{
      .title = title, .x = {.label = x_label}, .y = {.label = "feature", .names = features_}, .series = series_};
  const auto count = static_cast<double>(features_.size());
  if (below_) {
    Series zero{.form = Series::Form::line, .style = Series::kReference, .rows = Matrix(2, 2)};
    zero.rows << 0, 0.5, 0, count + 0.5;
    panel.series.insert(panel.series.begin(), std::move(zero));
  }
  const double bars = groups_ > 1 ? kBarHeight * groups_ : kAlone;
  const double height = count * std::max(kLeastFeature, bars / kShareOfBars);
  return {.panels = {std::move(panel)}, .panel_width = 360, .panel_height = std::max(kLeastOfAll, height)};
}

}  // namespace maha::plot
