#include "learn/covariance/options.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "learn/learner.hpp"

namespace maha::learn::covariance {
namespace {

/// Throws UsageError where `robust` meets an option that it has no sense with, or another that needs it does not.
void check_robust(const CovarianceOptions& options) {
  const auto refuse = [](bool given, const std::string& name, const std::string& why) {
    if (given) throw UsageError(name + ": " + why);
  };
  if (!options.robust) {
    refuse(options.support.has_value(), "--support", "goes with --robust");
    refuse(options.starts.has_value(), "--starts", "goes with --robust");
    return;
  }
  const std::string not_with = "does not go with --robust, whose covariance is that of chosen rows";
  refuse(options.within, "--within", not_with);
  refuse(options.unbiased, "--unbiased", not_with + " and has a factor of its own");
  refuse(options.shrinkage != Shrinkage::none, "--shrinkage", not_with);
  refuse(options.ridge > 0, "--ridge", not_with);
}

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
      .taking(Takes::number)
      .recorded_after("ridge");
  all.number("--ridge", options.ridge, "add this multiple of the mean variance to each variance")
      .at_least(0)
      .recorded_if_changed();
  all.flag("--pseudo-inverse", options.pseudo_inverse,
           "no warning where a singular covariance gets its pseudo-inverse");
  all.flag(
      "--robust", options.robust,
      "minimum covariance determinant: of the half of the rows that vary least, so that outliers have no part in it");
  all.number("--support", options.support,
             "with --robust: of this share of the rows, 0.5 to 1, in place of half (default: (n + d + 1) / 2 rows)")
      .within(0.5, 1);
  all.number("--starts", options.starts,
             "with --robust: random starts of the search, beside six that are not random (default: 100)")
      .at_least(0);
}

void check(const CovarianceOptions& options) {
  check_ranges(options);
  if (!is_weight(options.weight)) throw UsageError("--shrinkage: must lie in [0, 1]");
  check_robust(options);
}

void describe(Hooks& hooks, CovarianceOptions& options) {
  hooks.labels_asked = [&options] { return options.within; };
  hooks.asks_labels = "--within";
  hooks.writes_scatters = true;
  hooks.needs_rows = [&options]() -> std::string {
    if (options.robust) return "--robust";
    return options.shrinkage == Shrinkage::ledoit_wolf ? "--shrinkage ledoit-wolf" : "";
  };
  hooks.examples = {"maha-cov datasets/wine.csv -o cov.json",
                    "maha-cov --within --shrinkage ledoit-wolf --standardize datasets/wdbc.csv -o within.json",
                    "maha-cov --robust datasets/iris.csv | maha-distance --to center -m - datasets/iris.csv | head -3",
                    "cut -d, -f1-5 datasets/wine.csv | maha-cov --unlabeled > cov.json"};
}

}  // namespace maha::learn::covariance
