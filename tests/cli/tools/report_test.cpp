/// maha-report: a page of results for a browser.

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

constexpr const char* kCompare =
    "maha-compare -q -a euclidean -a cov:within -a 'tuned=lmnn:k=1|3' --folds 3 datasets/iris.csv datasets/wine.csv "
    "--format json -o results.json --times times.csv";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// The rows in the body of a table of the page, by the id of its caption.
std::size_t rows_of(const std::string& page, const std::string& id) {
  const std::size_t caption = page.find("<caption id=\"" + id + "\">");
  if (caption == std::string::npos) return 0;
  const std::size_t body = page.find("<tbody>", caption), end = page.find("</tbody>", caption);
  return count(page.substr(body, end - body), "<tr>");
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// What a browser makes of a page: its document at the end, and what it says on its console.
Outcome browsed(const Sandbox& box, const std::string& page, const std::string& options) {
  return box.run("chromium --headless=new --no-sandbox --disable-gpu --enable-logging=stderr --user-data-dir=profile " +
                 options + " --dump-dom file://$PWD/" + page);
}

bool says_something(const Outcome& outcome) { return contains(outcome.err, ":CONSOLE"); }

/// Appended to a page: sorts each table by each column, both ways, and writes into the document what is wrong.
constexpr const char* kDriver = R"(<script>
var wrong = [], sorted = 0;
function values(table, column) {
  return Array.from(table.tBodies[0].rows).map(function (row) {
    var cell = row.cells[column], text = cell.getAttribute('data-v');
    return (text === null ? cell.textContent : text).trim();
  }).filter(function (text) { return text !== ''; });
}
document.querySelectorAll('details').forEach(function (d) { d.open = true; });
if (document.documentElement.scrollWidth > window.innerWidth) wrong.push('the page is wider than its window');
document.querySelectorAll('table').forEach(function (table) {
  var heads = table.tHead.rows[0].cells, before = table.tBodies[0].rows.length;
  for (var c = 0; c < heads.length; ++c) {
    for (var twice = 0; twice < 2; ++twice) {
      heads[c].querySelector('button').click();
      var sign = heads[c].getAttribute('aria-sort') === 'ascending' ? 1 : -1, all = values(table, c);
      for (var i = 1; i < all.length; ++i) {
        var number = heads[c].className === 'n', a = all[i - 1], b = all[i];
        var order = number ? Number(a) - Number(b) : a.localeCompare(b, undefined, { numeric: true });
        if (isNaN(order) || sign * order > 0) wrong.push(table.caption.id + ' ' + c + ': ' + a + ', ' + b);
      }
      if (table.querySelectorAll('[aria-sort]').length !== 1) wrong.push('aria-sort');
      ++sorted;
    }
  }
  if (table.tBodies[0].rows.length !== before) wrong.push('rows are lost');
});
var told = document.createElement('pre');
told.textContent = 'TOLD ' + sorted + ' sorted; wrong: ' + (wrong.join(' | ') || 'nothing') + '; dark: ' +
  matchMedia('(prefers-color-scheme: dark)').matches + '.';
document.body.appendChild(told);
</script>)";

}  // namespace

TEST_CASE("maha-report: every run, algorithm and data set has its row; nothing is loaded; the same bytes again") {
  const Sandbox box;
  REQUIRE(box.run(kCompare).status == 0);
  const Outcome outcome = box.run("maha-report results.json --times times.csv -o report.html");
  CHECK(outcome.status == 0);
  CHECK(outcome.out + outcome.err == "");
  const std::string page = box.read("report.html");
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(rows_of(page, "accuracy-table") == 3);
  CHECK(rows_of(page, "times-table") == 3);
  CHECK(rows_of(page, "wilcoxon-table") == 3);
  CHECK(rows_of(page, "t-table") == 4);
  CHECK(rows_of(page, "chosen-table") == 2);
  CHECK(rows_of(page, "sets-table") == 2);
  CHECK(rows_of(page, "runs-table-1") == 9);
  CHECK(rows_of(page, "runs-table-2") == 9);
  CHECK(count(page, "<svg ") == 4);  // ranks for two widths, and two data sets
  CHECK(count(page, "<table>") == count(page, "<caption "));
  for (const char* loading : {"http:", "https:", "src=", "@import", "url(", "<link", " style=", " onclick="})
    CHECK_MESSAGE(count(page, loading) == 0, loading);
  for (const Json& entry : Json::parse(box.read("results.json"))["summary"]) {
    char figure[32];
    std::snprintf(figure, sizeof figure, ">%.2f <small>", 100 * entry["accuracy"].get<double>());
    CHECK_MESSAGE(contains(page, figure), figure);
  }
  CHECK(box.run("maha-report - --times times.csv < results.json").out == page);
  CHECK(rows_of(box.run("maha-report results.json").out, "times-table") == 0);
  CHECK(contains(box.run("maha-report results.json --title 'A & B'").out, "<h1>A &amp; B</h1>"));
}

TEST_CASE("maha-report: the digests in its policy are those of what stands in it") {
  const Sandbox box;
  REQUIRE(box.run(kCompare).status == 0);
  const std::string page = box.run("maha-report results.json").out;
  for (const std::string element : {"style", "script"}) {
    const std::size_t begin = page.find("<" + element + ">") + element.size() + 2;
    box.write("part", page.substr(begin, page.find("</" + element + ">") - begin));
    const std::string digest =
        box.run("printf %b \"$(sha256sum part | cut -d' ' -f1 | sed 's/../\\\\x&/g')\" | base64").out;
    CHECK(contains(page, element + "-src 'sha256-" + digest.substr(0, digest.size() - 1) + "'"));
  }
}

TEST_CASE("maha-report: whatever data sets and algorithms are called, they are text") {
  const Sandbox box;
  REQUIRE(box.run(kCompare).status == 0);
  const std::string name = "</td><script>alert(1)</script>&lt;\"'\\u0001";
  std::string text = box.read("results.json");
  for (const std::string old : {"\"iris\"", "\"tuned\""}) {
    const std::string written = name.substr(0, name.find('\\'));
    text = with(text, old, "\"" + with(written, "\"", "\\\"") + (old == "\"iris\"" ? "\\u0001i" : "") + "\"");
  }
  box.write("named.json", text);
  const Outcome outcome = box.run("maha-report named.json --title '</title><script>'");
  CHECK(outcome.status == 0);
  CHECK(count(outcome.out, "<script>") == 1);
  CHECK(count(outcome.out, "</script>") == 1);
  CHECK(count(outcome.out, "</td><script") == 0);
  CHECK(contains(outcome.out, "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;&quot;&#39;"));
}

TEST_CASE("maha-report: several files, one run, numbers to predict, what failed") {
  const Sandbox box;
  REQUIRE(box.run(kCompare).status == 0);
  REQUIRE(box.run("maha-compare -q -a euclidean --test 0.3 datasets/iris.csv --format json -o one.json").status == 0);
  REQUIRE(box.run("maha-compare -q --target progression -a euclidean -a cov --folds 3 datasets/diabetes.csv --format "
                  "json -o numbers.json")
              .status == 0);
  REQUIRE(
      box.run("maha-compare -q -a euclidean -a 'lmnn:k=60' --folds 3 datasets/wine.csv --format json -o failed.json")
          .status == 0);
  const std::string page = box.run("maha-report results.json one.json numbers.json failed.json").out;
  CHECK(count(page, "<div class=\"part\">") == 4);
  CHECK(rows_of(page, "part-1-accuracy-table") == 3);
  CHECK(rows_of(page, "part-2-runs-table-1") == 1);
  CHECK(rows_of(page, "part-3-accuracy-table") == 2);
  CHECK(contains(page, ">RMSE</h2>"));
  CHECK(contains(page, "failed</span>"));
  CHECK(rows_of(page, "part-4-failed-table") == 1);
  for (const std::string part : {"part-1-", "part-2-", "part-3-", "part-4-"})
    CHECK(count(page, "id=\"" + part + "accuracy\"") == 1);
}

TEST_CASE("maha-report: times that are not those of the results are refused, and the old page stays") {
  const Sandbox box;
  REQUIRE(box.run(kCompare).status == 0);
  const std::string times = box.read("times.csv"), head = "dataset,algorithm,repeat,fold,fit_seconds,test_seconds\n";
  box.write("old", "as it was\n");
  const auto refused = [&](const std::string& content, const std::string& message) {
    box.write("other.csv", content);
    check_refused(box.run("maha-report results.json --times other.csv -o old"), 1, message);
  };
  refused(times + lines(times)[1] + "\n", "other.csv:20: 'euclidean' on 'iris' in repeat '1', fold '1' is no run of");
  refused(times.substr(0, times.rfind('\n', times.size() - 2) + 1), "other.csv: has no time of");
  refused(head + "iris,euclidean,1,1,-1,0\n", "other.csv:2: a time is a number of seconds, 0 or more");
  refused("a,b\n1,2\n", "other.csv");
  CHECK(box.read("old") == "as it was\n");
  check_refused(box.run("maha-report results.json results.json --times times.csv"), 2, "--times: goes with one file");
  check_refused(box.run("maha-report"), 2, "files");
}

TEST_CASE("maha-report --projection: a mark for each row at its principal components, which says its class") {
  const Sandbox box;
  REQUIRE(box.run("maha-compare -q -a euclidean --test 0.3 datasets/iris.csv --format json -o results.json").status ==
          0);
  // Two features that vary along the axes: their principal components are themselves, about the mean.
  box.write("rows.csv", "name,a,b,kind\nn1,0,1,x\nn2,10,1,x\nn3,5,0,y<\nn4,5,2,y<\n");
  const Outcome outcome = box.run("maha-report results.json --id name --projection rows.csv");
  REQUIRE(outcome.err == "");
  const std::string& page = outcome.out;
  CHECK(contains(page, "<a href=\"#projections\">Rows in two dimensions</a>"));
  CHECK(contains(
      page,
      "4 rows. To the right the first principal component, 96.15 % of their variance, upwards the second, 3.85 %."));
  CHECK(count(page, "<path class=\"m c0\"") == 2 + 1);  // one in the key
  std::map<std::string, std::pair<double, double>> places;
  const std::regex mark("<path class=\"m (c[01])\" d=\"M([0-9.]+) ([0-9.]+)[^>]*><title>(n[1-4]: (x|y&lt;))</title>");
  for (std::sregex_iterator at(page.begin(), page.end(), mark), end; at != end; ++at) {
    places[(*at)[4]] = {std::stod((*at)[2]), std::stod((*at)[3])};
    CHECK((*at)[1] == ((*at)[5] == "x" ? "c0" : "c1"));
  }
  REQUIRE(places.size() == 4);
  const auto [x1, y1] = places["n1: x"];
  const auto [x2, y2] = places["n2: x"];
  const auto [x3, y3] = places["n3: y&lt;"];
  const auto [x4, y4] = places["n4: y&lt;"];
  CHECK(std::abs(y1 - y2) < 0.11);
  CHECK(std::abs(x3 - x4) < 0.11);
  CHECK(std::abs(std::abs(x1 - x2) - 5 * std::abs(y3 - y4)) < 0.6);  // a unit is as long on both axes

  SUBCASE("rows on a line, and at one place") {
    box.write("line.csv", "a,class\n1,u\n2,v\n4,v\n");
    box.write("place.csv", "a,class\n1,u\n1,v\n");
    const std::string flat = box.run("maha-report results.json --projection line.csv --projection place.csv").out;
    CHECK(contains(flat, "3 rows. All are on a line, which runs to the right, each class at its own height."));
    CHECK(contains(flat, "2 rows. All are at one place, each class at its own height."));
  }
  SUBCASE("several files have a picture each") {
    const std::string both =
        box.run("maha-report results.json --projection datasets/wine.csv --projection datasets/iris.csv").out;
    CHECK(count(both, "<title>row ") == 178 + 150);
    CHECK(count(both, "<title>row 60: class_1</title>") == 1);
    CHECK(count(both, "<title>row 60: versicolor</title>") == 1);
  }
  SUBCASE("of many rows some are shown, from all over the file") {
    std::string many = "a,b\n";
    for (int i = 0; i < 12000; ++i) many += std::to_string(i % 7) + "," + std::to_string(i % 11) + "\n";
    box.write("many.csv", many);
    const std::string some = box.run("maha-report results.json --unlabeled --projection many.csv").out;
    CHECK(contains(some, "5000 of 12000 rows, evenly chosen."));
    CHECK(count(some, "<title>row ") == 5000);
    CHECK(contains(some, "<title>row 1</title>"));
    CHECK(contains(some, "<title>row 11998</title>"));
  }
  SUBCASE(
      "beside several results they have a part of their own; numbers are shades, single characters their own marks") {
    const std::string parts = box.run("maha-report results.json results.json --projection datasets/digits.csv").out;
    CHECK(count(parts, "<div class=\"part\">") == 3);
    CHECK(count(parts, "id=\"projections\"") == 1);
    CHECK(count(parts, ": 7</title>") == 179);
    const std::string shaded =
        box.run("maha-report results.json --label progression --projection datasets/diabetes.csv").out;
    CHECK(count(shaded, "<path class=\"m q") == 442 + 8);
    CHECK(contains(shaded, " progression: 25 to 346</li>"));
  }
  SUBCASE("a file that is not there, and standard input twice") {
    check_refused(box.run("maha-report results.json --projection none.csv"), 1, "none.csv: No such file");
    check_refused(box.run("maha-report - --projection - < results.json"), 2, "can be read only once");
    check_refused(box.run("maha-report results.json --projection datasets/diabetes.csv"), 2, "is column 11");
  }
}

TEST_CASE("maha-report: a browser has nothing to complain of, and sorts every table by every column") {
  const Sandbox box;
  if (!is_installed(box, "chromium")) return;
  REQUIRE(box.run(kCompare).status == 0);
  REQUIRE(box.run("maha-report results.json --times times.csv --projection datasets/wine.csv -o report.html").status ==
          0);
  const Outcome shown = browsed(box, "report.html", "--window-size=1440,900");
  CHECK(shown.status == 0);
  CHECK_FALSE(says_something(shown));
  CHECK(contains(shown.out, "<th scope=\"col\" class=\"name\"><button type=\"button\""));  // its script ran
  // The policy, which would not have a second script, is left out where one is to drive the page.
  std::string page = box.read("report.html");
  const std::size_t policy = page.find("<meta http-equiv"), end = page.find('\n', policy);
  page.erase(policy, end - policy);
  box.write("driven.html", with(page, "</body>", std::string(kDriver) + "</body>"));
  // Windows have a least width, frames have not.
  for (const std::string width : {"380", "1440"}) {
    for (const std::string scheme : {"0", "1"}) {
      const std::string options =
          "--allow-file-access-from-files --window-size=1600,1000 --blink-settings=preferredColorScheme=" + scheme;
      box.write("frame.html", "<iframe src=\"driven.html\" width=\"" + width +
                                  "\" height=\"900\"></iframe><p></p><script>onload = function () { "
                                  "document.querySelector('p').textContent = document.querySelector('iframe')"
                                  ".contentDocument.querySelector('pre').textContent; };</script>");
      const Outcome driven = browsed(box, "frame.html", options);
      CHECK_FALSE(says_something(driven));
      const std::string told = std::string("; wrong: nothing; dark: ") + (scheme == "0" ? "true" : "false") + ".";
      CHECK_MESSAGE(contains(driven.out, told), width, " ", driven.out);
    }
  }
}
