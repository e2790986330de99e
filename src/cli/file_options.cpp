#include <CLI/CLI.hpp>
#include <utility>

#include "cli/options.hpp"
#include "core/error.hpp"

namespace maha::cli {
namespace {

/// Takes the name of a file, which must not be empty.
template <class Path>
std::function<void(const std::string&)> file_name(const std::string& names, Path& path) {
  return [&path, names](const std::string& text) {
    if (text.empty()) throw UsageError(names + ": the name of the file is empty");
    path = text;
  };
}

std::vector<std::string> paths_of(const std::vector<std::function<std::vector<std::string>()>>& options) {
  std::vector<std::string> paths;
  for (const auto& of_option : options) {
    for (const std::string& path : of_option()) paths.push_back(path);
  }
  return paths;
}

}  // namespace

void Options::custom_file(const std::string& names, const std::string& help, const char* kind, Takes takes,
                          std::function<void(const std::string&)> set, const std::string& standing) {
  custom(names, help, kind, std::move(set), standing);
  taken_[find(names)].takes = takes;
}

void Options::input(const std::string& names, std::string& path, const std::string& help, const char* kind) {
  custom_file(names, help, kind, Takes::input, file_name(names, path), path);
  inputs_.emplace_back([&path] { return std::vector<std::string>{path}; });
}

void Options::input(const std::string& names, std::optional<std::string>& path, const std::string& help,
                    const char* kind) {
  custom_file(names, help, kind, Takes::input, file_name(names, path));
  inputs_.emplace_back([&path] { return path ? std::vector<std::string>{*path} : std::vector<std::string>(); });
}

void Options::input_instead(const std::string& names, std::optional<std::string>& path, std::string& rows,
                            const std::string& help, const char* kind) {
  const auto set = [cli = cli_, &rows, take = file_name(names, path)](const std::string& text) {
    take(text);
    bool given = false;
    for (CLI::Option* option : cli->get_options()) {
      given = given || (option->get_positional() && option->count() > 0);
      option->required(false);
    }
    if (!given) rows.clear();
  };
  custom_file(names, help, kind, Takes::input, set);
  inputs_.emplace_back([&path] { return path ? std::vector<std::string>{*path} : std::vector<std::string>(); });
}

void Options::inputs(const std::string& names, std::vector<std::string>& paths, const std::string& help,
                     const char* kind) {
  const auto set = [&paths, names](const std::string& text) { file_name(names, paths.emplace_back())(text); };
  custom_file(names, help, kind, Takes::input, set);
  find(names)->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  find(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  inputs_.emplace_back([&paths] { return paths; });
  staying_.push_back(inputs_.back());
}

void Options::rows(const std::string& names, std::string& path, const std::string& help) {
  input(names, path, help);
  taken_[find(names)].takes = Takes::rows;
}

void Options::rows(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  input(names, path, help);
  taken_[find(names)].takes = Takes::rows;
}

void Options::rows(const std::string& names, std::vector<std::string>& paths, const std::string& help) {
  repeated(names, paths, help, "FILE");
  taken_[find(names)].takes = Takes::rows;
  inputs_.emplace_back([&paths] { return paths; });
}

void Options::output(std::string& path, const std::string& help) {
  custom_file("-o,--output", help, "FILE", Takes::output, file_name("-o,--output", path), path);
  outputs_.push_back({"-o", [&path] { return std::optional(path); }, true, true});
}

void Options::output(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  custom_file(names, help, "FILE", Takes::output, file_name(names, path));
  outputs_.push_back({names.substr(0, names.find(',')), [&path] { return path; }, true, false});
}

void Options::main_output(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  output(names, path, help);
  outputs_.back().replaces_input = true;
}

void Options::appended(const std::string& names, std::optional<std::string>& path, const std::string& help) {
  output(names, path, help);
  outputs_.back().opened = false;
}

std::vector<std::string> Options::inputs() const { return paths_of(inputs_); }

std::vector<std::string> Options::staying() const { return paths_of(staying_); }

std::vector<Options::OutputPath> Options::outputs() const {
  std::vector<OutputPath> given;
  for (const OutputOption& output : outputs_) {
    if (const auto path = output.path()) given.push_back({output.option, *path, output.opened, output.replaces_input});
  }
  return given;
}

}  // namespace maha::cli
