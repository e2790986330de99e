#pragma once

namespace maha::cli {

/// Exit statuses of errors: of data, models, files and the system; and of a command line.
inline constexpr int kBadData = 1, kBadUsage = 2;

}  // namespace maha::cli
