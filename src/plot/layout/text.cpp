#include "plot/layout/text.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace maha::plot {
namespace {

unsigned byte_at(const std::string& text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

struct Character {
  std::size_t bytes = 1;
  char32_t code = 0xFFFD;  // the replacement for bytes that are not UTF-8
};

/// The character that begins at a byte. Overlong forms, surrogates and characters that XML does not allow are replaced.
Character character_at(const std::string& text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80) return {1, first};
  const std::size_t bytes = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (bytes == 0) return {};
  char32_t code = first & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const unsigned next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return {};
    code = code << 6 | (next & 0x3F);
  }
  const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  if (overlong || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) return {};
  if (code == 0xFFFE || code == 0xFFFF) return {bytes, 0xFFFD};
  return {bytes, code};
}

/// In units of the font's size. NOTE Widths are those of DejaVu Sans, rounded up by groups of letters; letters of other
/// alphabets than ours are taken for wide ones.
double character_width(char32_t code) {
  const auto among = [code](const char* group) { return code < 0x80 && std::strchr(group, static_cast<int>(code)); };
  if (code >= 0x2E80) return 1.1;
  if (code == U'…' || code == U'W' || code == U'm' || code == U'M' || code == U'%' || code == U'@') return 1;
  if (code >= 0x80) return code >= 0x2070 && code < 0x209F ? 0.45 : 0.85;  // powers of ten
  if (among("ijlI'|.,:;!() []/\\J-")) return 0.4;
  if (among("frt\"*`_s")) return 0.53;
  if (among("w+<=>~#&OQHDNGU")) return 0.84;
  return code < 'a' && code >= 'A' ? 0.7 : 0.64;
}

/// The characters of a text in UTF-8.
std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = character_at(text, at).bytes;
    all.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return all;
}

/// In double quotes, with characters in octal that have a meaning to gnuplot there, or before it looks for quotes.
std::string literal(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (byte >= ' ' && byte < 0x7F && !std::strchr("\"'`\\$@#", c));
    if (plain) {
      result += c;
    } else {
      result += {'\\', static_cast<char>('0' + byte / 64), static_cast<char>('0' + byte / 8 % 8),
                 static_cast<char>('0' + byte % 8)};
    }
  }
  return result + "\"";
}

/// The text in lines, each as full as it can be.
std::vector<std::string> filled(const std::string& text, double width, double size) {
  std::vector<std::string> lines;
  std::string line, word;
  const auto end_line = [&] {
    if (!line.empty()) lines.push_back(line);
    line.clear();
  };
  const auto end_word = [&] {
    if (text_width(line + word, size) > width) end_line();
    line += word;
    word.clear();
  };
  for (const std::string& character : characters(shown_text(text))) {
    if (text_width(word + character, size) > width) {  // a word that no line holds
      end_word();
      end_line();
    }
    word += character;
    if (character == " " || character == ",") end_word();
  }
  end_word();
  end_line();
  return lines;
}

/// The beginning of a text, and of the rest what it differs in from another: "lmnn…t=0.9,m…".
std::string from_difference(const std::string& text, const std::string& other, double width, double size) {
  constexpr std::size_t kBeginning = 4, kBefore = 3;  // characters kept, at the beginning and before the difference
  const std::vector<std::string> all = characters(shown_text(text)), others = characters(shown_text(other));
  const auto differ = std::mismatch(all.begin(), all.end(), others.begin(), others.end()).first;
  const auto from = std::max(kBeginning, static_cast<std::size_t>(differ - all.begin()) - kBefore);
  std::string result;
  for (std::size_t i = 0; i < std::min(kBeginning, all.size()); ++i) result += all[i];
  if (from > kBeginning) result += "…";
  for (std::size_t i = from; i < all.size(); ++i) {
    if (text_width(result + all[i] + "…", size) > width) return result + "…";
    result += all[i];
  }
  return result;
}

/// Whether a line but the last ends within a word.
bool breaks_words(const std::vector<std::string>& lines) {
  const auto within = [](const std::string& line) { return line.back() != ' ' && line.back() != ','; };
  return std::any_of(lines.begin(), lines.end() - 1, within);
}

}  // namespace

std::vector<TextCharacter> coded_characters(const std::string& text) {
  std::vector<TextCharacter> all;
  for (std::size_t at = 0; at < text.size(); at += all.back().bytes.size()) {
    const Character character = character_at(text, at);
    all.push_back({text.substr(at, character.bytes), character.code});
  }
  return all;
}

std::string shown_text(const std::string& text, std::size_t most) {
  std::string result;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (++characters > most) return result + "…";
    const auto [bytes, code] = character_at(text, at);
    if (code < ' ' || (code >= 0x7F && code < 0xA0)) {
      result += ' ';
    } else if (code == 0xFFFD) {
      result += "\uFFFD";
    } else {
      result.append(text, at, bytes);
    }
    at += bytes;
  }
  return result;
}

double text_width(const std::string& text, double size) {
  const std::string shown = shown_text(text);
  double width = 0;
  for (std::size_t at = 0; at < shown.size();) {
    const auto [bytes, code] = character_at(shown, at);
    width += character_width(code);
    at += bytes;
  }
  return width * size;
}

std::string with_figures(const std::string& name, const std::string& figures) {
  const std::vector<std::string> all = characters(shown_text(name, std::string::npos));
  const std::size_t most = kMostShown - std::min(kMostShown, characters(shown_text(figures)).size());
  if (all.size() <= most || most == 0) return name + figures;
  const std::size_t before = most / 2, after = most - 1 - before;
  std::string result;
  for (std::size_t i = 0; i < before; ++i) result += all[i];
  result += "…";
  for (std::size_t i = all.size() - after; i < all.size(); ++i) result += all[i];
  return result + figures;
}

double widest(const std::vector<std::string>& texts, double size) {
  double width = 0;
  for (const std::string& text : texts) width = std::max(width, text_width(text, size));
  return width;
}

std::vector<std::string> wrapped(const std::string& text, double width, double size) {
  std::vector<std::string> lines = filled(text, width, size);
  // the least width with as few lines, so that they are about as long as each other
  for (double less = 0.95 * width; lines.size() > 1 && less > size; less *= 0.95) {
    std::vector<std::string> narrower = filled(text, less, size);
    if (narrower.size() > lines.size() || breaks_words(narrower)) break;
    lines = std::move(narrower);
  }
  for (std::string& line : lines) {
    while (line.size() > 1 && line.back() == ' ') line.pop_back();
  }
  return lines;
}

std::string shortened(const std::string& text, double width, double size) {
  const std::string shown = shown_text(text);
  if (text_width(shown, size) <= width) return shown;
  const std::vector<std::string> all = characters(shown);
  std::vector<double> up_to{0};  // the width of the first characters, by their number
  for (const std::string& character : all) up_to.push_back(up_to.back() + text_width(character, size));
  std::size_t removed = 0, before = 0;
  double left = 0;
  do {
    ++removed;
    before = (all.size() - removed + 1) / 2;
    left = up_to[before] + text_width("…", size) + up_to.back() - up_to[before + removed];
  } while (removed < all.size() && left > width);
  std::string result;
  for (std::size_t i = 0; i < before; ++i) result += all[i];
  result += "…";
  for (std::size_t i = before + removed; i < all.size(); ++i) result += all[i];
  return result;
}

std::vector<std::string> shortened(const std::vector<std::string>& texts, double width, double size) {
  std::vector<std::string> result;
  std::unordered_map<std::string, std::vector<std::string>> alike;  // what is shortened to the same
  for (const std::string& text : texts) {
    result.push_back(shortened(text, width, size));
    alike[result.back()].push_back(text);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::vector<std::string>& others = alike.at(result[i]);
    const auto other = std::find_if(others.rbegin(), others.rend(), [&](const auto& text) { return text != texts[i]; });
    if (other != others.rend()) result[i] = from_difference(texts[i], *other, width, size);
  }
  return result;
}

std::string quoted(const std::string& text) { return literal(shown_text(text)); }

std::string quoted_format(const std::string& text) {
  std::string format;
  for (const char c : shown_text(text)) format += c == '%' ? "%%" : std::string(1, c);
  return literal(format);
}

}  // namespace maha::plot
