#include "cli/app.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>
#include <utility>

#include "cli/door/tools.hpp"
#include "cli/exit_status.hpp"
#include "cli/help/complaint.hpp"
#include "cli/help/formatter.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/last_resort.hpp"
#include "cli/launched/launcher.hpp"
#include "cli/standard_streams.hpp"
#include "cli/wanted_threads.hpp"
#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/machine/reproducible.hpp"
#include "core/same_on_ranks.hpp"
#include "core/text/text.hpp"
#include "io/temporary_file.hpp"

namespace maha::cli {
namespace {

constexpr std::string_view kComplete = "--complete";  // before the words of a command line: what may come next?
constexpr std::size_t kLongestLine = 8192;            // characters of a message, whatever the data put into it
constexpr std::chrono::seconds kForTheFirst{2};       // until another rank than the first tells of an error

/// Ends the parsing: something is asked for in place of work.
struct HelpForm {
  std::string (*in_form)(const Page&);
};

}  // namespace

App::App(const std::string& name) : App(name, summary_of(name)) {}

App::App(const std::string& name, const std::string& description)
    : App(name, std::make_unique<CLI::App>(description, name)) {}

App::App(const std::string& name, std::unique_ptr<CLI::App> parser)
    : Options(parser.get()), name_(name), parser_(std::move(parser)) {
  hold_standard_streams();
  parser_->set_version_flag("-V,--version", name + " " + version(), "print the version and exit");
  parser_->set_help_flag("-h,--help", "print this help and exit");
  parser_->formatter(std::make_shared<HelpFormatter>());
  parser_->option_defaults()->always_capture_default(false);
  parser_->fallthrough();
  flag(
      "--help-json", [] { throw HelpForm{help_json}; }, "print the help as JSON and exit");
  flag(
      "--help-man", [] { throw HelpForm{man_page}; }, "print the source of the manual page and exit");
  parser_->get_option("--help-man")->group("");  // for the build, which installs it
  custom("-j,--threads", "threads to use (default: MAHA_THREADS, OMP_NUM_THREADS, or all processors)", "N",
         [this](const std::string& text) {
           jobs_ = count_of_threads(text);
           if (!jobs_) throw UsageError("-j,--threads: " + in_quotes(text) + " is not a number of threads");
         });
  flag("-q,--quiet", quiet_, "no progress and no notes; warnings stay");
  flag("-v,--verbose", verbose_, "say more on standard error");
}

App::~App() = default;

Options& App::command(const std::string& name, const std::string& description, std::function<void()> action) {
  CLI::App* sub = parser_->add_subcommand(name, description);
  parser_->require_subcommand(1);
  return commands_.emplace_back(sub, std::move(action));
}

int App::run(int argc, char** argv, const std::function<void()>& body) {
  if (argc > 1 && argv[1] == kComplete) return print(proposals({argv + 2, argv + argc}));
  start_ranks();
  return end_ranks(run_rank(argc, argv, body));
}

const Ranks& App::ranks() const { return launched_ ? static_cast<const Ranks&>(*launched_) : alone(); }

void App::start_ranks() {
  if (!on_ranks_) return;
  launched_ = launched_ranks();
  if (!ranks().is_first()) speak_as(rank_name(ranks(), ranks().rank()) + ": ");
  if (const std::optional<int> count = launched_count(); !launched_ && count && *count > 1) {
    warn("is one of " + std::to_string(*count) + " processes started together, and built without MPI: each does all");
  }
}

/// Where one has failed, the others may be waiting for it.
int App::end_ranks(int status) {
  if (!launched_) return status;
  if (failed_) {
    io::remove_temporary_files();
    launched_->end_all(status);
  }
  if (verbose_ && !ranks().is_alone()) {
    const std::size_t sent = ranks().sent_by_all();
    detail(std::to_string(ranks().count()) + " ranks sent " + std::to_string(sent) + " bytes to each other");
  }
  launched_->finish();
  return status;
}

int App::run_rank(int argc, char** argv, const std::function<void()>& body) {
  watch_signals();
  keep_freed_memory();
  compute_alike_everywhere();
  std::ios::sync_with_stdio(false);
  words_.assign(argv + std::min(argc, 1), argv + argc);
  try {
    check_started_alike();
    parser_->parse(argc, argv);
    carry_out(body);
    return 0;
  } catch (const Exit& exit) {
    return exit.status;
  } catch (const CLI::CallForVersion&) {
    return print(name_ + " " + version() + "\n");
  } catch (const HelpForm& asked) {
    return print(asked.in_form(page()));
  } catch (const CLI::Success&) {  // --help, of the tool or of a command
    return print(parser_->help());
  } catch (const CLI::ParseError& e) {
    const bool incomplete = dynamic_cast<const CLI::RequiredError*>(&e) || dynamic_cast<const CLI::ExtrasError*>(&e);
    say_error(complaint(*parser_, page(), e.what(), incomplete));
    return kBadUsage;
  } catch (const io::ClosedPipe&) {
    failed_ = true;
    return 0;
  } catch (const NoInput& e) {
    say_error(e.what());
    std::cerr << HelpFormatter().make_usage(parser_.get(), name_) << examples_text(examples())
              << "\n" + name_ + " --help tells all.\n";
    return kBadUsage;
  } catch (const UsageError& e) {
    say_error(e.what());
    return kBadUsage;
  } catch (const InputError& e) {
    say_error(e.what());
  } catch (const std::bad_alloc&) {
    if (before_messages_) before_messages_();
    end_without_memory();
  } catch (const std::exception& e) {
    say_error(e.what());
  }
  return kBadData;
}

/// Ranks that do other things than the first would wait for it, and it for them.
void App::check_started_alike() const {
  Checksum own;
  own.add({name_, version()});
  own.add(words_);
  if (const int other = ranks().unlike_first(own.value())) {
    throw UsageError(rank_name(ranks(), other) +
                     " was started with another command line than the first, or is of another version");
  }
}

Page App::page() const {
  Page page{section(name_), {}, {}, examples()};
  for (const Command& command : commands_) page.commands.push_back(command.section(command.parser->get_name()));
  return page;
}

/// What stands before is parsed, since it may say how files are read; that it is not yet complete is no error. An
/// option whose value is asked for has none yet, and would be one.
std::string App::proposals(const std::vector<std::string>& words) {
  std::vector<std::string> before;
  const bool of_option = words.size() > 1 && is_option(words[words.size() - 2]) && !is_option(words.back());
  for (std::size_t i = words.size() - (of_option ? 1 : 0); i-- > 1;)
    before.push_back(unquoted(words[i - 1]));  // the last one first
  try {
    parser_->parse(std::move(before));
  } catch (const HelpForm&) {
  } catch (const std::exception&) {
  }
  return completion(page(), words);
}

void App::carry_out(const std::function<void()>& body) {
  const Command* const command = chosen();
  check_ranges();
  if (command) command->check_ranges();
  std::vector<std::string> paths = inputs();
  if (command) {
    for (const std::string& path : command->inputs()) paths.push_back(path);
  }
  check_inputs(paths);
  check_outputs();
  if (command) command->action();
  if (body) body();
  commit();
}

const App::Command* App::chosen() const {
  const auto given = [](const Command& command) { return command.parser->parsed(); };
  const auto found = std::find_if(commands_.begin(), commands_.end(), given);
  return found == commands_.end() ? nullptr : &*found;
}

int App::print(const std::string& text) const {
  if (!ranks().is_first()) return 0;
  return cli::print(text, [this](const std::string& error) { say(error); });
}

const Threads& App::threads() {
  if (threads_) return *threads_;
  const int wanted = wanted_threads(jobs_, launched_ ? launched_->on_this_machine() : 1);
  threads_ = Threads(wanted);
  if (threads_->count() < wanted) {
    warn("only " + std::to_string(threads_->count()) + " of " + std::to_string(wanted) + " threads could be started");
  }
  return *threads_;
}

/// Writes one line, whatever the text contains: it may quote names, labels and fields of files.
void App::say(const std::string& text) const {
  if (!ranks().is_first()) return;
  if (before_messages_) before_messages_();
  std::cerr << name_ + ": " + shown(text, kLongestLine) + "\n" << std::flush;
}

/// An error that all ranks come to is told by the first, which then ends the others. What another comes to alone, it tells
/// after it has waited for that.
void App::say_error(const std::string& text) {
  failed_ = true;
  if (ranks().is_first()) return say(text);
  std::this_thread::sleep_for(kForTheFirst);
  if (interrupt() != 0) return;  // which a fit outlives for a while: another rank has failed, and mpirun ends this one
  std::cerr << name_ + ": " + rank_name(ranks(), ranks().rank()) + ": " + shown(text, kLongestLine) + "\n"
            << std::flush;
}

void App::warn(const std::string& text) const { say("warning: " + text); }

void App::note(const std::string& text) const {
  if (!quiet_) say("note: " + text);
}

void App::detail(const std::string& text) const {
  if (verbose_) say(text);
}

std::vector<std::string> App::given_beside(std::vector<std::string> names) const {
  names.insert(names.end(), {"--threads", "--quiet", "--verbose"});
  std::vector<std::string> beside = given();
  std::erase_if(beside,
                [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); });
  return beside;
}

std::string App::after_convert(const std::string& path) const { return cli::after_convert(name_, words_, path); }

}  // namespace maha::cli
