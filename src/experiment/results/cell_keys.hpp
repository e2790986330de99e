#pragma once

#include <string>
#include <vector>

#include "experiment/results/results.hpp"
#include "io/json.hpp"

namespace maha::experiment {

/// What the protocol has to do with the result of a cell of this spec: not how many others there are.
io::Json settings_of(const Results& results, const std::string& spec);

/// What a cell is known by, in journals and where shards are dealt: by all that its result depends on. `split`: the
/// checksum of the data, their names, and which rows are tested; `spec` as it is written.
std::string cell_key(const std::string& split, const std::string& spec, const io::Json& settings);

/// The keys of a comparison's cells. Those of equal data, or equal specs, are the same.
class CellKeys {
 public:
  explicit CellKeys(const Results& results);
  std::string of(const Cell& cell) const;

 private:
  const Results& results_;
  std::vector<io::Json> settings_;  // of each algorithm
};

}  // namespace maha::experiment
