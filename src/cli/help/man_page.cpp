#include <algorithm>
#include <cctype>
#include <cstdio>

#include "cli/help/page.hpp"
#include "cli/installation.hpp"

namespace maha::cli {
namespace {

/// Text as roff prints it, with the hyphens of options and the quotes of shells as they are typed.
std::string roff(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\\') {
      result += "\\(rs";
    } else if (text[i] == '-') {
      result += "\\-";
    } else if (text[i] == '\'') {
      result += "\\(aq";
    } else if (text[i] == '`') {
      result += "\\(ga";
    } else if (text[i] == '^') {
      result += "\\(ha";
    } else if (text[i] == '~') {
      result += "\\(ti";
    } else if (byte >= 0xC0) {  // UTF-8 of more than one byte, as its number: not every roff reads UTF-8
      const int more = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
      unsigned long code = byte & (0x3Fu >> more);
      for (int k = 0; k < more && i + 1 < text.size(); ++k)
        code = code << 6 | (static_cast<unsigned char>(text[++i]) & 0x3Fu);
      char number[16];
      std::snprintf(number, sizeof number, "\\[u%04lX]", code);
      result += number;
    } else {
      result += text[i];
    }
  }
  return (result.starts_with('.') ? "\\&" : "") + result;
}

/// Prose, in which a hyphen that joins words is a hyphen.
std::string prose(const std::string& text) {
  std::string result = roff(text);
  const auto letter = [&](std::size_t i) {
    return i < result.size() && std::isalpha(static_cast<unsigned char>(result[i]));
  };
  for (std::size_t at = 1; (at = result.find("\\-", at)) != std::string::npos; ++at) {
    if (letter(at - 1) && letter(at + 2)) result.erase(at, 1);
  }
  return result;
}

std::string in_bold(const std::string& text) { return "\\fB" + roff(text) + "\\fP"; }
std::string in_italics(const std::string& text) { return "\\fI" + roff(text) + "\\fP"; }

/// `.TH` and other requests take their arguments in quotes.
std::string quoted_argument(const std::string& text) { return "\"" + text + "\""; }

std::string upper_case(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

/// The tag of a definition: all names, the value, the default.
std::string tag(const Declared& declared) {
  std::string text;
  for (const std::string& name : declared.names)
    text += (text.empty() ? "" : ", ") + (name.starts_with("-") ? in_bold(name) : in_italics(name));
  const bool argument = !declared.names.front().starts_with("-");
  if (!declared.value.empty() && !argument) text += " " + in_italics(declared.value);
  if (!declared.standing.empty()) text += " [" + roff(declared.standing) + "]";
  if (declared.required) text += " (required)";
  return text;
}

/// A sentence of help, which begins with a small letter there.
std::string definition(const Declared& declared) {
  return ".TP\n" + tag(declared) + "\n" + prose(declared.help) + ".\n";
}

std::string synopsis(const std::string& tool, const Section& section) {
  std::string text = ".B " + roff(tool) + "\n";
  if (!section.options.empty()) text += "[" + in_italics("options") + "]\n";
  for (const Declared& argument : section.arguments) {
    const std::string name = in_italics(argument.names.front()) + (argument.repeated ? " ..." : "");
    text += (argument.required ? name : "[" + name + "]") + "\n";
  }
  return text;
}

std::string definitions(const std::string& heading, const std::vector<Declared>& all) {
  std::string text = all.empty() ? "" : heading;
  for (const Declared& declared : all) text += definition(declared);
  return text;
}

std::string output_part(const std::string& heading, const std::vector<Written>& output) {
  std::string text = output.empty() ? "" : heading;
  for (const auto& [names, help] : output) {
    text += ".TP\n";
    for (const std::string& name : names) text += (&name == &names.front() ? "" : ", ") + in_bold(name);
    text += "\n" + prose(help) + ".\n";
  }
  return text;
}

std::string commands_part(const Page& page) {
  std::string text = page.commands.empty() ? "" : ".SH COMMANDS\n";
  for (const Section& command : page.commands) {
    text +=
        ".SS " + quoted_argument(roff(page.tool.name + " " + command.name)) + "\n" + prose(command.description) + ".\n";
    text += definitions("", command.arguments) + definitions("", command.options) +
            output_part(".PP\nOutput:\n", command.output);
  }
  return text;
}

std::string tools_part(const Page& page) {
  std::string text = page.tools.empty() ? "" : ".SH TOOLS\n";
  for (const ToolList& list : page.tools) {
    text += ".SS " + quoted_argument(prose(list.title)) + "\n";
    for (const Proposal& tool : list.tools)
      text += ".TP\n.BR " + roff("maha-" + tool.word) + " (1)\n" + prose(tool.meaning) + "\n";
  }
  return text;
}

std::string examples_part(const Page& page) {
  if (page.examples.empty()) return "";
  std::string text =
      ".SH EXAMPLES\nThey work as pasted in a folder with the data sets, which are installed in\n.IR "
      "share/maha/datasets .\n.PP\n.nf\n.RS 2\n";
  for (const std::string& line : page.examples) text += roff(line) + "\n";
  return text + ".RE\n.fi\n";
}

/// What is the same for all tools that work on data.
const char* const kCommon =
    ".SH \"EXIT STATUS\"\n"
    ".TP\n.B 0\nAll is well, also where the reader of a pipe has seen enough.\n"
    ".TP\n.B 1\nBad data, a bad model, or a file that cannot be read or written.\n"
    ".TP\n.B 2\nBad usage: what the command line alone shows to be wrong.\n"
    ".TP\n.B 3\nNot converged, where\n.B \\-\\-require\\-converged\nasks for it.\n"
    ".TP\n.BR 130 \", \" 143\nInterrupted.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B MAHA_THREADS\nThreads to use where\n.B \\-j\ndoes not say how many; else\n.B OMP_NUM_THREADS\ndoes.\n";

}  // namespace

std::string man_page(const Page& page) {
  const std::string& name = page.tool.name;
  std::string summary = page.tool.description;
  while (summary.ends_with('.')) summary.pop_back();
  if (summary.size() > 1 && std::islower(static_cast<unsigned char>(summary[1])) != 0)
    summary[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(summary[0])));
  std::string text = ".TH " + quoted_argument(roff(upper_case(name))) + " 1 \"\" " +
                     quoted_argument("maha " + std::string(version())) + " \"Metric learning at the command line\"\n";
  text += ".SH NAME\n" + roff(name) + " \\- " + prose(summary) + "\n.SH SYNOPSIS\n";
  if (page.commands.empty()) text += synopsis(name, page.tool);
  for (const Section& command : page.commands)
    text += (&command == &page.commands.front() ? "" : ".br\n") + synopsis(name + " " + command.name, command);
  text += ".SH DESCRIPTION\n" + prose(page.tool.description) + "\n";
  text += definitions(".PP\nArguments:\n", page.tool.arguments);
  text += commands_part(page) + tools_part(page);
  text += definitions(".SH OPTIONS\n", page.tool.options);
  text += output_part(".SH OUTPUT\n", page.tool.output);
  if (name != "maha") text += kCommon;
  text += examples_part(page);
  text += ".SH \"SEE ALSO\"\n" + std::string(name == "maha" ? ".BR man (1)\n" : ".BR maha (1)\n");
  return text +
         ".PP\nThe pages with all methods, formats and measurements are installed in\n.IR share/doc/maha/docs .\n";
}

}  // namespace maha::cli
