#include "learn/covariance/options.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "learn/learner.hpp"

namespace maha::learn::covariance {
namespace {

bool is_weight(double value) { return value >= 0 && value <= 1; }

/// Reads the name of a formula, or the weight itself.
void set_shrinkage(CovarianceOptions& options, const std::string& text) {
  options.shrinkage = text == "ledoit-wolf" ? Shrinkage::ledoit_wolf
                      : text == "oas"       ? Shrinkage::oas
                                            : Shrinkage::fixed;
  if (options.shrinkage != Shrinkage::fixed) return;
  if (!parse_number(text, options.weight) || !is_weight(options.weight)) {
    throw UsageError("--shrinkage: " + in_quotes(text) + " is none of ledoit-wolf|oas, and no number from 0 to 1");
  }
}

Option::Value shrinkage(const CovarianceOptions& options) {
  if (options.shrinkage == Shrinkage::none) return std::nullopt;
  if (options.shrinkage == Shrinkage::fixed) return options.weight;
  return std::string(options.shrinkage == Shrinkage::oas ? "oas" : "ledoit-wolf");
}

}  // namespace

void declare(OptionList& all, CovarianceOptions& options) {
  all.flag("--within", options.within, "covariance within classes, each row about the mean of its class");
  all.flag("--unbiased", options.unbiased, "divide by n - 1, within classes by n - classes (default: by n)");
  all.custom(
         "--shrinkage", "shrink towards a multiple of the identity, by a formula or by this weight",
         "ledoit-wolf|oas|VALUE", [&options](const std::string& text) { set_shrinkage(options, text); },
         [&options] { return shrinkage(options); })
      .recorded_after("ridge");
  all.number("--ridge", options.ridge, "add this multiple of the mean variance to each variance")
      .at_least(0)
      .recorded_if_changed();
  all.flag("--pseudo-inverse", options.pseudo_inverse,
           "no warning where a singular covariance gets its pseudo-inverse");
}

void check(const CovarianceOptions& options) {
  check_ranges(options);
  if (!is_weight(options.weight)) throw UsageError("--shrinkage: must lie in [0, 1]");
}

void describe(Hooks& hooks, CovarianceOptions& options) {
  hooks.labels_asked = [&options] { return options.within; };
  hooks.asks_labels = "--within";
  hooks.examples = {"maha-cov datasets/wine.csv -o cov.json",
                    "maha-cov --within --shrinkage ledoit-wolf --standardize datasets/wdbc.csv -o within.json",
                    "cut -d, -f1-5 datasets/wine.csv | maha-cov --unlabeled > cov.json"};
}

}  // namespace maha::learn::covariance
