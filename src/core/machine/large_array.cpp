#include "core/machine/large_array.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

namespace maha {
namespace {

constexpr std::size_t kPage = std::size_t{2} << 20;  // bytes of a large page of x86-64
constexpr std::size_t kWorthIt = kPage / 2;          // below it most of a large page would be wasted
constexpr std::align_val_t kAlign{64};               // a cache line, and the widest register

std::uintptr_t round_up(std::uintptr_t address) { return (address + kPage - 1) / kPage * kPage; }

/// Memory from the system, aligned to a large page.
void* map(std::size_t bytes) {
  void* all = mmap(nullptr, bytes + kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) throw std::bad_alloc();
  const auto begin = reinterpret_cast<std::uintptr_t>(all), aligned = round_up(begin);
  if (aligned > begin) munmap(all, aligned - begin);
  if (aligned < begin + kPage) munmap(reinterpret_cast<void*>(aligned + bytes), begin + kPage - aligned);
  return reinterpret_cast<void*>(aligned);
}

}  // namespace

void want_large_pages(void* begin, std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t first = round_up(address), end = (address + bytes) / kPage * kPage;
  if (first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
#else
  static_cast<void>(begin), static_cast<void>(bytes);
#endif
}

LargeMemory::LargeMemory(std::size_t bytes) {
  if (bytes == 0) return;
  if (bytes < kWorthIt) {
    begin_ = ::operator new(bytes, kAlign);
    std::memset(begin_, 0, bytes);
    return;
  }
  mapped_ = round_up(bytes);
  begin_ = map(mapped_);
  want_large_pages(begin_, mapped_);
}

LargeMemory::~LargeMemory() {
  if (mapped_ > 0) {
    munmap(begin_, mapped_);
  } else {
    ::operator delete(begin_, kAlign);
  }
}

}  // namespace maha
