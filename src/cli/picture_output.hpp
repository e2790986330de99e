#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "plot/picture.hpp"

namespace maha::cli {

/// What every command that draws has: -o, --script, --title, --width and --height, and the drawing.
class PictureOutput {
 public:
  /// Declares the options for a command; all commands share their values.
  void declare(Options& options);

  /// To be asked before anything is read. Throws UsageError for a file whose ending is that of no picture.
  void check() const;

  /// Draws with gnuplot, or writes the script that does. `source`: the files with what is drawn; a value that is too
  /// large for a picture is told with them.
  void write(App& app, Picture picture, const std::string& source) const;

 private:
  PictureFormat format() const;

  std::string path_ = "-", title_;
  std::optional<double> width_, height_;
  bool script_ = false;
};

}  // namespace maha::cli
