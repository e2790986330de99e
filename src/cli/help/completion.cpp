#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <string_view>

#include "cli/help/page.hpp"
#include "core/error.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::cli {
namespace {

const std::string kFiles = ":files\n";  // for the shell: it completes the names of files better than we could

/// Whether it is there and can be read without being used up.
bool is_regular(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

/// The command line up to the word that is asked about.
class Completion {
 public:
  explicit Completion(const Page& page) : page_(page) {}

  std::string of(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) pass(words[i]);
    const std::string last = words.empty() ? "" : words.back();
    if (pending_ && !(satisfied_ && is_option(last))) return values(*pending_, last, "");
    const std::size_t equals = last.find('=');
    if (!only_arguments_ && last.starts_with("--") && equals != std::string::npos) {
      const Declared* const option = option_called(last.substr(0, equals));
      return option ? values(*option, last.substr(equals + 1), last.substr(0, equals + 1)) : "";
    }
    if (!only_arguments_ && last.starts_with("-")) return options(last);
    if (!command_ && !page_.commands.empty()) return commands(last);
    const Declared* const argument = next_argument();
    return argument ? values(*argument, last, "") : "";
  }

 private:
  /// Takes note of a word before the last.
  void pass(const std::string& word) {
    if (satisfied_ && is_option(word)) pending_ = nullptr;
    if (pending_) {
      take(*pending_, word);
      satisfied_ = true;
      if (!pending_->greedy) pending_ = nullptr;
    } else if (only_arguments_ || !is_option(word)) {
      pass_argument(word);
    } else if (word == "--") {
      only_arguments_ = true;
    } else {
      pass_option(word);
    }
  }

  void pass_argument(const std::string& word) {
    if (!command_ && !page_.commands.empty()) {
      const auto called = [&](const Section& command) { return command.name == word; };
      const auto found = std::find_if(page_.commands.begin(), page_.commands.end(), called);
      if (found != page_.commands.end()) command_ = &*found;
      return;
    }
    if (const Declared* const argument = next_argument()) take(*argument, word);
    ++arguments_;
  }

  void pass_option(const std::string& word) {
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    const Declared* const option = option_called(word.substr(0, equals));
    if (!option) return;
    given_.insert(option->names.back());
    if (option->takes == Takes::nothing) return;
    if (equals != std::string::npos) return take(*option, word.substr(equals + 1));
    pending_ = option;
    satisfied_ = false;
  }

  /// The rows whose columns options name are those of an option, as --train, or else the first file.
  void take(const Declared& declared, const std::string& value) {
    if (declared.takes != Takes::rows) return;
    const bool by_option = declared.names.front().starts_with("-");
    if (rows_.empty() || (by_option && !rows_by_option_)) rows_ = value;
    rows_by_option_ = rows_by_option_ || by_option;
  }

  std::vector<const Section*> sections() const {
    if (command_) return {command_, &page_.tool};
    return {&page_.tool};
  }

  const Declared* option_called(const std::string& name) const {
    for (const Section* section : sections()) {
      for (const Declared& option : section->options) {
        if (option.is_called(name)) return &option;
      }
    }
    return nullptr;
  }

  const Declared* next_argument() const {
    const std::vector<Declared>& all = (command_ ? *command_ : page_.tool).arguments;
    if (arguments_ < all.size()) return &all[arguments_];
    return !all.empty() && all.back().repeated ? &all.back() : nullptr;
  }

  std::string commands(const std::string& begun) const {
    std::vector<Proposal> all;
    for (const Section& command : page_.commands) all.push_back({command.name, command.description});
    return proposal_lines(all, begun);
  }

  /// The options that may still be given, by their long names; by short ones where these are all they have.
  std::string options(const std::string& begun) const {
    std::vector<Proposal> all;
    for (const Section* section : sections()) {
      for (const Declared& option : section->options) {
        if (!option.repeated && given_.contains(option.names.back())) continue;
        all.push_back({option.names.back(), option.help});
        if (begun.size() == 2 && begun[1] != '-' && option.is_called(begun)) all.push_back({begun, option.help});
      }
    }
    return proposal_lines(all, begun);
  }

  /// Of a value that has begun so; each proposal is the whole word, which starts with `before`.
  std::string values(const Declared& declared, const std::string& begun, const std::string& before) const {
    std::vector<Proposal> all;
    if (declared.propose) all = declared.propose(begun);
    for (const std::string& word : declared.words()) all.push_back({word, ""});
    if (declared.takes == Takes::column) {
      for (const std::string& name : columns()) all.push_back({name, ""});
    } else if (declared.takes == Takes::columns) {
      add_lists(begun, all);
    }
    for (Proposal& proposal : all) proposal.word = before + proposal.word;
    const bool files =
        declared.takes == Takes::input || declared.takes == Takes::rows || declared.takes == Takes::output;
    return proposal_lines(all, before + begun) + (files ? kFiles : "");
  }

  /// A list with one more column, of those that are not in it.
  void add_lists(const std::string& begun, std::vector<Proposal>& all) const {
    bool quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < begun.size(); ++i) {
      if (begun[i] == '"') quoted = !quoted;
      if (begun[i] == ',' && !quoted) start = i + 1;
    }
    const std::string listed = begun.substr(0, start);
    for (const std::string& name : columns()) {
      std::string item;
      io::append_field(item, name);
      if (("," + listed).find("," + item + ",") == std::string::npos) all.push_back({listed + item, ""});
    }
  }

  /// None if the rows cannot be read, or would be read before their time.
  std::vector<std::string> columns() const {
    for (const Section* section : sections()) {
      if (!section->columns_of || !is_regular(rows_)) continue;
      try {
        return section->columns_of(rows_);
      } catch (const InputError&) {
        return {};
      }
    }
    return {};
  }

  const Page& page_;
  const Section* command_ = nullptr;
  const Declared* pending_ = nullptr;  // the option whose value comes next
  std::set<std::string> given_;
  std::size_t arguments_ = 0;
  std::string rows_;
  bool rows_by_option_ = false, only_arguments_ = false, satisfied_ = false;  // that option has a value
};

/// Beyond a tab or line end a shell would take something for another proposal.
std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

bool Declared::is_called(const std::string& name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

std::string unquoted(const std::string& word) {
  std::string result;
  char quote = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool last = i + 1 == word.size();
    const bool special = !last && std::string_view("\"\\$`").find(word[i + 1]) != std::string_view::npos;
    if (quote == 0 && (word[i] == '\'' || word[i] == '"')) {
      quote = word[i];
    } else if (quote != 0 && word[i] == quote) {
      quote = 0;
    } else if (word[i] == '\\' && !last && (quote == 0 || (quote == '"' && special))) {
      result += word[++i];
    } else {
      result += word[i];
    }
  }
  const char* const home = std::getenv("HOME");
  return word.starts_with("~/") && home ? home + result.substr(1) : result;
}

std::string proposal_lines(const std::vector<Proposal>& proposals, const std::string& begun) {
  std::string lines;
  for (const Proposal& proposal : proposals) {
    if (!proposal.word.starts_with(begun) || proposal.word != on_one_line(proposal.word)) continue;
    lines += proposal.word + (proposal.meaning.empty() ? "" : "\t" + on_one_line(proposal.meaning)) + "\n";
  }
  return lines;
}

std::string completion(const Page& page, const std::vector<std::string>& words) {
  std::vector<std::string> plain;
  for (const std::string& word : words) plain.push_back(unquoted(word));
  return Completion(page).of(plain);
}

}  // namespace maha::cli
