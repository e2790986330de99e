#pragma once

#include <cstddef>
#include <string_view>

namespace maha {

/// The length of the byte order mark of UTF-8 that a file's text may begin with: 3, or 0 if there is none.
inline std::size_t byte_order_mark(std::string_view text) { return text.starts_with("\xef\xbb\xbf") ? 3 : 0; }

}  // namespace maha
