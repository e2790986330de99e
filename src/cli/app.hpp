#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cli/launched/ranks.hpp"
#include "cli/options.hpp"
#include "core/error.hpp"
#include "core/machine/parallel.hpp"
#include "io/output.hpp"

namespace maha::cli {

/// Ends a tool with this exit status. Outputs that are not committed by then are not written.
struct Exit {
  int status = 0;
};

/// A tool: its options, the files it writes, its messages on standard error, and the exit statuses of errors.
class App : public Options {
 public:
  /// `description` is the first line of the help; that of a tool which is no learner stands in door/tools.cpp.
  explicit App(const std::string& name);
  App(const std::string& name, const std::string& description);
  ~App();

  /// Adds a command, such as `show` in `maha-model show`. run() then requires one and runs its action.
  Options& command(const std::string& name, const std::string& description, std::function<void()> action);

  /// Parses the command line, runs `body` and commits its outputs. Returns the exit status: 0, also for a closed output
  /// pipe; 1 for an InputError; 2 for a UsageError or a command line that does not parse; that of an Exit.
  int run(int argc, char** argv, const std::function<void()>& body = {});

  const std::string& name() const { return name_; }

  /// To be called before run() by a tool that works on ranks: where it was started as one of several processes, and MPI
  /// is built in, those share the work, each with ranks() in hand. The first of them alone writes and speaks; what another
  /// would write is dropped. All end as soon as one has an error. Without this call, or MPI, the processes know nothing of
  /// each other.
  void work_on_ranks() { on_ranks_ = true; }
  const Ranks& ranks() const;  ///< this process alone, unless several share the work

  /// As many as `-j` says, else MAHA_THREADS, else OMP_NUM_THREADS, else the processors that this process may use.
  const Threads& threads();

  /// The file, or standard output, that an output option names. All outputs are opened together, just before the first
  /// input is read or when this is called: after errors of the command line have been reported, and before any work is
  /// done for a file that cannot be written.
  io::Output& out(const std::string& path);

  /// Makes all outputs appear, or none; for a body that throws an Exit afterwards.
  void commit();

  /// `maha-knn: warning: ...` on standard error.
  void warn(const std::string& text) const;
  /// The same as a note, which --quiet silences.
  void note(const std::string& text) const;
  /// The same only with --verbose.
  void detail(const std::string& text) const;

  /// Something to be done before each message, by what has written to the terminal and would be in its way.
  void before_messages(std::function<void()> act) { before_messages_ = std::move(act); }

  /// The options that the command line gives beside these and those that every tool has.
  std::vector<std::string> given_beside(std::vector<std::string> names) const;

  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }

  /// Refuses standard input, or another pipe, as more than one of the files to be read, and a file that an output other
  /// than the main one would replace, before any is read. run() checks all files named by input options.
  void check_inputs(const std::vector<std::string>& paths) const;

  /// What a tool can do without a file, for messages to who names none and pipes nothing in: "or ...: --leave-one-out".
  void without_file(const std::string& hint) { without_file_ = hint; }
  const std::string& without_file() const { return without_file_; }

  /// This command line behind maha-convert, which reads `path`, a file named on it, in its place.
  std::string after_convert(const std::string& path) const;

  /// To be called before `path` is read: refuses a terminal, a second use of standard input, and what check_inputs()
  /// refuses to be written.
  void about_to_read(const std::string& path);

 private:
  /// Standard input is a terminal although data were expected: the user probably wants to know how to call the tool.
  class NoInput : public UsageError {
   public:
    using UsageError::UsageError;
  };

  /// A command of a tool.
  struct Command : Options {
    Command(CLI::App* app, std::function<void()> what) : Options(app), parser(app), action(std::move(what)) {}
    CLI::App* parser;
    std::function<void()> action;
  };

  App(const std::string& name, std::unique_ptr<CLI::App> parser);
  int run_rank(int argc, char** argv, const std::function<void()>& body);
  void start_ranks();
  int end_ranks(int status);
  void check_started_alike() const;
  void carry_out(const std::function<void()>& body);
  std::vector<OutputPath> all_outputs() const;
  void check_outputs() const;
  void check_stays(const std::string& input) const;
  void check_for_ranks(const std::string& input) const;
  void open_outputs();
  int print(const std::string& text) const;
  void say(const std::string& text) const;
  void say_error(const std::string& text);
  const Command* chosen() const;
  Page page() const;
  std::string proposals(const std::vector<std::string>& words);

  std::string name_, without_file_;
  std::vector<std::string> words_;  // of the command line
  std::unique_ptr<CLI::App> parser_;
  std::deque<Command> commands_;
  std::map<std::string, io::Output> outputs_;  // by path
  std::function<void()> before_messages_;
  std::optional<int> jobs_;
  std::optional<Threads> threads_;
  std::unique_ptr<LaunchedRanks> launched_;  // nullptr for a process by itself
  bool on_ranks_ = false, failed_ = false;
  bool quiet_ = false, verbose_ = false, stdin_taken_ = false, outputs_open_ = false, committed_ = false;
};

}  // namespace maha::cli
