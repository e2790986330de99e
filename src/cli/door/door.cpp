#include "cli/door/door.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/door/tools.hpp"
#include "cli/exit_status.hpp"
#include "cli/help/page.hpp"
#include "cli/installation.hpp"
#include "cli/standard_streams.hpp"
#include "core/text/likeness.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

namespace fs = std::filesystem;

const char* const kSummary = "Metric learning at the command line: the tools, by task.";
constexpr std::size_t kNameWidth = 12;

/// All that maha itself takes; the rest is its tools'.
const std::vector<Declared>& own_options() {
  static const std::vector<Declared> kAll{
      {{"-V", "--version"}, "", "print the version and exit", "", Takes::nothing},
      {{"-h", "--help"}, "", "print the tools, by task, and exit", "", Takes::nothing},
      {{"--help-json"}, "", "print the tools and options as JSON and exit", "", Takes::nothing}};
  return kAll;
}

const std::vector<std::string> kDoorExamples{"maha", "maha help lmnn | head -2",
                                             "maha lmnn --standardize datasets/wine.csv -o lmnn.json",
                                             "maha cov datasets/wine.csv | maha model show"};

Page door_page() {
  Page page;
  page.tool = {"maha", kSummary, {}, own_options(), {}};
  page.tool.arguments.push_back({{"tool"}, "TOOL", "the tool to run; help TOOL shows its page"});
  page.tool.arguments.push_back({{"arguments"}, "", "of that tool"});
  page.tool.arguments.back().repeated = true;
  for (const Task& task : tasks()) {
    ToolList& list = page.tools.emplace_back(ToolList{task.title, {}});
    for (const Tool& tool : task.tools) list.tools.push_back({tool.name, tool.summary});
  }
  page.examples = kDoorExamples;
  return page;
}

int say_error(const std::string& text, int status) {
  std::cerr << "maha: " + shown(text, 1000) + "\n" << std::flush;
  return status;
}

/// Columns of the terminal that standard output is; none if it is no terminal.
std::size_t width_of_output() {
  struct winsize size {};
  return ::isatty(STDOUT_FILENO) && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The line, cut at the end of a word where a terminal has no room for it.
std::string fitted_line(std::string line, std::size_t width) {
  if (width < 40 || line.size() <= width) return line;
  line.resize(width - 3);
  line.resize(line.find_last_of(' '));
  while (line.ends_with(',') || line.ends_with(':')) line.pop_back();
  return line + "...";
}

std::string list_of_tools(std::size_t width) {
  std::string text = std::string(kSummary) +
                     "\nUsage: maha TOOL ...      as maha-TOOL, which are programs of their own\n"
                     "       maha help TOOL     its page; of maha-model, maha-plot and maha-stats, help TOOL COMMAND\n";
  for (const Task& task : tasks()) {
    text += "\n" + task.title + ":\n";
    for (const Tool& tool : task.tools) {
      const std::string blanks(std::max(kNameWidth, tool.name.size() + 1) - tool.name.size(), ' ');
      text += fitted_line("  " + tool.name + blanks + tool.summary, width) + "\n";
    }
  }
  text += "\nOptions:\n";
  for (const Declared& option : own_options()) {
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "" : ",") + name;
    text += "  " + names + std::string(kNameWidth + 4 - names.size(), ' ') + option.help + "\n";
  }
  return text + "\n" + examples_text(kDoorExamples) + "\n";
}

int print_text(const std::string& text) {
  return print(text, [](const std::string& error) { say_error(error, kBadData); });
}

/// The program of a tool: the one beside this one, else the one on PATH; empty if there is none. Nothing but a name is
/// a tool's.
std::string program_of(const std::string& tool) {
  const auto plain = [](unsigned char c) { return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-'; };
  if (tool.empty() || tool.front() == '-' || !std::all_of(tool.begin(), tool.end(), plain)) return "";
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed);
  const char* const path = std::getenv("PATH");
  std::vector<std::string> folders = split(path ? path : "", ':');
  if (!failed) folders.insert(folders.begin(), self.parent_path().string());
  for (const std::string& folder : folders) {
    const std::string program = (folder.empty() ? "." : folder) + "/maha-" + tool;
    if (::access(program.c_str(), X_OK) == 0 && fs::is_regular_file(program, failed)) return program;
  }
  return "";
}

/// Becomes the program, with these arguments. Returns only if that fails.
int become(const std::string& program, std::vector<std::string> arguments) {
  std::string name = program.substr(program.rfind('/') + 1);
  std::vector<char*> words{name.data()};
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  return say_error(program + ": " + std::strerror(errno), kBadData);
}

/// Shows the manual page of a tool as man does, by its pager; where there is no man, the help.
int show_manual(const std::string& program) {
  const char* const shell =
      R"(if command -v man >/dev/null; then "$0" --help-man | man -l -; else exec "$0" --help; fi)";
  ::execl("/bin/sh", "sh", "-c", shell, program.c_str(), static_cast<char*>(nullptr));
  return say_error(std::string("/bin/sh: ") + std::strerror(errno), kBadData);
}

/// A tool's name, also if it is written as that of its program.
std::string bare_name(const std::string& word) { return word.starts_with("maha-") ? word.substr(5) : word; }

int no_tool(const std::string& word) {
  std::vector<std::string> names = tool_names();
  names.emplace_back("help");
  return say_error(in_quotes(word) + " is no tool" + did_you_mean(bare_name(word), names) + " (maha lists them)",
                   kBadUsage);
}

/// The commands of a tool, as it says itself.
std::vector<Proposal> commands_of_program(const std::string& program) {
  const std::string call = shell_word(program) + " --help-json 2>/dev/null";
  const auto close = [](std::FILE* pipe) { ::pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(call.c_str(), "r"), close);
  std::string text;
  for (int c; pipe && (c = std::getc(pipe.get())) != EOF;) text += static_cast<char>(c);
  return commands_of(text);
}

int not_taken(const std::string& argument) {
  return say_error("The following argument was not expected: " + argument +
                       did_you_mean(argument, {"--version", "--help", "--help-json"}) +
                       " (maha --help lists what there is)",
                   kBadUsage);
}

/// The help of a command of a tool.
int help_about_command(const std::string& tool, const std::string& program, const std::string& word) {
  std::vector<std::string> names;
  for (const Proposal& command : commands_of_program(program)) names.push_back(command.word);
  if (names.empty()) return not_taken(word);
  if (std::find(names.begin(), names.end(), word) != names.end()) return become(program, {word, "--help"});
  return say_error(in_quotes(word) + " is no command of maha-" + tool + did_you_mean(word, names) + " (maha help " +
                       tool + " tells of them)",
                   kBadUsage);
}

int help_about(const std::vector<std::string>& words) {
  const std::string tool = words.empty() ? "" : bare_name(words.front());
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  const bool own = tool == "maha" || tool == "help" || tool == "-h" || tool == "--help";
  const std::string program = own ? "" : program_of(tool);
  if (!own && !tool.empty() && program.empty()) return no_tool(words.front());
  if (words.size() > 2 || (words.size() == 2 && program.empty())) return not_taken(words.back());
  if (tool.empty()) return print_text(list_of_tools(width_of_output()));
  if (own) return terminal ? show_manual(fs::read_symlink("/proc/self/exe").string()) : print_text(list_of_tools(0));
  if (words.size() == 2) return help_about_command(tool, program, words[1]);
  return terminal ? show_manual(program) : become(program, {"--help"});
}

/// The tools, or what the tool that was chosen proposes.
int complete_words(const std::vector<std::string>& words) {
  const std::string first = words.empty() ? "" : unquoted(words.front());
  const std::string last = words.empty() ? "" : unquoted(words.back());
  if (words.size() > 1 && first != "help") {
    const std::string program = program_of(bare_name(first));
    std::vector<std::string> rest{"--complete"};
    rest.insert(rest.end(), words.begin() + 1, words.end());
    return program.empty() ? 0 : become(program, rest);
  }
  if (words.size() > 3) return 0;
  if (words.size() == 3) {
    const std::string program = program_of(bare_name(unquoted(words[1])));
    return program.empty() ? 0 : print_text(proposal_lines(commands_of_program(program), last));
  }
  if (last.starts_with("-")) return print_text(completion(door_page(), words));
  std::vector<Proposal> all;
  for (const ToolList& list : door_page().tools) all.insert(all.end(), list.tools.begin(), list.tools.end());
  if (words.size() < 2) all.push_back({"help", "the page of a tool"});
  return print_text(proposal_lines(all, last));
}

}  // namespace

int door_main(int argc, char** argv) {
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const std::string first = words.empty() ? "--help" : words.front();
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  if (first != "help") {
    if (const std::string program = program_of(bare_name(first)); !program.empty()) return become(program, rest);
  }
  hold_standard_streams();
  if (first == "--complete") return complete_words(rest);
  if (first == "help") return help_about(rest);
  if (!first.starts_with("-")) return no_tool(first);
  if (!rest.empty()) return not_taken(rest.front());
  if (first == "-h" || first == "--help") return print_text(list_of_tools(width_of_output()));
  if (first == "-V" || first == "--version") return print_text("maha " + std::string(version()) + "\n");
  if (first == "--help-json") return print_text(help_json(door_page()));
  if (first == "--help-man") return print_text(man_page(door_page()));
  return not_taken(first);
}

}  // namespace maha::cli
