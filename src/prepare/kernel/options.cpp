#include "prepare/kernel/options.hpp"

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

void check(const KernelOptions& options) {
  check_ranges(options);
  const bool polynomial = options.kernel == Kernel::polynomial;
  const auto want = [](bool fine, const char* option, const char* with) {
    if (!fine) throw UsageError(std::string(option) + " goes with --kernel" + with);
  };
  want(options.any() || !options.bandwidth, "--bandwidth", "");
  want(polynomial || !options.degree, "--degree", " polynomial");
  want(polynomial || !options.offset, "--offset", " polynomial");
  want(options.any() || !options.landmarks, "--landmarks", "");
  want(options.any() || !options.seed, "--kernel-seed", "");
}

}  // namespace maha::prepare
