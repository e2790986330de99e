#include "io/temporary_file.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <random>

namespace maha::io {
namespace {

/// The names for the signal handler, which cannot be passed anything. No tool writes so many files at a time; if one
/// did, a signal would leave the surplus ones behind.
std::array<std::atomic<const char*>, 16> in_use{};

void exchange(const char* wanted, const char* other) {
  for (auto& slot : in_use) {
    const char* found = wanted;
    if (slot.compare_exchange_strong(found, other)) return;
  }
}

std::string random_name() {
  constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz012345";
  std::random_device device;
  std::string name;
  for (int i = 0; i < 12; ++i) name += kLetters[device() % 32];
  return name;
}

}  // namespace

TemporaryFile::TemporaryFile(const std::string& folder) : path_(folder + "/.maha-" + random_name() + ".tmp") {
  exchange(nullptr, path_.c_str());
}

TemporaryFile::~TemporaryFile() {
  if (ours_) ::unlink(path_.c_str());
  release();
}

void TemporaryFile::release() {
  if (ours_) exchange(path_.c_str(), nullptr);
  ours_ = false;
}

void remove_temporary_files() {
  for (const auto& slot : in_use) {
    if (const char* const path = slot.load()) ::unlink(path);
  }
}

}  // namespace maha::io
