#include "cli/pictures/picture_output.hpp"

#include "cli/about.hpp"
#include "core/error.hpp"
#include "core/text/characters.hpp"
#include "core/text/text.hpp"
#include "plot/gnuplot/gnuplot.hpp"
#include "plot/shown_texts.hpp"

namespace maha::cli {
namespace {

constexpr double kMost = 10000;  // of a side: more is a slip of the pen, and takes gnuplot's memory

/// Says what will not be shown as it is.
void say_of(App& app, const plot::Picture& picture, const std::string& source) {
  const std::vector<std::string> others = plot::texts_not_utf8(picture);
  if (!others.empty()) {
    app.warn(source + ": " + in_quotes(others.front()) +
             " is not UTF-8, and is shown with \uFFFD for what is none: "
             "iconv -f latin1 -t UTF-8");
  }
  for (const std::string& text : plot::hidden_on_log_axes(picture)) app.note(source + ": " + text);
}

/// Puts question marks in the place of characters that gnuplot would find no font for, and says so.
void replace_without_font(App& app, plot::Picture& picture, const std::string& path) {
  const std::string unknown = plot::replace_unknown(picture, plot::font_character_sets());
  if (unknown.empty()) return;
  app.warn(path + ": a ? stands for what no font here has, " + in_quotes(unknown) +
           ": install one (for Chinese and Japanese, apt install fonts-noto-cjk), or write .svg");
}

}  // namespace

void PictureOutput::declare(Options& options) {
  options.output(path_, "file to write: .svg, .png or .pdf; - is standard output, as SVG");
  options.flag("--script", script_, "write the gnuplot script with its data instead of the picture");
  options.option("--title", title_, "a line above the picture");
  const std::string side = "of the picture in 1/96 inch (default: as it needs)";
  options.option("--width", width_, side, "W").above(0).at_most(kMost);
  options.option("--height", height_, side, "H").above(0).at_most(kMost);
}

plot::PictureFormat PictureOutput::format() const {
  const std::string name = lower_case(path_);
  if (name == "-" || script_ || name.ends_with(".svg")) return plot::PictureFormat::svg;
  if (name.ends_with(".png")) return plot::PictureFormat::png;
  if (name.ends_with(".pdf")) return plot::PictureFormat::pdf;
  throw UsageError("-o,--output: " + in_quotes(path_) + " ends in none of .svg, .png and .pdf");
}

void PictureOutput::check() const { format(); }

void PictureOutput::write(App& app, plot::Picture picture, const std::string& source) const {
  picture.title = title_;
  say_of(app, picture, source);
  if (format() != plot::PictureFormat::svg) replace_without_font(app, picture, path_);
  const plot::WantedSize size{width_, height_};
  const std::string script = about(source, [&] { return plot::gnuplot_script(picture, size, format()); });
  app.out(path_).write(script_ ? script : plot::run_gnuplot(script, format()));
}

}  // namespace maha::cli
