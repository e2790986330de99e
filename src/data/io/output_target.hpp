#pragma once

#include <string>

namespace maha {

/// Where the path of an output leads when all links have been followed: to a descriptor that this process has, as
/// those of "-", /dev/stdout and /dev/fd/3, or else to a file, which may be yet to come.
struct OutputTarget {
  int descriptor = -1;  ///< -1: there is a path
  std::string path;
};

/// Follows a path; where that fails, because of a missing folder or a loop, the path that is left fails as well.
OutputTarget output_target(const std::string& path);

/// Whether two outputs have one target, by whatever names, so that one would overwrite the other or mix with it. Both
/// may go to /dev/null.
bool same_target(const std::string& a, const std::string& b);

}  // namespace maha
