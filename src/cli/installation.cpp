#include "cli/installation.hpp"

#include <cctype>
#include <filesystem>
#include <string_view>

namespace maha::cli {

namespace fs = std::filesystem;

const char* version() { return MAHA_VERSION; }

std::optional<std::string> installed_datasets() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return std::nullopt;
  const fs::path folder = (program.parent_path() / MAHA_DATASETS_FROM_TOOLS).lexically_normal();
  return fs::is_directory(folder, failed) ? std::optional(folder.string()) : std::nullopt;
}

std::string shell_word(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) || std::string_view("/._-+,:@%=").find(static_cast<char>(c)) != std::string_view::npos;
  };
  std::string quoted = "'";
  bool all_plain = !text.empty();
  for (const char c : text) {
    all_plain = all_plain && plain(static_cast<unsigned char>(c));
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return all_plain ? text : quoted + "'";
}

}  // namespace maha::cli
