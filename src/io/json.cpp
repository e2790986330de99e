#include "io/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/file_kind.hpp"

namespace maha::io {
namespace {

constexpr std::size_t kDeepest = 64;  // levels of nesting; copying and writing values recurse once for each
constexpr std::size_t kShown = 40;    // characters of a number or a place in messages

/// Builds a value from the events of nlohmann's parser. The library's own builder copies an object's members as it
/// grows and searches all keys for each new one; it also accepts any depth, and the last of duplicate keys.
class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  Json take() { return std::move(result_); }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return value == 0 ? add(-0.0) : add(value); }  // "0" comes as unsigned
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // does not occur in text

  bool start_object(std::size_t) { return open(); }
  bool start_array(std::size_t) { return open(); }

  bool open() {
    if (levels_.size() == kDeepest) {
      throw InputError(place() + ": more than " + std::to_string(kDeepest) + " lists and objects within each other");
    }
    levels_.emplace_back();
    return true;
  }

  bool key(std::string& name) {
    Level& level = levels_.back();
    level.key = std::move(name);
    if (!level.known.insert(level.key).second) throw InputError(place() + " is there twice");
    return true;
  }

  bool end_object() {
    Json object = Json::object();
    auto& members = object.get_ref<Json::object_t&>();
    members.reserve(levels_.back().members.size());
    for (auto& [name, value] : levels_.back().members) members.emplace_back(std::move(name), std::move(value));
    return close(std::move(object));
  }

  bool end_array() { return close(Json(std::move(levels_.back().items))); }

  bool parse_error(std::size_t byte, const std::string& token, const Json::exception& error) {
    if (const std::string kind = foreign_kind(text_, "JSON"); !kind.empty()) throw InputError(kind);
    const bool number = dynamic_cast<const Json::out_of_range*>(&error) != nullptr;  // one that is read to its end
    const std::size_t at = number ? byte - std::min(byte, token.size()) : byte - std::min<std::size_t>(byte, 1);
    const std::string_view before = text_.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::string where =
        "at line " + std::to_string(line) + ", column " + std::to_string(before.size() - (before.rfind('\n') + 1) + 1);
    if (number) throw InputError(where + ": the number " + token.substr(0, kShown) + " is out of range");
    const std::size_t word = text_.find_last_of(",:[ \t\r\n-", at) + 1;  // what the parser gave up in
    for (const std::string_view wrong : {"NaN", "nan", "Infinity", "inf"}) {
      if (text_.substr(word).starts_with(wrong))
        throw InputError(where + ": " + std::string(wrong) + " is no number of JSON");
    }
    throw InputError("not JSON: " + where + (at >= text_.size() ? ", where it ends" : ""));
  }

 private:
  /// An object or list that is not closed yet.
  struct Level {
    std::string key;                                    // of an object: the member being read
    std::vector<std::pair<std::string, Json>> members;  // of an object: those read so far
    std::unordered_set<std::string> known;
    Json::array_t items;  // of a list
  };

  bool close(Json value) {
    levels_.pop_back();
    return add(std::move(value));
  }

  bool add(Json value) {
    if (levels_.empty()) {
      result_ = std::move(value);
    } else if (Level& level = levels_.back(); level.known.empty()) {
      level.items.push_back(std::move(value));
    } else {
      level.members.emplace_back(level.key, std::move(value));
    }
    return true;
  }

  /// The place of the value being read, such as `datasets[2].name`.
  std::string place() const {
    std::string text;
    for (const Level& level : levels_) {
      if (level.known.empty()) {
        text += "[" + std::to_string(level.items.size() + 1) + "]";
      } else {
        text += (text.empty() ? "" : ".") + (level.key.empty() ? "''" : printable(level.key));
      }
      if (text.size() > kShown) return text.substr(0, kShown) + "...";
    }
    return text;
  }

  std::string_view text_;
  std::vector<Level> levels_;
  Json result_;
};

/// Reads JSON as it mostly is, numbers without copying them first: a large matrix takes two thirds of the time. It
/// sends a Builder the same events in the same order as the library's parser. At anything wrong it gives up, and that
/// parser, which then starts anew, says what it is.
class QuickReader {
 public:
  QuickReader(std::string_view text, Builder& builder)
      : p_(text.data()), end_(text.data() + text.size()), builder_(builder) {}

  /// False if it has given up.
  bool read() {
    if (!value()) return false;
    skip_blanks();
    return p_ == end_;
  }

 private:
  void skip_blanks() {
    while (p_ != end_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t')) ++p_;
  }

  /// Whether this character comes next, after blanks; it is then passed.
  bool next(char wanted) {
    skip_blanks();
    if (p_ == end_ || *p_ != wanted) return false;
    ++p_;
    return true;
  }

  bool value() {
    skip_blanks();
    if (p_ == end_) return false;
    if (*p_ == '[') return list();
    if (*p_ == '{') return object();
    if (*p_ == '"') {
      std::string content;
      return text(content) && builder_.string(content);
    }
    if (*p_ == 't') return word("true") && builder_.boolean(true);
    if (*p_ == 'f') return word("false") && builder_.boolean(false);
    if (*p_ == 'n') return word("null") && builder_.null();
    return number();
  }

  bool list() {
    ++p_;
    builder_.open();
    if (next(']')) return builder_.end_array();
    do {
      if (!value()) return false;
    } while (next(','));
    return next(']') && builder_.end_array();
  }

  bool object() {
    ++p_;
    builder_.open();
    if (next('}')) return builder_.end_object();
    do {
      std::string name;
      skip_blanks();
      if (p_ == end_ || *p_ != '"' || !text(name)) return false;
      if (!builder_.key(name) || !next(':') || !value()) return false;
    } while (next(','));
    return next('}') && builder_.end_object();
  }

  bool word(std::string_view wanted) {
    if (!std::string_view(p_, static_cast<std::size_t>(end_ - p_)).starts_with(wanted)) return false;
    p_ += wanted.size();
    return true;
  }

  /// A text. One with escapes or beyond ASCII is left to the library.
  bool text(std::string& content) {
    const char* const begin = p_++;
    bool plain = true;
    for (; p_ != end_ && *p_ != '"'; ++p_) {
      if (*p_ >= ' ' && *p_ != '\\' && *p_ != '\x7f') continue;
      plain = false;
      if (*p_ == '\\' && ++p_ == end_) return false;
    }
    if (p_ == end_) return false;
    const std::string_view token(begin, static_cast<std::size_t>(++p_ - begin));
    content = token.substr(1, token.size() - 2);
    if (plain) return true;
    const Json parsed = Json::parse(token, nullptr, false);
    if (!parsed.is_string()) return false;
    content = parsed.get<std::string>();
    return true;
  }

  bool digits() {
    const char* const begin = p_;
    while (p_ != end_ && *p_ >= '0' && *p_ <= '9') ++p_;
    return p_ != begin;
  }

  bool number() {
    const char* const begin = p_;
    bool whole = true;
    if (*p_ == '-') ++p_;
    const char* const first = p_;
    if (!digits() || (*first == '0' && p_ - first > 1)) return false;
    if (p_ != end_ && *p_ == '.') {
      whole = false;
      ++p_;
      if (!digits()) return false;
    }
    if (p_ != end_ && (*p_ == 'e' || *p_ == 'E')) {
      whole = false;
      if (++p_ != end_ && (*p_ == '+' || *p_ == '-')) ++p_;
      if (!digits()) return false;
    }
    return add({begin, static_cast<std::size_t>(p_ - begin)}, whole);
  }

  bool add(std::string_view digits, bool whole) {
    std::uint64_t natural = 0;
    std::int64_t negative = 0;
    if (whole && digits[0] != '-' && parse_whole(digits, natural) == std::errc())
      return builder_.number_unsigned(natural);
    if (whole && digits[0] == '-' && parse_whole(digits, negative) == std::errc())
      return builder_.number_integer(negative);
    double number = 0;
    return parse_number(digits, number) && std::isfinite(number) && builder_.number_float(number, {});
  }

  const char *p_, *end_;
  Builder& builder_;
};

}  // namespace

Json parse_json(std::string_view text) {
  if (Builder quick(text); QuickReader(text, quick).read()) return quick.take();
  Builder builder(text);
  Json::sax_parse(text, &builder);  // all errors are thrown
  return builder.take();
}

std::string brief(const Json& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  std::string text = dump_replacing(value);
  if (text.size() > kShown) text = text.substr(0, kShown - 3) + "...";
  return text;
}

std::string dump_json(const Json& json) {
  try {
    return json.dump();
  } catch (const Json::exception&) {
    throw InputError("a name is not UTF-8, which JSON must be");
  }
}

std::string dump_replacing(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace maha::io
