#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {

std::vector<nlohmann::json> objects(const std::string& text) {
  std::vector<nlohmann::json> all;
  for (const std::string& line : lines(text)) all.push_back(nlohmann::json::parse(line));
  return all;
}

double total(const nlohmann::json& list) {
  double sum = 0;
  for (const auto& value : list) sum += value.get<double>();
  return sum;
}

}  // namespace

TEST_CASE("maha-explain: shares add up to the squares of maha-neighbors, and the label is that of maha-predict") {
  const Sandbox box;
  box.run(
      "maha-lmnn -q --standardize datasets/wine.csv -o wine.json; maha-cov --within datasets/wdbc.csv -o wdbc.json");
  for (const std::string name : {"wine", "wdbc"}) {
    const std::string on = " -k 3 -m " + name + ".json --train datasets/" + name + ".csv datasets/" + name + ".csv";
    const Outcome outcome = box.run("maha-explain --format json" + on);
    CHECK(outcome.status == 0);
    const auto explained = objects(outcome.out);
    const auto distances = lines(box.run("maha-neighbors" + on + " | cut -d, -f4").out);
    const auto neighbors = lines(box.run("maha-neighbors" + on + " | cut -d, -f3").out);
    const auto labels = lines(box.run("maha-predict" + on + " | awk -F, '{print $(NF-1)}'").out);
    REQUIRE(3 * explained.size() + 1 == distances.size());
    double worst = 0;
    int differ = 0;
    for (std::size_t q = 0; q < explained.size(); ++q) {
      const auto& e = explained[q];
      differ += e["predicted"] != labels[q + 1];
      for (std::size_t r = 0; r < 3; ++r) {
        const auto& row = e["neighbors"][r];
        differ += row["row"] != neighbors[3 * q + r + 1];
        const double distance = row["distance"], squared = distance * distance;
        differ += distance != std::stod(distances[3 * q + r + 1]);
        if (squared > 0) worst = std::max(worst, std::abs(total(row["contributions"]) - squared) / squared);
      }
      const auto own = std::find_if(e["neighbors"].begin(), e["neighbors"].end(),
                                    [&](const auto& row) { return row["label"] == e["predicted"]; });
      const double farther = std::pow(e["other"]["distance"].template get<double>(), 2) -
                             std::pow((*own)["distance"].template get<double>(), 2);
      worst = std::max(worst, std::abs(total(e["other"]["contrast"]) - farther) / std::abs(farther + 1));
      differ += e["radius"] < 0 || e["exact"] || !e["border"].is_null();
    }
    CHECK(differ == 0);
    CHECK(worst <= 1e-12);
  }
}

TEST_CASE("maha-explain: beyond the border maha-predict says what was told, before it what it was") {
  const Sandbox box;
  const std::string on = " -k 1 --standardize --train datasets/wine.csv ";
  const auto explained = objects(box.run("maha-explain --format json" + on + "datasets/wine.csv").out);
  std::string header, before, beyond;
  std::vector<std::string> expected_before, expected_beyond;
  for (const auto& e : explained) {
    CHECK(e["exact"] == true);
    std::map<std::string, std::pair<double, double>> at;  // in one order of features
    for (std::size_t f = 0; f < e["features"].size(); ++f)
      at[e["features"][f]] = {e["values"][f], e["border"]["values"][f]};
    header.clear();
    for (const auto& [name, values] : at) {
      const auto [from, to] = values;
      header += name + ",";
      before += nlohmann::json(from + 0.999999 * (to - from)).dump() + ",";
      beyond += nlohmann::json(from + 1.000001 * (to - from)).dump() + ",";
    }
    before.back() = beyond.back() = '\n';
    expected_before.push_back(e["predicted"]);
    expected_beyond.push_back(e["border"]["label"]);
  }
  header.back() = '\n';
  box.write("before.csv", header + before);
  box.write("beyond.csv", header + beyond);
  const auto predicted = [&](const std::string& file) {
    auto labels = lines(box.run("maha-predict" + on + file + " | awk -F, '{print $(NF-1)}'").out);
    labels.erase(labels.begin());
    return labels;
  };
  CHECK(predicted("before.csv") == expected_before);
  int other = 0;
  const auto got = predicted("beyond.csv");
  REQUIRE(got.size() == expected_beyond.size());
  for (std::size_t q = 0; q < got.size(); ++q) other += got[q] != expected_before[q];
  CHECK(other > 170);  // all but those whose step turns away from the cell it touches
}

TEST_CASE("maha-explain: CSV by hand, with ids, a row alone, and features cut off") {
  const Sandbox box;
  box.write("train.csv", "id,x,y,class\na,0,0,u\n\"b,b\",3,0,u\nc,4,0,v\n");
  box.write("query.csv", "y,id,x\n0,p,9\n2,q,1\n");
  const std::string head =
      "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,contrast,"
      "query_label\n";
  const std::string on = " --id id --train train.csv query.csv ";
  CHECK(box.run("maha-explain -k 2 --rows q --top 1" + on).out ==
        head + "q,u,2.4999999999996114,1,a,u,2.23606797749979,x,1,0,1,,\n" +
            "q,u,2.4999999999996114,2,\"b,b\",u,2.8284271247461903,x,1,3,4,,\n" +
            "q,u,2.4999999999996114,other,c,v,3.605551275463989,x,1,4,9,8,\n");
  CHECK(lines(box.run("maha-explain" + on).out).size() == 1 + 2 * 4 * 2);
  CHECK(box.run("maha-explain --top 1 --format json --rows p -k 1" + on).out ==
        "{\"query\":\"p\",\"label\":null,\"predicted\":\"v\",\"vote_share\":1.0,\"radius\":5.499999999998899,\"exact\":"
        "true,"
        "\"features\":[\"x\"],\"values\":[9.0],\"neighbors\":[{\"row\":\"c\",\"label\":\"v\",\"distance\":5.0,"
        "\"values\":[4.0],\"contributions\":[25.0],\"others\":0.0}],\"other\":{\"row\":\"b,b\",\"label\":\"u\","
        "\"distance\":6.0,\"values\":[3.0],\"contributions\":[36.0],\"others\":0.0,\"contrast\":[11.0],"
        "\"other_contrast\":0.0},\"border\":{\"row\":\"b,b\",\"label\":\"u\",\"values\":[3.500000000000975]}}\n");
  CHECK(box.run("maha-explain --leave-one-out -k 1 --unlabeled --train train.csv").status == 2);
  box.write("one.csv", "x,class\n1,u\n2,u\n4,u\n");
  CHECK(box.run("maha-explain --leave-one-out -k 1 --rows 1 --train one.csv").out ==
        head + "1,u,,1,2,u,1,x,1,2,1,,u\n");
  CHECK(contains(box.run("maha-explain --leave-one-out -k 1 --rows 1 --format text --train one.csv").out,
                 "row 1, u, is taken for u, with 100% of the votes; nothing changes that\n"));
}

TEST_CASE("maha-explain: the row's own label, where its file has one") {
  const Sandbox box;
  box.write("train.csv", "x,class\n0,u\n1,u\n5,v\n");
  box.write("query.csv", "class,x\n\"v,w\",0\n,1\nNA,4\n");
  box.write("bare.csv", "x\n2\n");
  const auto last = [&](const std::string& on) {
    return box.run("maha-explain -k 1 --train train.csv " + on + " | sed '1d; s/.*[0-9],//; s/^,*//' | uniq").out;
  };
  CHECK(last("query.csv") == "\"v,w\"\n\nNA\n");
  CHECK(last("bare.csv") == "\n");
  CHECK(last("--leave-one-out") == "u\nv\n");
  const auto own = [&](const std::string& on) {
    auto labels = nlohmann::json::array();
    for (const auto& e : objects(box.run("maha-explain -k 1 --format json --train train.csv " + on).out))
      labels.push_back(e.at("label"));
    return labels;
  };
  CHECK(own("query.csv") == nlohmann::json::array({"v,w", nullptr, "NA"}));
  CHECK(own("bare.csv") == nlohmann::json::array({nullptr}));
  CHECK(own("--leave-one-out") == nlohmann::json::array({"u", "u", "v"}));
  const std::string text = box.run("maha-explain -k 1 --format text --train train.csv query.csv").out;
  CHECK(contains(text, "row 1, v,w, is taken for u, "));
  CHECK(contains(text, "row 2 is taken for u, "));
}

TEST_CASE("maha-explain: what it does not explain is refused in a line") {
  const Sandbox box;
  const std::string on = " --leave-one-out --train datasets/iris.csv ";
  box.run("maha-siamese --epochs 1 --layers 3,2 datasets/iris.csv -o net.json");
  check_refused(box.run("maha-explain -m net.json" + on), 1, "net.json: the model is a network, which has no matrix M");
  check_refused(box.run("maha-explain --kernel rbf" + on), 2, "--kernel: its distance is no sum over features");
  check_refused(box.run("maha-explain -k 0" + on), 2, "k = 0 must be at least 1");
  check_refused(box.run("maha-explain -k 150" + on), 1, "k = 150 is more than the number of other rows, 149");
  check_refused(box.run("maha-explain --votes weighted" + on), 2, "--votes");
  check_refused(box.run("maha-explain --top 0" + on), 2, "--top: must be at least 1");
  check_refused(box.run("maha-explain --rows 0" + on), 1, "--rows: row 0: rows count from 1");
  check_refused(box.run("maha-explain --rows 1,151" + on), 1, "--rows: row 151: datasets/iris.csv has 150");
  check_refused(box.run("maha-explain datasets/iris.csv" + on), 2, "--leave-one-out reads no second file");
  box.write("huge.csv", "x,class\n1e200,u\n-1e200,v\n3e200,u\n");
  check_refused(box.run("maha-explain --leave-one-out -k 1 --train huge.csv"), 1, "huge.csv: ");
}

TEST_CASE("maha-explain: under a metric that is 0, all is at one place") {
  const Sandbox box;
  box.write("rows.csv", "a,b,label\n1,2,x\n1,2,y\n3,2,x\n");
  for (const std::string metric : {R"("M":[[0,0],[0,0]])", R"("weights":[0,0])"}) {
    box.write("zero.json", model_text(R"("metric":{)" + metric + R"(},"features":["a","b"])"));
    const Outcome outcome = box.run("maha-explain -k 1 -m zero.json --train rows.csv --format json rows.csv");
    CHECK_MESSAGE(outcome.status == 0, outcome);
    CHECK(contains(outcome.out, R"("radius":null)"));  // row 1 comes first everywhere
    CHECK(contains(outcome.out, R"("contributions":[0.0,0.0])"));
  }
}

TEST_CASE("maha-explain: the text says whether a radius is a lower bound, or none is proven") {
  const Sandbox box;
  const auto said = [&](const std::string& options) {
    return box.run("maha-explain --leave-one-out --format text --top 1 --train datasets/wine.csv " + options).out;
  };
  CHECK(contains(said("-k 1 --rows 1"), " nothing changes that, beyond begins class_"));
  CHECK(contains(said("-k 3 --rows 1"), ", or more, nothing changes that\n"));
  CHECK(contains(said("-k 3 --rows 163"), "; no radius is proven within which nothing changes that\n"));
}
