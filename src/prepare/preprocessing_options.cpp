#include "prepare/preprocessing_options.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::prepare {

void declare(OptionList& all, PreprocessingOptions& options) {
  all.choice("--scale", options.scale, kScaleWords,
             "scale the features of the training rows first; the model is over the raw features all the same")
      .unrecorded();
  all.flag(
      "--standardize",
      [&options] {
        if (options.scale == Scale::minmax) throw UsageError("--standardize and --scale minmax contradict each other");
        options.scale = Scale::zscore;
      },
      "short for --scale zscore (divisor n)");
  declare(all, options.kernel);
  const auto set_pca = [&options](const std::string& text) {
    const Index count = whole_number(text).value_or(0);
    if (count < 1) throw UsageError("--pca: " + in_quotes(text) + " is not a whole number from 1");
    options.pca = count;
  };
  all.custom("--pca", "then keep the first R principal components", "R", set_pca, [] { return std::nullopt; })
      .taking(Takes::whole);
}

void check(const PreprocessingOptions& options) { check(options.kernel); }

}  // namespace maha::prepare
