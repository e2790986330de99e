#include "cli/app.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "core/error.hpp"
#include "data/input.hpp"
#include "data/output.hpp"

namespace maha::cli {
namespace {

constexpr int kBadData = 1, kBadUsage = 2;
constexpr const char* kOnlyOnce = "standard input can be read only once: give one file by name";

/// Standard input is a terminal where data were expected: the user wants to be told how the tool is called.
class NoInput : public UsageError {
 public:
  using UsageError::UsageError;
};

/// Names, the kind of value, and the default in brackets.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(34); }

  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text;
    if (option->get_type_size() != 0 && !option->get_type_name().empty()) text += " " + option->get_type_name();
    if (!option->get_default_str().empty()) text += " [" + option->get_default_str() + "]";
    if (option->get_required()) text += " (required)";
    return text;
  }
};

/// A positive whole number that all of the text is, or nothing.
std::optional<int> count_from(const char* text) {
  int value = 0;
  const std::string_view all = text ? text : "";
  const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), value);
  if (error != std::errc() || end != all.data() + all.size() || value < 1) return std::nullopt;
  return value;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

App::App(const std::string& name, const std::string& description)
    : App(name, std::make_unique<CLI::App>(description, name)) {}

App::App(const std::string& name, std::unique_ptr<CLI::App> parser)
    : Options(parser.get()), name_(name), parser_(std::move(parser)) {
  parser_->set_version_flag("-V,--version", name + " " MAHA_VERSION, "print the version and exit");
  parser_->set_help_flag("-h,--help", "print this help and exit");
  parser_->formatter(std::make_shared<HelpFormatter>());
  parser_->option_defaults()->always_capture_default(false);
  parser_->fallthrough();
  custom("-j,--threads", "threads to use (default: MAHA_THREADS, OMP_NUM_THREADS, or all processors)", "N",
         [this](const std::string& text) {
           jobs_ = count_from(text.c_str());
           if (!jobs_) throw UsageError("-j,--threads: '" + text + "' is not a number of threads");
         });
  flag("-q,--quiet", quiet_, "no progress and no notes; warnings stay");
  flag("-v,--verbose", verbose_, "say more on standard error");
}

App::~App() = default;

Options& App::command(const std::string& name, const std::string& description, std::function<void()> action) {
  CLI::App* sub = parser_->add_subcommand(name, description);
  sub->final_callback(std::move(action));
  parser_->require_subcommand(1);
  return commands_.emplace_back(sub);
}

int App::run(int argc, char** argv, const std::function<void()>& body) {
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  try {
    parser_->parse(argc, argv);
    if (body) body();
    return 0;
  } catch (const Exit& exit) {
    return exit.status;
  } catch (const CLI::CallForVersion&) {
    std::cout << name_ << " " << MAHA_VERSION << std::endl;
    return 0;
  } catch (const CLI::Success&) {  // a call for help, of the tool or of a command
    std::cout << parser_->help() << std::flush;
    return 0;
  } catch (const CLI::ParseError& e) {
    const bool unknown = dynamic_cast<const CLI::ExtrasError*>(&e) || wants_command();
    say((wants_command() ? "give a command" : first_line(e.what())) +
        (unknown ? " (" + name_ + " --help lists what there is)" : ""));
    return kBadUsage;
  } catch (const ClosedPipe&) {
    return 0;
  } catch (const NoInput& e) {
    say(e.what());
    std::cerr << HelpFormatter().make_usage(parser_.get(), name_) << parser_->get_footer()
              << "\n" + name_ + " --help tells all.\n";
    return kBadUsage;
  } catch (const UsageError& e) {
    say(first_line(e.what()));
    return kBadUsage;
  } catch (const InputError& e) {
    say(e.what());
  } catch (const std::bad_alloc&) {
    say("not enough memory");
  } catch (const std::exception& e) {
    say(e.what());
  }
  return kBadData;
}

const Threads& App::threads() {
  if (!threads_) threads_ = Threads(thread_count());
  return *threads_;
}

bool App::wants_command() const { return !commands_.empty() && parser_->get_subcommands().empty(); }

int App::thread_count() const {
  if (jobs_) return *jobs_;
  for (const std::string variable : {"MAHA_THREADS", "OMP_NUM_THREADS"}) {
    const char* const value = std::getenv(variable.c_str());
    if (const auto count = count_from(value)) return *count;
    if (variable == "MAHA_THREADS" && value && *value) {  // ours; the other may be a list
      throw UsageError(variable + ": '" + value + "' is not a number of threads");
    }
  }
  return available_processors();
}

void App::say(const std::string& text) const { std::cerr << name_ + ": " + text + "\n" << std::flush; }

void App::warn(const std::string& text) const { say("warning: " + text); }

void App::note(const std::string& text) const {
  if (!quiet_) say("note: " + text);
}

void App::detail(const std::string& text) const {
  if (verbose_) say(text);
}

void App::check_inputs(const std::vector<std::string>& paths) const {
  if (std::count(paths.begin(), paths.end(), "-") > 1) throw UsageError(kOnlyOnce);
}

void App::about_to_read(const std::string& path) {
  if (path != "-") return;
  if (stdin_taken_) throw UsageError(kOnlyOnce);
  if (::isatty(STDIN_FILENO)) throw NoInput("standard input is a terminal: name a file, or pipe data in");
  stdin_taken_ = true;
}

}  // namespace maha::cli
