#include "cli/help/complaint.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/installation.hpp"
#include "core/text/likeness.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

using Words = std::vector<std::string>;

/// Of arguments that nothing takes those to tell. Of options and what may be their values, the options: the one that is
/// wanting, or a file too many, follows from them.
Words not_expected(Words arguments) {
  if (std::any_of(arguments.begin(), arguments.end(), is_option))
    std::erase_if(arguments, [](const std::string& argument) { return !is_option(argument); });
  return arguments;
}

std::string unknown_command(const Words& words, const Page& page) {
  if (words.empty()) return "give a command";
  if (is_option(words.front())) return CLI::ExtrasError(words).what();
  Words names;
  for (const Section& command : page.commands) names.push_back(command.name);
  return in_quotes(words.front()) + " is no command" + did_you_mean(words.front(), names);
}

std::string without_dashes(const std::string& name) {
  return name.substr(std::min(name.find_first_not_of('-'), name.size()));
}

/// What one unknown option was meant to be, if that can be told: of the command that was given, or of the tool.
std::string meant_option(const Words& unknown, const CLI::App& parser, const Page& page) {
  if (unknown.size() != 1 || !is_option(unknown.front())) return "";
  const std::vector<CLI::App*> chosen = parser.get_subcommands();
  Words names;
  const auto add = [&](const Section& section) {
    for (const Declared& option : section.options) names.push_back(without_dashes(option.names.back()));
  };
  for (const Section& command : page.commands) {
    if (!chosen.empty() && command.name == chosen.front()->get_name()) add(command);
  }
  add(page.tool);
  const std::string word = without_dashes(unknown.front());
  const std::string* const name = likeliest(word.substr(0, word.find('=')), names);
  return name ? ": did you mean --" + *name + "?" : "";
}

/// Whether a file that is not there was meant to be written, by a tool or command that can write and was not told where.
std::string meant_output(const Words& unknown, const CLI::App& parser) {
  if (unknown.size() != 1 || unknown.front().empty() || is_option(unknown.front())) return "";
  std::error_code nameless;  // of what can be no name, and is no file either
  if (std::filesystem::status(unknown.front(), nameless).type() != std::filesystem::file_type::not_found) return "";
  const std::vector<CLI::App*> chosen = parser.get_subcommands();
  const CLI::App& asked = chosen.empty() ? parser : *chosen.front();
  const CLI::Option* const output = asked.get_option_no_throw("--output");
  return output && output->count() == 0 ? ": is it to be written? -o " + shown(unknown.front()) : "";
}

}  // namespace

std::string complaint(const CLI::App& parser, const Page& page, const std::string& otherwise, bool incomplete) {
  const std::string more = " (" + page.tool.name + " --help lists what there is)";
  if (!page.commands.empty() && parser.get_subcommands().empty())
    return unknown_command(not_expected(parser.remaining()), page) + more;
  const Words extras = not_expected(parser.remaining(true));
  if (!incomplete || extras.empty()) return otherwise;
  return CLI::ExtrasError(extras).what() + meant_option(extras, parser, page) + meant_output(extras, parser) + more;
}

/// Of several places where the file stands, it is an argument where no option stands before it.
std::string after_convert(const std::string& tool, const std::vector<std::string>& words, const std::string& path) {
  std::size_t place = words.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool argument = i == 0 || !is_option(words[i - 1]);
    if (words[i] == path && (argument || place == words.size())) place = i;
  }
  std::string line = "maha-convert" + (path == "-" ? "" : " " + shell_word(path)) + " | " + tool;
  for (std::size_t i = 0; i < words.size(); ++i) line += " " + (i == place ? "-" : shell_word(words[i]));
  return line;
}

}  // namespace maha::cli
