#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace maha::cli {

/// The options of a tool, or of one of its commands: each declared once, with the variable that it sets and its help.
/// The variable's value at declaration is the default, which help shows. Names are as "-k,--neighbors"; a name without
/// dashes is a positional argument. Text that is no such value is a UsageError.
class Options {
 public:
  explicit Options(CLI::App* cli) : cli_(cli) {}

  void flag(const std::string& names, bool& value, const std::string& help);
  void flag(const std::string& names, const std::function<void()>& set, const std::string& help);

  void option(const std::string& names, std::string& value, const std::string& help, const char* kind = "TEXT");
  void option(const std::string& names, double& value, const std::string& help, const char* kind = "NUMBER");
  void option(const std::string& names, int& value, const std::string& help, const char* kind = "N");
  void option(const std::string& names, Index& value, const std::string& help, const char* kind = "N");
  void option(const std::string& names, std::uint64_t& value, const std::string& help, const char* kind = "N");

  /// Not given is nullopt.
  void option(const std::string& names, std::optional<std::string>& value, const std::string& help,
              const char* kind = "TEXT");
  void option(const std::string& names, std::optional<double>& value, const std::string& help,
              const char* kind = "NUMBER");
  void option(const std::string& names, std::optional<Index>& value, const std::string& help, const char* kind = "N");

  /// Values separated by commas; the option may be repeated, and the first one given replaces the default.
  void option(const std::string& names, std::vector<std::string>& values, const std::string& help, const char* kind);
  void option(const std::string& names, std::vector<Index>& values, const std::string& help, const char* kind);

  /// One of a few words.
  template <class E>
  using Words = std::initializer_list<std::pair<const char*, E>>;
  template <class E>
  void choice(const std::string& names, E& value, std::type_identity_t<Words<E>> words, const std::string& help) {
    choose(names, spelled(words), spelling(words, value), help, meant(words, value));
  }
  /// The same; not given is nullopt.
  template <class E>
  void choice(const std::string& names, std::optional<E>& value, std::type_identity_t<Words<E>> words,
              const std::string& help) {
    choose(names, spelled(words), "", help, meant(words, value));
  }

  /// An option that hands its text to `set`, which throws UsageError to refuse it.
  void custom(const std::string& names, const std::string& help, const std::string& kind,
              std::function<void(const std::string&)> set, const std::string& standing = "");

  /// A file that is read; - is standard input.
  void input(const std::string& names, std::string& path, const std::string& help, const char* kind = "FILE");
  void input(const std::string& names, std::optional<std::string>& path, const std::string& help,
             const char* kind = "FILE");

  /// -o,--output with its usual meaning. The file is to be had of App::out().
  static constexpr const char* kOutputHelp = "file to write, replaced whole once all is well; - is standard output";
  void output(std::string& path, const std::string& help = kOutputHelp);

  /// Another file that is written, if it is given.
  void output(const std::string& names, std::optional<std::string>& path, const std::string& help);

  /// A file that the tool opens for itself, to append to it.
  void appended(const std::string& names, std::optional<std::string>& path, const std::string& help);

  /// An option that may be repeated, each time with one more value, commas and all.
  void repeated(const std::string& names, std::vector<std::string>& values, const std::string& help, const char* kind);

  /// Any number of positional arguments, each a file that is read.
  void files(const std::string& name, std::vector<std::string>& values, const std::string& help);

  /// Refuses a command line without this option or argument.
  void require(const std::string& name);

  /// The options that the command line gives, each by its first long name, as "--folds", or else its short one.
  std::vector<std::string> given() const;

  /// The files that options declared above name.
  std::vector<std::string> inputs() const;
  struct OutputPath {
    std::string option, path;
    bool opened = true;  ///< by App::out()
  };
  std::vector<OutputPath> outputs() const;

  /// A line of the help's examples, which works as pasted in a folder that has datasets/.
  void example(const std::string& command);

 private:
  template <class E>
  static std::vector<std::string> spelled(Words<E> words) {
    std::vector<std::string> all;
    for (const auto& word : words) all.emplace_back(word.first);
    return all;
  }
  template <class E>
  static std::string spelling(Words<E> words, const E& value) {
    for (const auto& [word, meaning] : words) {
      if (meaning == value) return word;
    }
    return "";
  }
  template <class E, class Value>
  static std::function<void(std::size_t)> meant(Words<E> words, Value& value) {
    std::vector<E> meanings;
    for (const auto& word : words) meanings.push_back(word.second);
    return [&value, meanings](std::size_t i) { value = meanings[i]; };
  }

  /// What an output option names now, if anything.
  struct OutputOption {
    std::string option;
    std::function<std::optional<std::string>()> path;
    bool opened;
  };

  void choose(const std::string& names, const std::vector<std::string>& words, const std::string& standing,
              const std::string& help, std::function<void(std::size_t)> set);

  CLI::App* cli_;
  std::vector<std::function<std::vector<std::string>()>> inputs_;
  std::vector<OutputOption> outputs_;
  std::string examples_;
};

/// An option by name, long or short, without dashes, and the text of its value.
struct Setting {
  std::string name, value;
};

/// Sets options that `declare` declares as a command line would. Throws UsageError.
void apply_settings(const std::vector<Setting>& settings, const std::function<void(Options&)>& declare);

}  // namespace maha::cli
