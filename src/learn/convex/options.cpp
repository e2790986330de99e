#include "learn/convex/options.hpp"

#include "core/options/option_list.hpp"

namespace maha::learn::convex {

void declare(OptionList& all, Options& options) {
  all.number("--ridge", options.ridge, "add this times the mean squared distance of rows from their mean").above(0);
  all.number("--tolerance", options.tolerance, "relative gap to the optimum at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
}

}  // namespace maha::learn::convex
