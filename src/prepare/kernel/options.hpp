#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/types.hpp"
#include "metric/network/kernel_map.hpp"

namespace maha {
class OptionList;
}  // namespace maha

namespace maha::prepare {

using metric::Kernel;
using metric::kKernelWords;

/// The kernel whose features are learned from in place of the rows' own. What is unset has its default.
struct KernelOptions {
  Kernel kernel = Kernel::none;
  std::optional<double> bandwidth{};    ///< h > 0; default: the median distance of a sample of rows
  std::optional<Index> degree{};        ///< p >= 1, of a polynomial; default: kDegree
  std::optional<double> offset{};       ///< c >= 0, of a polynomial; default: kOffset
  std::optional<Index> landmarks{};     ///< at most so many rows to compare with, >= 2; default: all
  std::optional<std::uint64_t> seed{};  ///< of the landmarks and of the sample; default: kSeed

  static constexpr Index kDegree = 3;
  static constexpr double kOffset = 1;
  static constexpr std::uint64_t kSeed = 1;

  bool any() const { return kernel != Kernel::none; }
};

/// Declares --kernel, --bandwidth, --degree, --offset, --landmarks and --kernel-seed.
void declare(OptionList& all, KernelOptions& options);

/// Whether a kernel has a use for the option of that long name; for one that is not declared here, true.
bool has_use_for(Kernel kernel, const std::string& option);

/// Throws UsageError for a number out of range, and one that the kernel has no use for.
void check(const KernelOptions& options);

}  // namespace maha::prepare
