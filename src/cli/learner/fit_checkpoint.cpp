#include "cli/learner/fit_checkpoint.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "cli/about.hpp"
#include "cli/installation.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/input.hpp"

namespace maha::cli {
namespace {

constexpr double kUsualSeconds = 60;  // the most that is lost to a power cut, and rarely felt

// What may differ between a fit and the one that goes on: when to stop, what is told, and where it is written.
constexpr const char* kFree[] = {"--max-iterations", "--max-seconds",
                                 "--epochs",         "--require-converged",
                                 "--checkpoint",     "--checkpoint-seconds",
                                 "--output",         "--trace",
                                 "--threads",        "--quiet",
                                 "--verbose"};

/// The options that the fit depends on, in the order of their declaration. A file counts by what is in it.
std::string options_of(const App& app) {
  std::string text;
  for (const auto& [name, values, is_file] : app.settings()) {
    if (std::find(std::begin(kFree), std::end(kFree), name) != std::end(kFree)) continue;
    text += (text.empty() ? "" : " ") + name;
    for (const std::string& value : values) text += is_file ? "" : " " + shell_word(value);
  }
  return printable(text);
}

std::string or_none(const std::string& options) { return options.empty() ? "none" : options; }

}  // namespace

FitCheckpoint::FitCheckpoint(App& app) : app_(app) {
  app.appended("--checkpoint", path_,
               "keep the state of the fit there; if it is killed or stopped, the same command goes on from it");
  app.option("--checkpoint-seconds", seconds_, "with --checkpoint: how often; 0 is at each iteration (default: 60)",
             "SECONDS")
      .at_least(0);
}

void FitCheckpoint::prepare() {
  if (!path_) {
    if (seconds_) throw UsageError("--checkpoint-seconds: goes with --checkpoint FILE");
    return;
  }
  namespace fs = std::filesystem;
  std::error_code none;
  bool there = fs::exists(*path_, none);
  if (*path_ == "-" || (there && !fs::is_regular_file(*path_, none) && !fs::is_directory(*path_, none)))
    throw UsageError("--checkpoint: " + io::input_name(*path_) + " is no file that can be replaced");
  std::string text;  // of several ranks, all go on from what the first has
  if (app_.ranks().is_first()) {
    io::Output may_be_written(*path_);
    if (there) text = io::read_all(*path_);
  }
  app_.ranks().broadcast(&there, 1, 0);
  app_.ranks().broadcast(text, 0);
  file_ = {version(), app_.name(), options_of(app_), "", ""};
  if (!there) return;
  about(*path_, [&] {
    data::CheckpointFile found = data::parse_checkpoint(text);
    if (found.tool != file_.tool) throw InputError("is a checkpoint of " + found.tool);
    if (found.maha != file_.maha)
      throw InputError("is a checkpoint of maha " + found.maha + ", and this is " + file_.maha);
    if (found.options != file_.options) {
      throw InputError("is the checkpoint of a fit with other options: " + or_none(found.options) + "; and not " +
                       or_none(file_.options));
    }
    found_ = std::move(found);
  });
}

Checkpoint& FitCheckpoint::open(const std::string& data) {
  file_.data = data;
  std::string state;
  if (found_) {
    if (found_->data != data) throw InputError(*path_ + ": is the checkpoint of a fit to other data");
    state = std::move(found_->state);
    written_ = true;
  }
  const auto hand_on = [this](const std::string& newest) { write(newest); };
  checkpoint_ = about(*path_, [&] {
    return std::make_unique<Checkpoint>(std::move(state), seconds_.value_or(kUsualSeconds), hand_on);
  });
  return *checkpoint_;
}

/// A disk that is full does not end a fit of hours: it goes on, and the file stays as it is.
void FitCheckpoint::write(const std::string& state) {
  if (!app_.ranks().is_first()) return;
  try {
    io::Output out(*path_);
    data::write_checkpoint(out, file_, state);
    out.commit();
    written_ = true;
    failed_ = false;
  } catch (const InputError& e) {
    if (!std::exchange(failed_, true)) app_.warn(std::string(e.what()) + "; the fit goes on without a new checkpoint");
  }
}

void FitCheckpoint::keep(bool at_limit) {
  if (!checkpoint_) return;
  checkpoint_->finish();
  if (written_) {
    app_.note(*path_ + " keeps the state of the fit: the same command" + (at_limit ? ", with a larger limit," : "") +
              " goes on from there");
  }
}

void FitCheckpoint::remove() {
  if (written_ && app_.ranks().is_first()) ::unlink(path_->c_str());
}

}  // namespace maha::cli
