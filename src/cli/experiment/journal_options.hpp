#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "experiment/results/journal_file.hpp"

namespace maha::cli {

/// The journal of a comparison, the shard of it that a run is to work out, and the journals that it is put together of.
class JournalOptions {
 public:
  /// Declares --journal, --shard and --merge.
  explicit JournalOptions(App& app);

  /// Throws UsageError for what does not go together, or has no use.
  void check() const;

  const std::optional<std::string>& journal() const { return journal_; }
  const std::optional<experiment::Shard>& shard() const { return shard_; }
  bool merges() const { return !merged_.empty(); }

  /// Reads the journals of --merge. Throws InputError naming the first file that is none.
  std::vector<experiment::JournalText> read_merged() const;

 private:
  App& app_;
  std::optional<std::string> journal_;
  std::optional<experiment::Shard> shard_;
  std::vector<std::string> merged_;
};

}  // namespace maha::cli
