#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include "data/names.hpp"

namespace maha::cli {
namespace {

double to_double(const std::string& names, const std::string& text) {
  double value = 0;
  if (!parse_number(text, value) || !std::isfinite(value))
    throw UsageError(names + ": " + in_quotes(text) + " is not a number");
  return value;
}

template <class Integer>
Integer to_integer(const std::string& names, const std::string& text) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) throw UsageError(names + ": " + text + " is out of range");
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
    throw UsageError(names + ": " + in_quotes(text) + " is not a whole number");
  }
  return value;
}

/// The quoted item of a list that starts at `at`, which is moved behind it; a doubled quote stands for itself.
std::string quoted_item(const std::string& names, const std::string& text, std::size_t& at) {
  for (std::string item;; item += '"') {
    const std::size_t close = text.find('"', at + 1);
    if (close == std::string::npos) throw UsageError(names + ": a quote in " + in_quotes(text) + " is never closed");
    item.append(text, at + 1, close - at - 1);
    at = close + 1;
    if (at == text.size() || text[at] != '"') return item;
  }
}

/// The items of a list between commas; one that holds a comma itself stands in quotes, as in CSV.
std::vector<std::string> items_of(const std::string& names, const std::string& text) {
  std::vector<std::string> items;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::string& item = items.emplace_back();
    if (at < text.size() && text[at] == '"') item = quoted_item(names, text, at);
    const std::size_t end = std::min(text.find(',', at), text.size());
    item.append(text, at, end - at);
    at = end;
  }
  return items;
}

/// Takes the name of a file, which has to have one.
template <class Path>
std::function<void(const std::string&)> file_name(const std::string& names, Path& path) {
  return [&path, names](const std::string& text) {
    if (text.empty()) throw UsageError(names + ": the name of the file is empty");
    path = text;
  };
}

/// Appends the items of each text given; the first replaces what stood there.
template <class T, class Convert>
std::function<void(const std::string&)> append_to(const std::string& names, std::vector<T>& values, Convert convert) {
  return [names, &values, convert, first = true](const std::string& text) mutable {
    if (first) values.clear();
    first = false;
    for (const std::string& item : items_of(names, text)) values.push_back(convert(item));
  };
}

}  // namespace

void Options::custom(const std::string& names, const std::string& help, const std::string& kind,
                     std::function<void(const std::string&)> set, const std::string& standing) {
  const auto all = [set = std::move(set)](const std::vector<std::string>& texts) mutable {
    for (const std::string& text : texts) set(text);
    return true;
  };
  CLI::Option* option = cli_->add_option_function<std::vector<std::string>>(names, all, help);
  option->type_name(kind)->type_size(1)->expected(1)->allow_extra_args(false);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  if (!standing.empty()) option->default_str(standing);
}

void Options::flag(const std::string& names, bool& value, const std::string& help) {
  cli_->add_flag(names, value, help);
}

void Options::flag(const std::string& names, const std::function<void()>& set, const std::string& help) {
  cli_->add_flag_callback(names, set, help);
}

void Options::option(const std::string& names, std::string& value, const std::string& help, const char* kind) {
  custom(
      names, help, kind, [&value](const std::string& text) { value = text; }, value);
}

void Options::option(const std::string& names, double& value, const std::string& help, const char* kind) {
  custom(
      names, help, kind, [&value, names](const std::string& text) { value = to_double(names, text); },
      format_number(value));
}

void Options::option(const std::string& names, int& value, const std::string& help, const char* kind) {
  custom(
      names, help, kind, [&value, names](const std::string& text) { value = to_integer<int>(names, text); },
      std::to_string(value));
}

void Options::option(const std::string& names, Index& value, const std::string& help, const char* kind) {
  custom(
      names, help, kind, [&value, names](const std::string& text) { value = to_integer<Index>(names, text); },
      std::to_string(value));
}

void Options::option(const std::string& names, std::uint64_t& value, const std::string& help, const char* kind) {
  custom(
      names, help, kind, [&value, names](const std::string& text) { value = to_integer<std::uint64_t>(names, text); },
      std::to_string(value));
}

void Options::option(const std::string& names, std::optional<std::string>& value, const std::string& help,
                     const char* kind) {
  custom(names, help, kind, [&value](const std::string& text) { value = text; });
}

void Options::option(const std::string& names, std::optional<double>& value, const std::string& help,
                     const char* kind) {
  custom(names, help, kind, [&value, names](const std::string& text) { value = to_double(names, text); });
}

void Options::option(const std::string& names, std::optional<Index>& value, const std::string& help, const char* kind) {
  custom(names, help, kind, [&value, names](const std::string& text) { value = to_integer<Index>(names, text); });
}

void Options::option(const std::string& names, std::vector<std::string>& values, const std::string& help,
                     const char* kind) {
  custom(names, help, kind, append_to(names, values, [](const std::string& item) { return item; }));
  cli_->get_option(names.substr(names.rfind(',') + 1))->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::option(const std::string& names, std::vector<Index>& values, const std::string& help, const char* kind) {
  std::string standing;
  for (const Index value : values) standing += (standing.empty() ? "" : ",") + std::to_string(value);
  custom(names, help, kind,
         append_to(names, values, [names](const std::string& item) { return to_integer<Index>(names, item); }),
         standing);
  cli_->get_option(names.substr(names.rfind(',') + 1))->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::repeated(const std::string& names, std::vector<std::string>& values, const std::string& help,
                       const char* kind) {
  custom(names, help, kind, [&values](const std::string& text) { values.push_back(text); });
  cli_->get_option(names.substr(names.rfind(',') + 1))->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::choose(const std::string& names, const std::vector<std::string>& words, const std::string& standing,
                     const std::string& help, std::function<void(std::size_t)> set) {
  const std::string listing = join(words, "|");
  const auto pick = [names, words, listing, set = std::move(set)](const std::string& text) {
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) throw UsageError(names + ": " + in_quotes(text) + " is none of " + listing);
    set(static_cast<std::size_t>(found - words.begin()));
  };
  custom(names, help, listing, pick, standing);
}

void Options::files(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  cli_->add_option(name, values, help)->type_name("");
  inputs_.emplace_back([&values] { return values; });
}

void Options::input(const std::string& names, std::string& path, const std::string& help, const char* kind) {
  custom(names, help, kind, file_name(names, path), path);
  inputs_.emplace_back([&path] { return std::vector<std::string>{path}; });
}

void Options::input(const std::string& names, std::optional<std::string>& path, const std::string& help,
                    const char* kind) {
  custom(names, help, kind, file_name(names, path));
  inputs_.emplace_back([&path] { return path ? std::vector<std::string>{*path} : std::vector<std::string>(); });
}

void Options::output(std::string& path, const std::string& help) {
  custom("-o,--output", help, "FILE", file_name("-o,--output", path), path);
  outputs_.push_back({"-o", [&path] { return std::optional(path); }, true});
}

void Options::output(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  custom(names, help, "FILE", file_name(names, path));
  outputs_.push_back({names.substr(0, names.find(',')), [&path] { return path; }, true});
}

void Options::appended(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  output(names, path, help);
  outputs_.back().opened = false;
}

void Options::require(const std::string& name) { cli_->get_option(name)->required(); }

std::vector<std::string> Options::given() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : cli_->get_options()) {
    if (option->count() > 0 && !option->get_positional()) names.push_back(option->get_name());
  }
  return names;
}

std::vector<std::string> Options::inputs() const {
  std::vector<std::string> paths;
  for (const auto& of_option : inputs_) {
    for (const std::string& path : of_option()) paths.push_back(path);
  }
  return paths;
}

std::vector<Options::OutputPath> Options::outputs() const {
  std::vector<OutputPath> given;
  for (const OutputOption& output : outputs_) {
    if (const auto path = output.path()) given.push_back({output.option, *path, output.opened});
  }
  return given;
}

void Options::example(const std::string& command) {
  examples_ += (examples_.empty() ? "Examples:\n  " : "\n  ") + command;
  cli_->footer(examples_);
}

void apply_settings(const std::vector<Setting>& settings, const std::function<void(Options&)>& declare) {
  CLI::App parser;
  parser.set_help_flag();
  Options options(&parser);
  declare(options);
  std::vector<std::string> arguments;
  std::map<const CLI::Option*, std::string> known;
  for (const auto& [name, value] : settings) {
    const CLI::Option* option = parser.get_option_no_throw((name.size() == 1 ? "-" : "--") + name);
    if (!option) throw UsageError("there is no option " + in_quotes(name));
    const auto [same, first] = known.emplace(option, name);
    if (!first) throw UsageError(in_quotes(same->second) + " and " + in_quotes(name) + " are one option");
    if (value.empty()) {
      arguments.insert(arguments.end(), {option->get_name(), ""});
    } else {
      arguments.push_back(name.size() == 1 ? "-" + name + value : "--" + name + "=" + value);
    }
  }
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
  try {
    parser.parse(arguments);
  } catch (const CLI::ExtrasError&) {
    throw UsageError(in_quotes(arguments.front()) + " is not understood");
  } catch (const CLI::ParseError& e) {
    throw UsageError(e.what());
  }
}

}  // namespace maha::cli
