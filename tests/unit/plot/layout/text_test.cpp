#include "plot/layout/text.hpp"

#include <doctest/doctest.h>

#include "core/text/characters.hpp"

using namespace maha;
using namespace maha::plot;

TEST_CASE("text for gnuplot: nothing in a string means anything to it") {
  CHECK(quoted("a_b^{c} (x); <&> %d ~ größe") == "\"a_b^{c} (x); <&> %d ~ größe\"");
  CHECK(quoted("it's \"d\" `ls` $x @y \\n #") == "\"it\\047s \\042d\\042 \\140ls\\140 \\044x \\100y \\134n \\043\"");
  CHECK(quoted("two\nlines\tand\x7f\r") == "\"two lines and  \"");
  CHECK(quoted_format("50% `x`") == "\"50%% \\140x\\140\"");
  CHECK(quoted_format(std::string(71, 'a') + "%%").ends_with("a%%…\""));  // cut before, so that no % stands alone
}

TEST_CASE("text for gnuplot: UTF-8 that XML may hold, whatever comes in") {
  CHECK(shown_text("caf\xe9 \xff\xfe") == "caf\uFFFD \uFFFD\uFFFD");
  CHECK(shown_text("\xc3") == "\uFFFD");                                          // cut off
  CHECK(shown_text("\xc0\xaf\xe0\x80\xaf") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");  // longer than they have to be
  CHECK(shown_text("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");                      // half of a pair
  CHECK(shown_text("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");            // beyond the last
  CHECK(shown_text("\xef\xbf\xbe|\xef\xbf\xbf") == "\uFFFD|\uFFFD");              // no characters
  CHECK(shown_text("\x01\xc2\x85|") == "  |");
  CHECK(shown_text("größe 漢 😀") == "größe 漢 😀");
}

TEST_CASE("text for gnuplot: long texts are cut at characters, not at bytes") {
  CHECK(character_count("größe") == 5);
  CHECK(shown_text("größe", 5) == "größe");
  CHECK(shown_text("größer", 4) == "größ…");
}

TEST_CASE("texts on a page: wrapped into lines about as long as each other, shortened in the middle") {
  const std::vector<std::string> two{"first principal component", "(37.1% of variance)"};
  CHECK(wrapped("first principal component (37.1% of variance)", 220, 10) == two);
  CHECK(wrapped("short", 200, 10) == std::vector<std::string>{"short"});
  CHECK(wrapped("", 200, 10).empty());
  const std::vector<std::string> texts{"lmnn:neighbors=3,push-weight=0.1,rank=10", std::string(70, 'W'),
                                       "漢字漢字漢字漢字"};
  for (const std::string& text : texts) {
    std::string whole;
    for (const std::string& line : wrapped(text, 90, 10)) {
      CHECK(text_width(line, 10) <= 90);
      whole += line;
    }
    CHECK(whole == text);
    CHECK(text_width(shortened(text, 60, 10), 10) <= 60);
  }
  CHECK(shortened("abcdefghij", 40, 10) == "abc…ij");
  CHECK(shortened("abc", 40, 10) == "abc");
}

TEST_CASE("texts on a page: no more is left out of a text than has to be, nor of its second half than of its first") {
  const std::string text = "measurements of WIDE letters, il";
  for (double width = 0; width < 300; width += 3.7) {
    CAPTURE(width);
    const std::string result = shortened(text, width, 10);
    const std::size_t before = result.find("…");
    if (before == std::string::npos) {
      CHECK(result == text);
      continue;
    }
    const std::size_t after = result.size() - before - std::string("…").size(), removed = text.size() - before - after;
    CHECK(result == text.substr(0, before) + "…" + text.substr(before + removed));
    CHECK((before == after || before == after + 1));
    CHECK((removed == text.size() || text_width(result, 10) <= width));
    const std::size_t more = (text.size() - removed + 2) / 2;  // before, if one less were left out
    const std::string longer = removed == 1 ? text : text.substr(0, more) + "…" + text.substr(more + removed - 1);
    CHECK(text_width(longer, 10) > width);
  }
}

TEST_CASE("texts on a page: names stay different where they are shortened") {
  const std::vector<std::string> names{"lmnn:neighbors=3,push-weight=0.1,max-iterations=100",
                                       "lmnn:neighbors=3,push-weight=0.9,max-iterations=100", "cov"};
  const std::vector<std::string> all = shortened(names, 100, 10);
  CHECK(all[0] != all[1]);
  CHECK(all[0].find("0.1") != std::string::npos);
  CHECK(all[2] == "cov");
  for (const std::string& name : all) CHECK(text_width(name, 10) <= 100);
  const std::string same = "one name of two rows";
  CHECK(shortened(std::vector<std::string>{same, same}, 50, 10) ==
        std::vector<std::string>(2, shortened(same, 50, 10)));
}

TEST_CASE("texts on a page: of a name too long for its figures the middle is left out") {
  CHECK(with_figures("short", ": AUC 0.9") == "short: AUC 0.9");
  const std::string figures = ": AUC 0.912, EER 12.3%", name = std::string(60, 'x') + "größe";
  CHECK(with_figures(name, figures) == std::string(25, 'x') + "…" + std::string(19, 'x') + "größe" + figures);
  CHECK(shown_text(with_figures(name, figures)) == with_figures(name, figures));
  CHECK(with_figures("a\n" + name, figures).starts_with("a xx"));
  CHECK(with_figures(name.substr(0, 50), figures) == name.substr(0, 50) + figures);
}
