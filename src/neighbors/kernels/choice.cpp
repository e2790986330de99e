#include "neighbors/kernels/choice.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace maha::neighbors {
namespace {

struct Offer {
  std::string_view name;
  const TileKernel* kernel;  ///< nullptr if this processor cannot run it
};

/// All kernels, fastest last; each needs whatever those before it need.
std::vector<Offer> offers() {
#if defined(__x86_64__)
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f");
  const bool has_vnni = has_avx512 && __builtin_cpu_supports("avx512vnni");
  const TileKernel* const avx2 = has_avx2 ? &tile_kernels::avx2 : nullptr;
  const TileKernel* const avx512 = has_avx512 ? &tile_kernels::avx512 : nullptr;
  const TileKernel* const vnni = has_vnni ? &tile_kernels::vnni : nullptr;
#else
  const TileKernel *const avx2 = nullptr, *const avx512 = nullptr, *const vnni = nullptr;
#endif
  return {{"portable", &tile_kernels::portable}, {"avx2", avx2}, {"avx512", avx512}, {"vnni", vnni}};
}

/// "portable, avx2, vnni": the names of all, or of those that run here.
std::string names(bool only_here) {
  std::string list;
  for (const Offer& offer : offers()) {
    if (only_here && !offer.kernel) continue;
    list += (list.empty() ? "" : ", ") + std::string(offer.name);
  }
  return list;
}

}  // namespace

std::vector<const TileKernel*> kernels_here() {
  std::vector<const TileKernel*> here;
  for (const Offer& offer : offers()) {
    if (offer.kernel) here.push_back(offer.kernel);
  }
  return here;
}

const TileKernel& kernel_named(std::string_view name) {
  if (name.empty()) return *kernels_here().back();
  const std::vector<Offer> all = offers();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Offer& offer) { return offer.name == name; });
  if (found == all.end()) {
    throw UsageError("MAHA_KERNEL: " + in_quotes(name) + " is no kernel; there are " + names(false));
  }
  if (!found->kernel) {
    throw UsageError("MAHA_KERNEL: this processor does not run " + in_quotes(name) + ", only " + names(true));
  }
  return *found->kernel;
}

const TileKernel& kernel_asked_for() {
  const char* const name = std::getenv("MAHA_KERNEL");
  return kernel_named(name ? name : "");
}

}  // namespace maha::neighbors
