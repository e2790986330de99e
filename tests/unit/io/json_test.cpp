#include "io/json.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "core/error.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::io;

namespace {

std::string refusal(const std::string& text) {
  return test::refusal<InputError>([&] { parse_json(text); });
}

std::string nested(const std::string& open, int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  return text;
}

}  // namespace

TEST_CASE("JSON: every kind of value is read as it is written, keys in their order") {
  for (const std::string text :
       {R"({"z":1,"a":[true,false,null,"\u00fc\"\\",[],{}],"m":{"":-3,"x":0.1}})", "[]", "{}", "\"a\"", "12", "null",
        "-1", "0", "-0.0", "1e300", "18446744073709551615", "-9223372036854775808", R"([[1,2],[{"a":[]}]])"}) {
    CHECK(dump_json(parse_json(text)) == nlohmann::ordered_json::parse(text).dump());
  }
  CHECK(dump_json(parse_json("\xef\xbb\xbf [1 ,\r\n\t2]")) == "[1,2]");
}

TEST_CASE("JSON: what is accepted, and as what, is what the library says") {
  for (const std::string text : {"0.1",
                                 "-1E5",
                                 "1e-400",
                                 "2.5e+3",
                                 "01",
                                 "-01",
                                 "1.",
                                 ".5",
                                 "-",
                                 "+1",
                                 "1e",
                                 "1e+",
                                 "1.e3",
                                 "0x1",
                                 "- 1",
                                 "NaN",
                                 "18446744073709551616",
                                 "-9223372036854775809",
                                 "tru",
                                 "truex",
                                 "nul",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "[1",
                                 "]",
                                 "{",
                                 "{\"a\":1,}",
                                 "{\"a\"}",
                                 "{a:1}",
                                 "{\"a\":}",
                                 "{1:1}",
                                 "\"a",
                                 "\"\\\"",
                                 "\"\\\"\"",
                                 "\"\\u00fc\"",
                                 "\"\xc3\xbc\"",
                                 "\"\xc3\"",
                                 "\"\\ud800\"",
                                 "\"a\nb\"",
                                 "\"\x7f\"",
                                 "\"\\x\"",
                                 "[\"\\\\\", 1]",
                                 "[]]",
                                 "\t[ ]\n",
                                 "\f1",
                                 "// 1"}) {
    CAPTURE(text);
    const bool accepted = nlohmann::ordered_json::accept(text);
    CHECK((refusal(text) == "") == accepted);
    if (!accepted || refusal(text) != "") continue;
    const Json ours = parse_json(text), theirs = nlohmann::ordered_json::parse(text);
    CHECK(dump_json(ours) == theirs.dump());
    CHECK(ours.type() == theirs.type());
  }
}

TEST_CASE("JSON: zero keeps its sign") {
  const Json list = parse_json("[-0, -0.0, -0e5, 0]");
  for (int i = 0; i < 4; ++i) CHECK(std::signbit(list[static_cast<std::size_t>(i)].get<double>()) == (i < 3));
  CHECK(list[3].is_number_unsigned());
}

TEST_CASE("JSON: what is no JSON, or out of range, is refused with its line and column") {
  CHECK(refusal("") == "not JSON: at line 1, column 1, where it ends");
  CHECK(refusal("{\"a\": 1") == "not JSON: at line 1, column 8, where it ends");
  CHECK(refusal("{\n \"a\" 1}") == "not JSON: at line 2, column 6");
  CHECK(refusal("[1] 2") == "not JSON: at line 1, column 5");
  CHECK(refusal("[\"\xff\"]").starts_with("not JSON: at line 1, column "));
  CHECK(refusal("[1,\n  1e999]") == "at line 2, column 3: the number 1e999 is out of range");
  CHECK(refusal("-1e999") == "at line 1, column 1: the number -1e999 is out of range");
  CHECK(refusal("1" + std::string(400, '0')).size() < 100);
}

TEST_CASE("JSON: a key that is there twice is named, wherever it is") {
  CHECK(refusal(R"({"a":1,"b":2,"a":1})") == "a is there twice");
  CHECK(refusal(R"({"list":[{},{"deep":{"k":null,"k":[]}}]})") == "list[2].deep.k is there twice");
  CHECK(refusal(R"([{"":1,"":2}])") == "[1].'' is there twice");
  CHECK(refusal(R"({"\u0000\n":1,"\u0000\n":2})") == R"(\x00\n is there twice)");
  CHECK(refusal(R"({"a":{"b":1},"b":{"a":1},"c":[{"a":1},{"a":1}]})") == "");
}

TEST_CASE("JSON: any depth is survived, and beyond any use refused") {
  CHECK(refusal(nested("[", 64) + nested("]", 64)) == "");
  for (const std::string open : {"[", "{\"a\":", "[{\"b\":"}) {
    for (const int depth : {65, 1000000}) {
      CHECK(refusal("{\"x\":" + nested(open, depth)).find("lists and objects within each other") != std::string::npos);
    }
  }
}
