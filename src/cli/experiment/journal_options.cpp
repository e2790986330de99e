#include "cli/experiment/journal_options.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace maha::cli {
namespace {

/// Throws UsageError if one of these options is given.
void refuse_given(const App& app, const std::vector<std::string>& options, const std::string& why) {
  for (const std::string& name : app.given()) {
    if (std::find(options.begin(), options.end(), name) != options.end()) throw UsageError(name + why);
  }
}

}  // namespace

JournalOptions::JournalOptions(App& app) : app_(app) {
  app.appended("--journal", journal_, "append each finished run to this file, and take from it those that it has");
  app.custom("--shard", "work out only the runs that are dealt to shard I of N, for the journal; --merge shows results",
             "I/N", [this](const std::string& text) {
               try {
                 shard_ = experiment::shard_from(text);
               } catch (const UsageError& e) {
                 throw UsageError(std::string("--shard: ") + e.what());
               }
             });
  app.inputs("--merge", merged_,
             "take all runs from these journals, and fit none; the options and data sets of the shards go before it",
             "JOURNAL...");
}

void JournalOptions::check() const {
  if (journal_ == "-") throw UsageError("--journal: standard output takes the result; name a file");
  if (shard_) {
    refuse_given(app_, {"--output", "--format", "--times", "--best"},
                 " does not go with --shard: results are of all shards, by --merge");
    if (!journal_ && !merges()) throw UsageError("--shard: add --journal FILE, all that a shard writes");
  }
  if (merges()) refuse_given(app_, {"--journal", "--shard"}, " does not go with --merge, which works nothing out");
}

/// Before the data: a file of data that stands behind --merge is read as a journal, and its data set would be wanting.
std::vector<experiment::JournalText> JournalOptions::read_merged() const {
  std::vector<experiment::JournalText> journals;
  for (const std::string& path : merged_) {
    app_.about_to_read(path);
    try {
      journals.push_back(experiment::read_journal(path));
    } catch (const InputError& e) {
      const std::string what = e.what();
      throw InputError(what + (what.ends_with("is no journal") ? "; data sets go before --merge JOURNAL..." : ""));
    }
  }
  return journals;
}

}  // namespace maha::cli
