#include "data/reports/told_explanation.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;

namespace {

const std::string kToldHeader =
    "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,contrast\n";
const std::string kToldLines = kToldHeader +
                               "5,u,0.5,1,7,u,2,b,0,0,3,\n5,u,0.5,1,7,u,2,a,0,0,0.75,\n"
                               "5,u,0.5,other,8,v,3,b,0,0,10,7\n5,u,0.5,other,8,v,3,a,0,0,-1,-1.75\n"
                               "6,v,,1,8,v,1,a,0,0,0.5,\n6,v,,1,8,v,1,b,0,0,0.5,\n";
const std::string kToldObjects =
    R"({"query":"5","predicted":"u","radius":0.5,"features":["b","a"],"neighbors":[{"row":"7","label":"u",)"
    R"("distance":2,"contributions":[3,0.75],"others":0.25}],"other":{"row":"8","label":"v","distance":3,)"
    R"("contributions":[10,-1]}})"
    "\n"
    R"({"query":"6","predicted":"v","radius":null,"features":["a","b"],"neighbors":[{"row":"8","label":"v",)"
    R"("distance":1,"contributions":[0.5,0.5]}],"other":null})"
    "\n";

std::string refused_explanation(const std::string& content, const std::optional<std::string>& query = {}) {
  const TempFile file(content);
  try {
    read_explanation(file.path(), query);
  } catch (const InputError& e) {
    const std::string message = e.what();
    CHECK(message.starts_with(file.path() + ":"));
    return message.substr(file.path().size() + 1);
  }
  return "";
}

std::string without_text(std::string text, const std::string& part) { return text.erase(text.find(part), part.size()); }

}  // namespace

TEST_CASE("told explanation: the first or the one that is asked for, from CSV and from JSON") {
  for (const std::string& content : {kToldLines, kToldObjects, "\xef\xbb\xbf\n" + kToldObjects}) {
    const TempFile file(content);
    const ToldExplanation told = read_explanation(file.path(), {});
    CHECK(told.query == "5");
    CHECK(told.predicted == "u");
    CHECK(told.radius == 0.5);
    CHECK(told.features == std::vector<std::string>{"b", "a"});
    REQUIRE(told.rows.size() == 2);
    CHECK(told.rows[0].row == "7");
    CHECK_FALSE(told.rows[0].other);
    CHECK(told.rows[0].squared == 4);
    CHECK(told.rows[0].contributions == Eigen::Vector2d(3, 0.75));
    CHECK(told.rows[0].others == 0.25);  // 4 less what is told
    CHECK(told.rows[1].other);
    CHECK(told.rows[1].label == "v");
    CHECK(told.rows[1].others == 0);
    const ToldExplanation second = read_explanation(file.path(), "6");
    CHECK(second.features == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(second.radius.has_value());
    CHECK(second.rows.size() == 1);
    CHECK(second.rows[0].others == 0);
  }
}

TEST_CASE("told explanation: of rows that have one id, the first") {
  std::string twice = kToldLines.substr(kToldHeader.size());
  const TempFile lines(kToldLines + twice), objects(kToldObjects + kToldObjects);
  for (const std::string& path : {lines.path(), objects.path()}) {
    CHECK(read_explanation(path, "5").rows.size() == 2);
    const ToldExplanation one = read_explanation(path, "6");  // whose only neighbour has the same rank in both
    CHECK(one.rows.size() == 1);
    CHECK(one.features == std::vector<std::string>{"a", "b"});
  }
}

TEST_CASE("told explanation: objects as jq indents them") {
  const TempFile file(
      "{\n  \"query\": \"q\",\n  \"predicted\": \"u\",\n  \"features\": [\n    \"a\"\n  ],\n  "
      "\"neighbors\": [\n    {\n      \"row\": \"1\",\n      \"label\": \"u\",\n      \"distance\": 2,\n"
      "      \"contributions\": [\n        4\n      ]\n    }\n  ]\n}\n{\n  \"query\": \"r\"\n}\n");
  CHECK(read_explanation(file.path(), {}).rows[0].squared == 4);
  CHECK(refused_explanation("{\n}\n") == " explanation has no query");
}

TEST_CASE("told explanation: what is wrong is said with its place") {
  const std::string one = " no row '9' is explained; explained are 5, 6";
  CHECK(refused_explanation(kToldLines, "9") == one);
  CHECK(refused_explanation(kToldObjects, "9") == one);
  CHECK(refused_explanation(without_text(kToldLines, "5,u,0.5,other,8,v,3,a,0,0,-1,-1.75\n")) ==
        "4: each neighbour wants a line for each feature, in the same order");
  CHECK(refused_explanation(without_text(kToldLines, "5,u,0.5,1,7,u,2,a,0,0,0.75,\n")) ==
        "4: each neighbour wants a line for each feature, in the same order");
  CHECK(refused_explanation(kToldHeader + "5,u,-1,1,7,u,2,b,0,0,3,\n") == "2: the radius '-1' is no number from 0 on");
  CHECK(refused_explanation(kToldHeader + "5,u,1,1,7,u,-2,b,0,0,3,\n") == "2: a distance is no number from 0 on");
  CHECK(refused_explanation(kToldHeader + "5,u,1,1,7,u,1e200,b,0,0,3,\n") ==
        " the distance of row 7 or a contribution to it is no number, or too large");
  CHECK(refused_explanation(kToldHeader + "5,u,1,1,7,u,1,b,0,0,nan,\n") ==
        " the distance of row 7 or a contribution to it is no number, or too large");
  CHECK(refused_explanation(without_text(kToldObjects, "10,-1")) ==
        " explanation.other has no list of 2 contributions");
  CHECK(refused_explanation(without_text(kToldObjects, R"("predicted":"v",)"), "6") ==
        " explanation[2] has no predicted");
  CHECK(refused_explanation(without_text(kToldObjects, R"("row":"7",)")) == " explanation.neighbors[1] has no row");
  CHECK(refused_explanation(kToldObjects + "{x\n", "7").starts_with(" explanation[3]: not JSON: at line 1"));
}
