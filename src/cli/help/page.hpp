#pragma once
/// A tool as it was declared, for whatever describes it: help in JSON, man pages, completion.

#include <functional>
#include <string>
#include <vector>

#include "core/options/option_list.hpp"

namespace maha::cli {

/// A word that may be typed, and what it means.
struct Proposal {
  std::string word, meaning;
};

/// An option, or an argument, which has one name without dashes.
struct Declared {
  std::vector<std::string> names{};  ///< "-k", "--neighbors"
  std::string value{}, help{};       ///< what help calls its value; empty for a flag
  std::string standing{};            ///< the default, as help shows it
  Takes takes = Takes::text;
  const Option* of_list = nullptr;  ///< has the words and the range, if there are any
  bool required = false, repeated = false;
  bool greedy = false;  ///< an option that takes all words up to the next one
  std::function<std::vector<Proposal>(const std::string& begun)> propose{};

  std::vector<std::string> words() const { return of_list ? of_list->words() : std::vector<std::string>(); }
  bool is_called(const std::string& name) const;
};

/// What a tool writes: columns, or other words of its output, and what they mean.
struct Written {
  std::vector<std::string> names{};
  std::string help{};
};

/// A tool, or one of its commands. `columns_of` reads the names of a file's columns: "1", "2" if it has no header.
struct Section {
  std::string name{}, description{};
  std::vector<Declared> arguments{}, options{};
  std::function<std::vector<std::string>(const std::string& path)> columns_of{};
  std::vector<Written> output{};
};

/// A list of tools, of the page that tells of all of them.
struct ToolList {
  std::string title;
  std::vector<Proposal> tools;
};

struct Page {
  Section tool{};
  std::vector<Section> commands{};
  std::vector<ToolList> tools{};
  std::vector<std::string> examples{};
};

/// The part of a help text that says what is written; empty if nothing was declared.
std::string output_text(const std::vector<Written>& output);

/// The part of a help text that shows examples; an installed tool's say how to come by the data sets.
std::string examples_text(const std::vector<std::string>& examples);

/// For programs, as docs/help.schema.json says.
std::string help_json(const Page& page);

/// The commands of a tool as its help_json() tells them; none if the text is no such thing.
std::vector<Proposal> commands_of(const std::string& help_json);

/// The source of the manual page.
std::string man_page(const Page& page);

/// The proposals for the last of the words, which stand behind the tool's name on a command line, as lines WORD, tab,
/// meaning; the line `:files` among them asks the shell for files. Words may be quoted as in a shell.
std::string completion(const Page& page, const std::vector<std::string>& words);

/// Whether a word of a command line is an option: not a value, a file or `-`.
bool is_option(const std::string& word);

/// A word of a command line without its quotes, and with `~/` replaced.
std::string unquoted(const std::string& word);

/// As completion() writes them, those that begin with `begun`.
std::string proposal_lines(const std::vector<Proposal>& proposals, const std::string& begun);

}  // namespace maha::cli
