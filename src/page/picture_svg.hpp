#pragma once

#include <string>

#include "plot/picture.hpp"

namespace maha::page {

/// A picture of marks, lines, spans and ranges as SVG within HTML, `width` in CSS pixels, in the page's colours by classes:
/// `title` is its name and `description` what it shows, for those who do not see it. `id`: another one for each. A
/// range says its name and figure under the pointer, and a mark what its row is called. It has no key.
std::string picture_svg(const plot::Picture& picture, double width, const std::string& id, const std::string& title,
                        const std::string& description, const std::string& kind = "");

/// For a key: the mark of a class by its style, and those of quantities from the lowest to the highest.
std::string class_sample(std::size_t style);
std::string shades_sample();

}  // namespace maha::page
