#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "cli/options.hpp"
#include "core/parallel.hpp"

namespace maha::cli {

/// Ends a tool with this exit status; thrown by a body that has written all it has to.
struct Exit {
  int status = 0;
};

/// A tool: its options, what it says on standard error, and how errors become exit statuses.
class App : public Options {
 public:
  /// `description` is the first line of the help.
  App(const std::string& name, const std::string& description);
  ~App();

  /// Adds a command, as `show` in `maha-model show`; run() then wants one of them and carries out its action.
  Options& command(const std::string& name, const std::string& description, std::function<void()> action);

  /// Parses the command line and carries out `body`. Returns the exit status: 0; 1 for an InputError; 2 for a
  /// UsageError or a command line that does not parse; what an Exit says. A closed output pipe is 0.
  int run(int argc, char** argv, const std::function<void()>& body = {});

  const std::string& name() const { return name_; }

  /// `-j`, else MAHA_THREADS, else OMP_NUM_THREADS, else the processors this process may use.
  const Threads& threads();

  /// `maha-knn: warning: ...` on standard error.
  void warn(const std::string& text) const;
  /// The same as a note, which --quiet silences.
  void note(const std::string& text) const;
  /// The same only with --verbose.
  void detail(const std::string& text) const;

  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }

  /// Refuses standard input for more than one of the files that are going to be read, before any is.
  void check_inputs(const std::vector<std::string>& paths) const;

  /// To be asked before `path` is read: refuses a terminal, and standard input for a second time.
  void about_to_read(const std::string& path);

 private:
  App(const std::string& name, std::unique_ptr<CLI::App> parser);
  void say(const std::string& text) const;
  int thread_count() const;
  bool wants_command() const;

  std::string name_;
  std::unique_ptr<CLI::App> parser_;
  std::deque<Options> commands_;
  std::optional<int> jobs_;
  std::optional<Threads> threads_;
  bool quiet_ = false, verbose_ = false, stdin_taken_ = false;
};

}  // namespace maha::cli
