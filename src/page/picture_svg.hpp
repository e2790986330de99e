#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha::page {

/// A picture of lines, spans and ranges as SVG within HTML, `width` in CSS pixels, in the page's colours by classes:
/// `title` is its name and `description` what it shows, for those who do not see it. `id`: another one for each. A
/// range says its name and figure under the pointer.
std::string picture_svg(const plot::Picture& picture, double width, const std::string& id, const std::string& title,
                        const std::string& description, const std::string& kind = "");

}  // namespace maha::page
