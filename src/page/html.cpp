#include "page/html.hpp"

#include <array>
#include <limits>

#include "core/text/number.hpp"
#include "plot/layout/text.hpp"

namespace maha::page {
namespace {

const char* class_of(Column::Holds holds) {
  switch (holds) {
    case Column::Holds::number:
      return "n";
    case Column::Holds::name:
      return "name";
    case Column::Holds::text:
      break;
  }
  return "long";
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

}  // namespace

std::string escaped(const std::string& text) {
  std::string html;
  for (const char c : plot::shown_text(text, std::numeric_limits<std::size_t>::max())) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string policy_source(const std::string& sha256) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string base64;
  unsigned held = 0;
  int bits = 0;
  for (const char c : sha256) {
    held = (held << 4 | static_cast<unsigned>(hex_digit(c))) & 0xFFF;
    for (bits += 4; bits >= 6; bits -= 6) base64 += kDigits[held >> (bits - 6) & 63];
  }
  if (bits > 0) base64 += kDigits[held << (6 - bits) & 63];
  while (base64.size() % 4 != 0) base64 += '=';
  return "'sha256-" + base64 + "'";
}

std::string Table::html(const std::string& id, int sorted) const {
  std::string text = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" + id +
                     "\"><table>\n<caption id=\"" + id + "\"><span>" + escaped(caption_) +
                     "</span></caption>\n<thead><tr>";
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    text += std::string("<th scope=\"col\" class=\"") + class_of(column.holds) + "\"" +
            (column.high_first ? " data-first=\"descending\"" : "") +
            (static_cast<int>(c) == sorted ? " aria-sort=\"ascending\"" : "") + ">" + escaped(column.title) + "</th>";
  }
  text += "</tr></thead>\n<tbody>\n";
  for (const std::vector<Field>& row : rows_) {
    text += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string value = row[c].value.empty() ? "" : " data-v=\"" + row[c].value + "\"";
      const std::string kind = row[c].kind.empty() ? "" : " " + row[c].kind;
      text += c == 0 ? "<th scope=\"row\"" + value + ">" + row[c].html + "</th>"
                     : std::string("<td class=\"") + class_of(columns_[c].holds) + kind + "\"" + value + ">" +
                           row[c].html + "</td>";
    }
    text += "</tr>\n";
  }
  return text + "</tbody>\n</table></div>\n";
}

Field text_field(const std::string& text) { return {escaped(text)}; }

Field number_field(double value, const std::string& shown) { return {shown, format_number(value)}; }

Field count_field(long value) { return {std::to_string(value)}; }

}  // namespace maha::page
