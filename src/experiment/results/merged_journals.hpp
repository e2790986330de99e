#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/error.hpp"
#include "experiment/results/journal.hpp"

namespace maha::experiment {

/// Cells of a comparison that no journal has. What to say of it: how many, and of which shards.
class CellsMissing : public InputError {
 public:
  CellsMissing(const std::string& what, std::optional<Shard> of, std::string in)
      : InputError(what), shard(of), journal(std::move(in)) {}

  std::optional<Shard> shard;  ///< the first one that has such cells, if any journal is of a shard
  std::string journal;         ///< that its cells are in as far as there are some, or a name for one
};

/// The cells of a comparison from several journals: each from the first one that has its result, or else that has its
/// failure.
class MergedJournals {
 public:
  /// The results must outlive this, and their data be known.
  explicit MergedJournals(const Results& results) : results_(results) {}

  /// Adds what a journal holds. Throws InputError if a cell has another result in a journal before: the cells of a
  /// comparison are the same wherever they are worked out, but for their times.
  void add(const std::string& journal, const JournalCells& cells);

  /// How many cells are there.
  std::size_t size() const { return found_.size(); }

  /// All cells, in the order of the experiment. Throws CellsMissing.
  std::vector<Cell> cells() const;

 private:
  struct Found {
    Cell cell;
    std::string journal;
  };

  void put(const std::string& journal, const Cell& cell);
  [[noreturn]] void refuse(const std::vector<Cell>& missing) const;
  Index usual_count() const;
  std::string journal_for(const Shard& shard) const;

  const Results& results_;
  std::map<std::tuple<Index, Index, Index>, Found> found_;
  std::vector<std::pair<std::string, Shard>> shards_;  // and the journals that say they are of them
  std::vector<std::string> journals_;
};

}  // namespace maha::experiment
