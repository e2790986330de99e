#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "cli/help/page.hpp"
#include "core/options/option_list.hpp"
#include "core/types.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace maha::cli {

/// The options of a tool or of one of its commands, each declared once with the variable that it sets and its help. The
/// variable's value at declaration is the default, which help shows. Names are given as "-k,--neighbors"; a name
/// without dashes is a positional argument. Text that is not a valid value is a UsageError.
class Options {
 public:
  explicit Options(CLI::App* cli) : cli_(cli) {}

  /// Adds the options that `declare(OptionList&, Of&)` declares; the struct must outlive this.
  template <class Of>
  void add(Of& options) {
    OptionList& all = lists_.emplace_back();
    declare(all, options);
    add(all);
  }
  /// Adds the options of a list, which must outlive this.
  void add(OptionList& all);

  void flag(const std::string& names, bool& value, const std::string& help) { add(own_.flag(names, value, help)); }

  void flag(const std::string& names, const std::function<void()>& action, const std::string& help) {
    add(own_.flag(names, action, help));
  }

  /// A text, or a number of the variable's type, which may be given a range. An optional variable is nullopt if the
  /// option is not given.
  template <class Variable>
  Option& option(const std::string& names, Variable& value, const std::string& help, const std::string& kind = "") {
    Option& declared = declare_one(names, value, help, kind);
    add(declared);
    return declared;
  }

  /// Values separated by commas; the option may be repeated, and the first one given replaces the default.
  void option(const std::string& names, std::vector<std::string>& values, const std::string& help, const char* kind,
              Takes takes = Takes::text);
  void option(const std::string& names, std::vector<Index>& values, const std::string& help, const char* kind);

  /// One of a few words.
  template <class Variable>
  void choice(const std::string& names, Variable& value, std::type_identity_t<Words<Held<Variable>>> words,
              const std::string& help) {
    add(own_.choice(names, value, words, help));
  }

  /// An option that passes its text to `set`, which throws UsageError to refuse it.
  void custom(const std::string& names, const std::string& help, const std::string& kind,
              std::function<void(const std::string&)> set, const std::string& standing = "");

  /// A column of the file that rows() declares, by name or number; several of them, separated by commas.
  void column(const std::string& names, std::optional<std::string>& value, const std::string& help);
  void columns(const std::string& names, std::vector<std::string>& values, const std::string& help);

  /// How the names of the columns are found for completion, once what stands before on the command line was parsed.
  void columns_by(std::function<std::vector<std::string>(const std::string& path)> columns_of) {
    columns_of_ = std::move(columns_of);
  }

  /// What may be typed in place of a value that has begun so, for completion.
  void propose(const std::string& name, std::function<std::vector<Proposal>(const std::string& begun)> proposals);

  /// A file that is read; - is standard input.
  void input(const std::string& names, std::string& path, const std::string& help, const char* kind = "FILE");
  void input(const std::string& names, std::optional<std::string>& path, const std::string& help,
             const char* kind = "FILE");

  /// The same in place of the file that `rows` names, which is then "" unless it is given too, and of all that is
  /// required beside it.
  void input_instead(const std::string& names, std::optional<std::string>& path, std::string& rows,
                     const std::string& help, const char* kind);

  /// All files that follow the option up to the next one, so that a pattern of the shell may name them. They stay: no
  /// result may take the place of one.
  void inputs(const std::string& names, std::vector<std::string>& paths, const std::string& help,
              const char* kind = "FILE...");

  /// A file that is read, of rows whose columns the options name.
  void rows(const std::string& names, std::string& path, const std::string& help);
  void rows(const std::string& names, std::optional<std::string>& path, const std::string& help);
  /// An option that may be repeated, each time with one more file of rows.
  void rows(const std::string& names, std::vector<std::string>& paths, const std::string& help);

  /// -o,--output with its usual meaning. App::out() returns the file.
  static constexpr const char* kOutputHelp = "file to write, replaced whole once all is well; - is standard output";
  void output(std::string& path, const std::string& help = kOutputHelp);

  /// Another file to write, if given. One that the run reads is refused: who names it there has mixed up two files.
  void output(const std::string& names, std::optional<std::string>& path, const std::string& help);

  /// A main result with a name of its own, which may take the place of a file that is read, as that of -o may.
  void main_output(const std::string& names, std::optional<std::string>& path, const std::string& help);

  /// A file that the tool itself opens and appends to.
  void appended(const std::string& names, std::optional<std::string>& path, const std::string& help);

  /// An option that may be repeated, each time with one more value, which may contain commas.
  void repeated(const std::string& names, std::vector<std::string>& values, const std::string& help, const char* kind);

  /// Any number of positional arguments, each a file to read.
  void files(const std::string& name, std::vector<std::string>& values, const std::string& help,
             Takes takes = Takes::input);

  /// Throws UsageError naming the first option declared here by itself that is out of its range.
  void check_ranges() const { own_.check(); }

  /// Makes this option or argument mandatory.
  void require(const std::string& name);

  /// The options declared so far, each by its first long name, such as "--folds", or its short one if it has none; and
  /// those of them that the command line gives.
  std::vector<std::string> names() const;
  std::vector<std::string> given() const;

  /// The same with what they were given; flags with nothing.
  struct Given {
    std::string name;
    std::vector<std::string> values;
    bool is_file;  ///< of input() or output()
  };
  std::vector<Given> settings() const;

  /// The input files named by the options declared above, and those of them that stay.
  std::vector<std::string> inputs() const;
  std::vector<std::string> staying() const;
  struct OutputPath {
    std::string option, path;
    bool opened = true;          ///< by App::out()
    bool replaces_input = true;  ///< if it names one; otherwise that is refused
  };
  std::vector<OutputPath> outputs() const;

  /// Says what columns mean that are written, or other words of the output: names as "rank,neighbor".
  void writes(const std::string& names, const std::string& help);

  /// Adds an example to the help. It must work as pasted in a folder that has datasets/.
  void example(const std::string& command);

  /// What was declared, in its order, under the name and the description of the tool or command.
  Section section(const std::string& name) const;

 protected:
  const std::vector<std::string>& examples() const { return examples_; }

 private:
  /// What CLI11 does not know of an option: what it takes, as it was declared here or in a list.
  struct Taken {
    Takes takes = Takes::text;
    const Option* declared = nullptr;
    std::function<std::vector<Proposal>(const std::string&)> propose{};
  };
  /// The file that an output option names at present, if any.
  struct OutputOption {
    std::string option;
    std::function<std::optional<std::string>()> path;
    bool opened, replaces_input;
  };

  void add(Option& option);
  void renew_footer();
  void custom_file(const std::string& names, const std::string& help, const char* kind, Takes takes,
                   std::function<void(const std::string&)> set, const std::string& standing = "");
  CLI::Option* find(const std::string& names) const;
  Declared described(const CLI::Option& option) const;

  template <class Variable>
  Option& declare_one(const std::string& names, Variable& value, const std::string& help, const std::string& kind) {
    if constexpr (std::is_same_v<Held<Variable>, std::string>) {
      return own_.text(names, value, help, kind.empty() ? "TEXT" : kind);
    } else {
      return own_.number(names, value, help, kind);
    }
  }

  CLI::App* cli_;
  OptionList own_;
  std::deque<OptionList> lists_;
  std::vector<std::function<std::vector<std::string>()>> inputs_, staying_;
  std::vector<OutputOption> outputs_;
  std::map<const CLI::Option*, Taken> taken_;
  std::function<std::vector<std::string>(const std::string&)> columns_of_;
  std::vector<Written> output_;
  std::vector<std::string> examples_;
};

}  // namespace maha::cli
