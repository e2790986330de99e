#include "plot/layout/layout.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "plot/layout/text.hpp"

namespace maha::plot {
namespace {

constexpr double kLeast = 40;                                 // side of a panel
constexpr double kComfort = 200;                              // width from which a panel needs no more
constexpr double kNarrow = 480, kFont = 12, kSmallFont = 10;  // below this width the font is small
constexpr double kLeastNatural = 130;                         // height of a panel whose height may be chosen
constexpr double kNamesAlone = 0.4, kNamesOnBothSides = 0.3;  // of the width, for names at y
constexpr int kRounds = 4;                                    // until sizes and texts agree

// In font sizes.
constexpr double kEdge = 1.2, kTextLine = 1.25, kTitleLine = 1.4;
constexpr double kTitleDistance = 1.4, kTitleAboveTics = 3.6;  // from the axes to the middle of the nearest line
constexpr double kLabelDistance = 3.3, kBelowTics = 2.9, kBelowLabel = 0.95;
constexpr double kBesideTics = 1.5, kBesideLabel = 0.6;

struct Arrangement {
  Index columns;
  bool key_beside;
};

std::string label_of(const Axis& axis) {
  return axis.log && !axis.label.empty() ? axis.label + " (log scale)" : axis.label;
}

/// The sizes of a picture's parts in one arrangement.
class Plan {
 public:
  Plan(const Picture& picture, const WantedSize& wanted, double font, const Arrangement& arrangement)
      : picture_(picture), wanted_(wanted), font_(font), arrangement_(arrangement) {
    const auto count = static_cast<Index>(picture.panels.size());
    columns_ = static_cast<double>(arrangement.columns);
    rows_ = static_cast<double>((count + arrangement.columns - 1) / arrangement.columns);
    panel_ = {picture.panel_width, picture.panel_height};
    for (int round = 0; round < kRounds; ++round) {
      set_scales();
      set_widths();
      set_heights();
    }
    set_scales();
  }

  const PictureSize& panel() const { return panel_; }
  const PictureSize& size() const { return size_; }
  const Key& key() const { return key_; }
  double lines(double count) const { return count * font_; }

  /// How well the panels' size does: 1 or more if there is nothing to wish for.
  double comfort() const {
    const double wide = panel_.width / std::min(kComfort, picture_.panel_width);
    return wanted_.height ? std::min(wide, panel_.height / std::min(kComfort / 2, picture_.panel_height)) : wide;
  }

  Box box(Index p) const {
    const auto column = static_cast<double>(p % arrangement_.columns),
               row = static_cast<double>(p / arrangement_.columns);
    const double left = left_ + column * (left_ + panel_.width + right_);
    const double top = head_ + above_ + row * (above_ + panel_.height + below_);
    return {left, left + panel_.width, top, top + panel_.height};
  }

  Layout::PlacedPanel placed(Index p) const {
    const auto at = static_cast<std::size_t>(p);
    const Panel& panel = picture_.panels[at];
    Layout::PlacedPanel placed{
        .box = box(p), .x = scales_[at].x, .y = scales_[at].y, .right = right_names_[at], .texts = {}};
    const double across = (placed.box.left + placed.box.right) / 2, down = (placed.box.top + placed.box.bottom) / 2;
    const double title = lines(panel.x_above ? kTitleAboveTics : kTitleDistance);
    stack(placed.texts, title_lines(panel), across, placed.box.top - title, -1);
    stack(placed.texts, below_lines(panel), across, placed.box.bottom + below_distance(panel), 1);
    const std::vector<std::string> beside = beside_lines(panel);
    for (std::size_t i = 0; i < beside.size(); ++i) {
      const double x = placed.box.left - left_ + lines(kBesideLabel + kTextLine * (static_cast<double>(i) + 0.2));
      placed.texts.push_back({beside[i], x, down, PlacedText::Align::middle, true});
    }
    return placed;
  }

  std::vector<PlacedText> title() const {
    std::vector<PlacedText> texts;
    stack(texts, picture_title(), size_.width / 2, lines(kTitleDistance), 1);
    return texts;
  }

  std::pair<double, double> key_corner() const {
    if (arrangement_.key_beside) return {size_.width - lines(kEdge) - key_.size.width, box(0).top};
    const double left = std::min(left_, size_.width - lines(kEdge) - key_.size.width);
    return {std::max(left, lines(kEdge)), size_.height - key_.size.height - lines(0.5)};
  }

 private:
  /// Lines of text one below the other, from y on downwards, or up to y.
  void stack(std::vector<PlacedText>& texts, const std::vector<std::string>& all, double x, double y, int way) const {
    const auto last = static_cast<double>(all.size()) - 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double from = way > 0 ? static_cast<double>(i) : static_cast<double>(i) - last;
      texts.push_back({all[i], x, y + lines(kTextLine * from)});
    }
  }

  double room() const { return std::max(panel_.width, kLeast); }
  /// What a text may be wide that is centred above or below a panel: of one alone, up to the nearer edge on both sides.
  double text_room() const {
    if (columns_ > 1) return room();
    return std::max(room(), panel_.width + 2 * (std::min(left_, right_) - lines(0.3)));
  }
  std::vector<std::string> title_lines(const Panel& panel) const { return wrapped(panel.title, text_room(), font_); }
  std::vector<std::string> below_lines(const Panel& panel) const {
    return wrapped(label_of(panel.x), text_room(), font_);
  }
  std::vector<std::string> beside_lines(const Panel& panel) const {
    return wrapped(label_of(panel.y), std::max(panel_.height, kLeast), font_);
  }
  std::vector<std::string> picture_title() const {
    return wrapped(picture_.title, size_.width - 2 * lines(kEdge), font_);
  }
  double below_distance(const Panel& panel) const { return lines(panel.x_above ? kTitleDistance : kLabelDistance); }

  void set_scales() {
    scales_.clear();
    right_names_.clear();
    for (const Panel& panel : picture_.panels) {
      const double share = panel.right.names.empty() ? kNamesAlone : kNamesOnBothSides;
      TicRoom across{.length = room(), .size = font_}, down{.length = std::max(panel_.height, kLeast), .size = font_};
      if (wanted_.width) down.name = share * *wanted_.width / columns_;
      scales_.push_back(panel_scales(panel, across, down));
      right_names_.push_back(right_names(panel, down));
    }
  }

  void set_widths() {
    left_ = right_ = lines(kEdge);
    for (std::size_t p = 0; p < picture_.panels.size(); ++p) {
      const Panel& panel = picture_.panels[p];
      double beside = 0, names = 0;
      for (const Tic& tic : scales_[p].y.tics) beside = std::max(beside, text_width(tic.text, font_));
      for (const Tic& tic : right_names_[p]) names = std::max(names, text_width(tic.text, font_));
      const auto label = static_cast<double>(beside_lines(panel).size());
      left_ = std::max(left_, beside + lines(kBesideTics + (label > 0 ? kBesideLabel + kTextLine * label : 0.3)));
      if (names > 0) right_ = std::max(right_, names + lines(kBesideTics + 0.3));
      for (const Tic& tic : scales_[p].x.tics) {
        const double half = text_width(tic.text, font_) / 2, at = panel_.width * scales_[p].x.part(tic.at);
        left_ = std::max(left_, half - at + lines(0.2));
        right_ = std::max(right_, at + half - panel_.width + lines(0.2));
      }
    }
    if (arrangement_.key_beside) {
      const double height = wanted_.height ? *wanted_.height - head_ - above_ - lines(0.5) : 1e9;
      key_ = key_beside(picture_, font_, height);
    }
    const double key = arrangement_.key_beside && key_.size.width > 0 ? key_.size.width + lines(kEdge) : 0;
    if (wanted_.width) panel_.width = (*wanted_.width - key) / columns_ - left_ - right_;
    size_.width = wanted_.width.value_or(columns_ * (left_ + panel_.width + right_) + key);
  }

  void set_heights() {
    above_ = lines(kEdge);
    below_ = lines(kEdge);
    for (const Panel& panel : picture_.panels) {
      const auto titles = static_cast<double>(title_lines(panel).size());
      const auto labels = static_cast<double>(below_lines(panel).size());
      const double first = panel.x_above ? kTitleAboveTics : kTitleDistance;
      const double tics = panel.x_above ? 0 : kBelowTics;
      if (titles > 0) above_ = std::max(above_, lines(first + kTextLine * (titles - 1) + 1.2));
      below_ = std::max(below_, lines(tics));
      if (labels > 0) below_ = std::max(below_, below_distance(panel) + lines(kTextLine * (labels - 1) + kBelowLabel));
    }
    const auto title = static_cast<double>(picture_title().size());
    head_ = title > 0 ? lines(kTitleLine + kTextLine * (title - 1) + 0.8) : 0;
    if (!arrangement_.key_beside) key_ = key_below(picture_, font_, size_.width - 2 * lines(kEdge));
    const double key = arrangement_.key_beside || key_.size.height == 0 ? 0 : key_.size.height + lines(1);
    if (wanted_.height) {
      panel_.height = (*wanted_.height - head_ - key) / rows_ - above_ - below_;
    } else {
      panel_.height = natural_height();
    }
    size_.height = head_ + rows_ * (above_ + panel_.height + below_) + key;
    if (arrangement_.key_beside) size_.height = std::max(size_.height, head_ + above_ + key_.size.height + lines(0.5));
    size_.height = wanted_.height.value_or(size_.height);
  }

  /// The preferred height; of panels that are narrower than they would be, less, unless it is for names.
  double natural_height() const {
    const bool names = std::any_of(picture_.panels.begin(), picture_.panels.end(),
                                   [](const Panel& panel) { return !panel.y.names.empty(); });
    const double height = picture_.panel_height, share = panel_.width / picture_.panel_width;
    return names || share >= 1 ? height : std::max(height * share, std::min(height, kLeastNatural));
  }

  const Picture& picture_;
  WantedSize wanted_;
  double font_;
  Arrangement arrangement_;
  double columns_ = 1, rows_ = 1;
  double left_ = 0, right_ = 0, above_ = 0, below_ = 0, head_ = 0;  // around each panel; above all
  PictureSize panel_, size_;
  std::vector<PanelScales> scales_;
  std::vector<std::vector<Tic>> right_names_;
  Key key_;
};

/// The plan with the key beside the panels and as many columns as wished, if it has room, or the next best one.
Plan best_plan(const Picture& picture, const WantedSize& wanted, double font) {
  const Index most = std::min(picture.columns, static_cast<Index>(picture.panels.size()));
  std::optional<Plan> best;
  for (Index columns = most; columns >= 1; --columns) {
    for (const bool beside : {true, false}) {
      const Plan plan(picture, wanted, font, {columns, beside});
      if (!best || plan.comfort() > best->comfort()) best.emplace(plan);
      if (best->comfort() >= 1) return *best;
    }
  }
  return *best;
}

bool has_room(const Plan& plan) { return plan.panel().width >= kLeast && plan.panel().height >= kLeast; }

/// The least side from `low` on that has room, nearly: more is doubled until it has, and then halved.
template <class Room>
double least_side(double low, const Room& room) {
  constexpr double kStep = 10, kMost = 20000;
  double high = low;
  while (!room(high) && high < kMost) high *= 2;
  while (high - low > kStep) {
    const double middle = std::ceil((low + high) / 2);
    (room(middle) ? high : low) = middle;
  }
  return std::ceil(high);
}

WantedSize least_size(const Picture& picture, const WantedSize& wanted, double font) {
  const auto room = [&](const WantedSize& size) { return has_room(best_plan(picture, size, font)); };
  const double width = least_side(wanted.width.value_or(kLeast), [&](double side) { return room({side, {}}); });
  return {width, least_side(wanted.height.value_or(kLeast), [&](double side) { return room({width, side}); })};
}

}  // namespace

Layout::Layout(const Picture& picture, const WantedSize& wanted)
    : font_(wanted.width && *wanted.width < kNarrow ? kSmallFont : kFont) {
  const Plan plan = best_plan(picture, wanted, font_);
  if (!has_room(plan)) {
    const WantedSize least = least_size(picture, wanted, font_);
    throw UsageError("the picture needs --width " + format_number(*least.width) + " and --height " +
                     format_number(*least.height) + " at least");
  }
  size_ = plan.size();
  title_ = plan.title();
  for (Index p = 0; p < static_cast<Index>(picture.panels.size()); ++p) panels_.push_back(plan.placed(p));
  key_ = plan.key();
  std::tie(key_left_, key_top_) = plan.key_corner();
}

PictureSize picture_size(const Picture& picture, const WantedSize& wanted) { return Layout(picture, wanted).size(); }

}  // namespace maha::plot
