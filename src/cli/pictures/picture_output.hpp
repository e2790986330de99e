#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "plot/picture.hpp"

namespace maha::cli {

/// Shared by all commands that draw: -o, --script, --title, --width and --height, and the drawing itself.
class PictureOutput {
 public:
  /// Declares the options for a command; all commands share their values.
  void declare(Options& options);

  /// To be called before anything is read. Throws UsageError for a file extension that is not of a picture.
  void check() const;

  /// Draws with gnuplot, or writes the script that would, and says what cannot be shown as it is. `source`: the files
  /// drawn, which messages name.
  void write(App& app, plot::Picture picture, const std::string& source) const;

 private:
  plot::PictureFormat format() const;

  std::string path_ = "-", title_;
  std::optional<double> width_, height_;
  bool script_ = false;
};

}  // namespace maha::cli
