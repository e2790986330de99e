#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cli/options.hpp"
#include "core/parallel.hpp"
#include "data/io/output.hpp"

namespace maha::cli {

/// Ends a tool with this exit status. What has not been committed by then is not written.
struct Exit {
  int status = 0;
};

/// A tool: its options, the files it writes, what it says on standard error, and how errors become exit statuses.
class App : public Options {
 public:
  /// `description` is the first line of the help.
  App(const std::string& name, const std::string& description);
  ~App();

  /// Adds a command, as `show` in `maha-model show`; run() then wants one of them and carries out its action.
  Options& command(const std::string& name, const std::string& description, std::function<void()> action);

  /// Parses the command line, carries out `body` and commits what it wrote. Returns the exit status: 0; 1 for an
  /// InputError; 2 for a UsageError or a command line that does not parse; what an Exit says. A closed output pipe is
  /// 0.
  int run(int argc, char** argv, const std::function<void()>& body = {});

  const std::string& name() const { return name_; }

  /// `-j`, else MAHA_THREADS, else OMP_NUM_THREADS, else the processors this process may use.
  const Threads& threads();

  /// The file, or standard output, that an output option names. All of them are opened at once, when the first input is
  /// about to be read or this is called: what the command line shows to be wrong has been refused by then, and no work
  /// has been done for a file that cannot be written.
  Output& out(const std::string& path);

  /// Lets all outputs appear, or none: for a body that goes on to throw an Exit.
  void commit();

  /// `maha-knn: warning: ...` on standard error.
  void warn(const std::string& text) const;
  /// The same as a note, which --quiet silences.
  void note(const std::string& text) const;
  /// The same only with --verbose.
  void detail(const std::string& text) const;

  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }

  /// Refuses standard input, or another pipe, for more than one of the files that are going to be read, before any is.
  /// run() asks this of all that input options name.
  void check_inputs(const std::vector<std::string>& paths) const;

  /// To be called before `path` is read: refuses a terminal, and standard input for a second time.
  void about_to_read(const std::string& path);

 private:
  /// One of several things that a tool can do.
  struct Command : Options {
    Command(CLI::App* app, std::function<void()> what) : Options(app), parser(app), action(std::move(what)) {}
    CLI::App* parser;
    std::function<void()> action;
  };

  App(const std::string& name, std::unique_ptr<CLI::App> parser);
  void carry_out(const std::function<void()>& body);
  std::vector<OutputPath> all_outputs() const;
  void check_outputs() const;
  void open_outputs();
  int print(const std::string& text) const;
  void say(const std::string& text) const;
  int thread_count() const;
  const Command* chosen() const;
  bool wants_command() const;

  std::string name_;
  std::unique_ptr<CLI::App> parser_;
  std::deque<Command> commands_;
  std::map<std::string, Output> outputs_;  // by path
  std::optional<int> jobs_;
  std::optional<Threads> threads_;
  bool quiet_ = false, verbose_ = false, stdin_taken_ = false, outputs_open_ = false;
};

}  // namespace maha::cli
