#include "io/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

#include "core/error.hpp"

namespace maha::io {
namespace {

/// For the signal handler, which cannot be passed anything. What finds no place here is not mapped.
std::array<std::atomic<const MappedFile*>, 16> mapped{};

std::mutex cut_mutex;
std::string cut_file;  // that was cut short before it was unmapped

bool replaced(const MappedFile* wanted, const MappedFile* other) {
  for (auto& slot : mapped) {
    const MappedFile* found = wanted;
    if (slot.compare_exchange_strong(found, other)) return true;
  }
  return false;
}

}  // namespace

MappedFile::MappedFile(int descriptor, const std::string& name, const char* begin, std::size_t size)
    : descriptor_(descriptor), name_(name), begin_(begin), size_(size) {}

std::shared_ptr<const MappedFile> MappedFile::of(int descriptor, const std::string& name) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return nullptr;
  const auto size = static_cast<std::size_t>(status.st_size);
  const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (own < 0) return nullptr;
  void* const begin = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, own, 0);
  if (begin == MAP_FAILED) {
    ::close(own);
    return nullptr;
  }
  std::shared_ptr<const MappedFile> file(new MappedFile(own, name, static_cast<const char*>(begin), size));
  return replaced(nullptr, file.get()) ? file : nullptr;
}

MappedFile::~MappedFile() {
  replaced(this, nullptr);
  if (is_cut()) {
    const std::lock_guard lock(cut_mutex);
    cut_file = name_;
  }
  ::munmap(const_cast<char*>(begin_), size_);
  ::close(descriptor_);
}

bool MappedFile::is_cut() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 && static_cast<std::size_t>(status.st_size) < size_;
}

const MappedFile* mapped_file_at(const void* address) {
  const auto* const at = static_cast<const char*>(address);
  for (const auto& slot : mapped) {
    const MappedFile* const file = slot.load();
    if (file && !std::less<>()(at, file->begin()) && std::less<>()(at, file->begin() + file->size())) return file;
  }
  return nullptr;
}

void require_whole_files() {
  const std::lock_guard lock(cut_mutex);
  for (const auto& slot : mapped) {
    const MappedFile* const file = slot.load();
    if (file && file->is_cut()) cut_file = file->name();
  }
  if (!cut_file.empty()) throw InputError(std::exchange(cut_file, "") + kCutShort);
}

}  // namespace maha::io
