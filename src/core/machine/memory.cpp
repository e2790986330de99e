#include "core/machine/memory.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"

namespace maha {
namespace {

std::string gigabytes(double bytes) { return std::to_string(std::llround(std::ceil(bytes / 1e9))) + " GB"; }

}  // namespace

double memory_at_hand() {
  struct sysinfo machine {};
  if (sysinfo(&machine) != 0) return std::numeric_limits<double>::infinity();
  double most = static_cast<double>(machine.totalram) * machine.mem_unit;
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit{};
    if (getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
      most = std::min(most, static_cast<double>(limit.rlim_cur));
  }
  return most;
}

void require_memory(double bytes, const std::string& what) {
  const double most = memory_at_hand();
  if (bytes > most) {
    throw InputError(what + " needs " + gigabytes(bytes) + " of memory, and there are " +
                     std::to_string(static_cast<long>(most / 1e9)) + " GB");
  }
}

void keep_freed_memory() {
#ifdef __GLIBC__  // the limits that glibc's own adjustment can reach, depending on what a program frees
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

}  // namespace maha
