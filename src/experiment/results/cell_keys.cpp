#include "experiment/results/cell_keys.hpp"

#include "experiment/experiment_json.hpp"

namespace maha::experiment {

io::Json settings_of(const Results& results, const std::string& spec) {
  io::Json settings = io::parse_json(format_protocol(results.experiment.protocol));
  for (const char* key : {"folds", "test", "repeats"}) settings.erase(key);
  const bool to_choose = spec.find('|') != std::string::npos || results.experiment.protocol.ks.size() > 1;
  if (!to_choose) settings.erase("inner_folds");
  return settings;
}

std::string cell_key(const std::string& split, const std::string& spec, const io::Json& settings) {
  return split + "\n" + spec + "\n" + io::dump_replacing(settings);
}

CellKeys::CellKeys(const Results& results) : results_(results) {
  for (const AlgorithmChoice& algorithm : results.experiment.algorithms) {
    settings_.push_back(settings_of(results, algorithm.spec));
  }
}

std::string CellKeys::of(const Cell& cell) const {
  return cell_key(results_.run_of(cell).checksum, results_.algorithm_of(cell).spec,
                  settings_[static_cast<std::size_t>(cell.algorithm)]);
}

}  // namespace maha::experiment
