#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/installation.hpp"
#include "core/error.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

/// The names of the options, not arguments, that are as wanted.
template <class Wanted>
std::vector<std::string> names_of(const CLI::App& parser, Wanted wanted) {
  std::vector<std::string> names;
  for (const CLI::Option* option : parser.get_options()) {
    if (!option->get_positional() && wanted(*option)) names.push_back(option->get_name());
  }
  return names;
}

/// By which CLI11 finds an option.
std::string last_name(const std::string& names) { return names.substr(names.rfind(',') + 1); }

/// The quoted item of a list at `at`, which is moved past it; a doubled quote is a quote.
std::string quoted_item(const std::string& names, const std::string& text, std::size_t& at) {
  for (std::string item;; item += '"') {
    const std::size_t close = text.find('"', at + 1);
    if (close == std::string::npos) throw UsageError(names + ": a quote in " + in_quotes(text) + " is never closed");
    item.append(text, at + 1, close - at - 1);
    at = close + 1;
    if (at == text.size() || text[at] != '"') return item;
  }
}

/// The items of a list separated by commas; an item with a comma must be quoted, as in CSV.
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

/// Appends the items of each text given; the first one replaces the default.
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
  const auto all = [set = std::move(set), names, cli = cli_](const std::vector<std::string>& texts) mutable {
    const CLI::Option* given = cli->get_option(last_name(names));
    if (given->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeLast && given->count() > 1)
      throw UsageError(names + ": given twice");
    for (const std::string& text : texts) set(text);
    return true;
  };
  CLI::Option* option = cli_->add_option_function<std::vector<std::string>>(names, all, help);
  option->type_name(kind)->type_size(1)->expected(1)->allow_extra_args(false);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  if (!standing.empty()) option->default_str(standing);
}

void Options::add(Option& option) {
  if (!option.is_flag()) {
    custom(
        option.names(), option.help(), option.kind(), [&option](const std::string& text) { option.set(text); },
        option.standing());
    taken_[find(option.names())].declared = &option;
    return;
  }
  const auto set = [&option](const CLI::results_t& texts) {
    bool truth = false;
    if (!CLI::detail::lexical_cast(texts.front(), truth)) return false;
    option.set(truth ? "true" : "false");
    return true;
  };
  CLI::Option* const flag = cli_->add_option(option.names(), CLI::callback_t(set), option.help(), false);
  flag->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)->expected(0);
  taken_[flag].takes = Takes::nothing;
}

void Options::add(OptionList& all) {
  for (Option& option : all.options()) add(option);
}

void Options::option(const std::string& names, std::vector<std::string>& values, const std::string& help,
                     const char* kind, Takes takes) {
  custom(names, help, kind, append_to(names, values, [](const std::string& item) { return item; }));
  find(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  taken_[find(names)].takes = takes;
}

void Options::option(const std::string& names, std::vector<Index>& values, const std::string& help, const char* kind) {
  std::string standing;
  for (const Index value : values) standing += (standing.empty() ? "" : ",") + std::to_string(value);
  custom(names, help, kind,
         append_to(names, values, [names](const std::string& item) { return number_from<Index>(names, item); }),
         standing);
  find(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  taken_[find(names)].takes = Takes::whole;
}

void Options::column(const std::string& names, std::optional<std::string>& value, const std::string& help) {
  option(names, value, help, "COLUMN").taking(Takes::column);
}

void Options::columns(const std::string& names, std::vector<std::string>& values, const std::string& help) {
  option(names, values, help, "COLUMN,...", Takes::columns);
}

void Options::propose(const std::string& name, std::function<std::vector<Proposal>(const std::string&)> proposals) {
  taken_[find(name)].propose = std::move(proposals);
}

void Options::repeated(const std::string& names, std::vector<std::string>& values, const std::string& help,
                       const char* kind) {
  custom(names, help, kind, [&values](const std::string& text) { values.push_back(text); });
  find(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::files(const std::string& name, std::vector<std::string>& values, const std::string& help, Takes takes) {
  taken_[cli_->add_option(name, values, help)->type_name("")].takes = takes;
  inputs_.emplace_back([&values] { return values; });
}

CLI::Option* Options::find(const std::string& names) const { return cli_->get_option(last_name(names)); }

void Options::require(const std::string& name) { cli_->get_option(name)->required(); }

std::vector<std::string> Options::names() const {
  return names_of(*cli_, [](const CLI::Option&) { return true; });
}

std::vector<std::string> Options::given() const {
  return names_of(*cli_, [](const CLI::Option& option) { return option.count() > 0; });
}

std::vector<Options::Given> Options::settings() const {
  std::vector<Given> all;
  for (const CLI::Option* option : cli_->get_options()) {
    if (option->count() == 0 || option->get_positional()) continue;
    const auto taken = taken_.find(option);  // of a list it may be a word as well, as --prior covariance
    const bool own = taken != taken_.end() && !taken->second.declared;
    const bool is_file = own && (taken->second.takes == Takes::input || taken->second.takes == Takes::rows ||
                                 taken->second.takes == Takes::output);
    const bool flag = option->get_expected_max() == 0;
    all.push_back({option->get_name(), flag ? std::vector<std::string>() : option->results(), is_file});
  }
  return all;
}

void Options::writes(const std::string& names, const std::string& help) {
  output_.push_back({split(names), help});
  renew_footer();
}

void Options::example(const std::string& command) {
  examples_.push_back(command);
  renew_footer();
}

void Options::renew_footer() {
  const std::string of_output = output_text(output_), of_examples = examples_.empty() ? "" : examples_text(examples_);
  cli_->footer(of_output + (of_output.empty() || of_examples.empty() ? "" : "\n") + of_examples);
}

std::string examples_text(const std::vector<std::string>& examples) {
  std::string text = "Examples:";
  if (const auto folder = installed_datasets()) text += "\n  test -e datasets || cp -r " + shell_word(*folder) + " .";
  for (const std::string& line : examples) text += "\n  " + line;
  return text;
}

// ---- What was declared ----------------------------------------------------------------------------------------------

Declared Options::described(const CLI::Option& option) const {
  Declared declared;
  declared.names = split(option.get_name(option.get_positional(), true));
  declared.value = option.get_type_size() == 0 ? "" : option.get_type_name();
  declared.help = option.get_description();
  declared.standing = option.get_default_str();
  declared.required = option.get_required();
  const bool flag = option.get_expected_max() == 0;
  declared.repeated =
      !flag && (option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll || option.get_expected_max() > 1);
  declared.greedy = !option.get_positional() && option.get_expected_max() > 1;
  declared.takes = flag ? Takes::nothing : Takes::text;
  if (const auto taken = taken_.find(&option); taken != taken_.end()) {
    declared.takes = taken->second.declared ? taken->second.declared->takes() : taken->second.takes;
    declared.of_list = taken->second.declared;
    declared.propose = taken->second.propose;
  }
  return declared;
}

Section Options::section(const std::string& name) const {
  Section section{name, cli_->get_description(), {}, {}, columns_of_, output_};
  for (const CLI::Option* option : std::as_const(*cli_).get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->get_positional() ? section.arguments : section.options).push_back(described(*option));
  }
  return section;
}

}  // namespace maha::cli
