#include "cli/start_from.hpp"

#include "core/error.hpp"

namespace maha::cli {

void start_from(const Model& init, const Preprocessing& prepared, bool with_its_widths, TrainingOptions& options) {
  if (init.network()) {
    options.init = prepared.unfold(*init.network());
  } else {
    const Matrix L = prepared.unfold(init.linear()).factor();
    if (L.rows() == 0)
      throw UsageError("--init: " + init.source + ": the metric is 0, from where no gradient leads away");
    options.init = Network({{L, Vector::Zero(L.rows()), Activation::linear}});
  }
  if (!with_its_widths) return;
  options.layers.clear();
  for (const Layer& layer : options.init->layers()) options.layers.push_back(layer.weights.rows());
}

}  // namespace maha::cli
