#include "prepare/kernel/options.hpp"

#include <utility>

#include "core/error.hpp"
#include "core/options/option_list.hpp"

namespace maha::prepare {

void declare(OptionList& all, KernelOptions& options) {
  all.choice("--kernel", options.kernel, kKernelWords,
             "then learn from the features of this kernel, in which the model is not linear any more")
      .recorded_if_changed();
  all.number("--bandwidth", options.bandwidth,
             "of the kernel: the distance that it takes for its unit (default: the median one, of a sample)")
      .above(0);
  all.number("--degree", options.degree, "of a polynomial kernel (default: 3)").at_least(1);
  all.number("--offset", options.offset, "of a polynomial kernel: what is added before its power (default: 1)")
      .at_least(0);
  all.number("--landmarks", options.landmarks,
             "let the kernel compare with at most M training rows, drawn at random (default: all)", "M")
      .at_least(2);
  all.number("--kernel-seed", options.seed, "of that draw and of the sample (default: 1)", "SEED");
}

bool has_use_for(Kernel kernel, const std::string& option) {
  if (option == "degree" || option == "offset") return kernel == Kernel::polynomial;
  if (option == "bandwidth" || option == "landmarks" || option == "kernel-seed") return kernel != Kernel::none;
  return true;
}

void check(const KernelOptions& options) {
  check_ranges(options);
  const std::pair<const char*, bool> given[] = {{"bandwidth", options.bandwidth.has_value()},
                                                {"degree", options.degree.has_value()},
                                                {"offset", options.offset.has_value()},
                                                {"landmarks", options.landmarks.has_value()},
                                                {"kernel-seed", options.seed.has_value()}};
  for (const auto& [option, is_given] : given) {
    if (!is_given || has_use_for(options.kernel, option)) continue;
    const bool any_kernel = has_use_for(Kernel::rbf, option);
    throw UsageError("--" + std::string(option) + " goes with --kernel" + (any_kernel ? "" : " polynomial"));
  }
}

}  // namespace maha::prepare
