/// Every learner, over rows at which arithmetic comes to its limits: a finite model that is positive semidefinite, or
/// one line of error; and "converged" only where its own figures show it. tests/reliability/checks/torture is the long
/// form.

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <set>
#include <sstream>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

constexpr std::size_t kLeast = 592;     // runs, which may not become fewer: a learner left out would make them so
constexpr std::size_t kKernelEach = 4;  // of so many inputs each learner sees one through a kernel
constexpr double kTiny = 1e-8;          // share of the unit diagonal that an eigenvalue may be below 0
const std::set<std::string> kMaximised{"mmc", "dml-eig", "nca"};  // whose bound lies above

struct Row {
  std::vector<double> x;
  int c;
  double y;
};
using Rows = std::vector<Row>;

Rows common(int n = 12, int d = 4) {
  Rows rows;
  std::uint32_t state = 7;
  for (int i = 0; i < n; ++i) {
    Row row{{}, i % 3, 0};
    for (int f = 0; f < d; ++f) {
      state = state * 1664525 + 1013904223;
      row.x.push_back(state / 4294967296.0 + (f == 0 ? row.c : 0));
    }
    row.y = row.x[0] + row.x[1];
    rows.push_back(row);
  }
  return rows;
}

/// The rows with each feature changed; value, row and column are what the change goes by.
Rows changed(Rows rows, const std::function<double(double, std::size_t, std::size_t)>& change) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t f = 0; f < rows[i].x.size(); ++f) rows[i].x[f] = change(rows[i].x[f], i, f);
  }
  return rows;
}

Rows times(double size) {
  return changed(common(), [=](double v, std::size_t, std::size_t) { return v * size; });
}

/// Each row once more, under another class.
Rows contradicting(Rows rows) {
  for (std::size_t i = 0; i < 6; ++i) rows.push_back({rows[i].x, (rows[i].c + 1) % 3, rows[i].y + 1});
  return rows;
}

std::vector<std::pair<std::string, Rows>> inputs() {
  const Rows rows = common();
  Rows equal = rows, one_class = rows, class_a_row = rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    equal[i].x = rows[0].x;
    one_class[i].c = 0;
    class_a_row[i].c = static_cast<int>(i);
  }
  return {{"wide", common(5, 9)},
          {"rank 1", changed(rows, [&](double, std::size_t i, std::size_t f) { return rows[i].x[0] * double(f + 1); })},
          {"all equal", equal},
          {"1e150", times(1e150)},
          {"1e-150", times(1e-150)},
          {"1e300", times(1e300)},
          {"1e-300", times(1e-300)},
          {"offset", changed(rows, [](double v, std::size_t, std::size_t) { return v + 1e12; })},
          {"one-hot", changed(rows, [](double, std::size_t i, std::size_t f) { return i % 4 == f ? 1.0 : 0.0; })},
          {"contradicting", contradicting(rows)},
          {"two rows", {rows[0], rows[1]}},
          {"one class", one_class},
          {"a class a row", class_a_row},
          {"two rows, equal", {equal[0], equal[1]}}};
}

/// rows.csv, and what may be learned from beside labels.
void write(const Sandbox& box, const Rows& rows) {
  std::ostringstream csv;
  csv.precision(17);
  for (std::size_t f = 0; f < rows[0].x.size(); ++f) csv << "f" << f + 1 << ",";
  csv << "class,target\n";
  for (const Row& row : rows) {
    for (const double v : row.x) csv << v << ",";
    csv << static_cast<char>('a' + row.c) << "," << row.y << "\n";
  }
  box.write("rows.csv", csv.str());
  if (rows.size() == 2) {
    box.write("pairs.csv", "1,2,1\n1,2,0\n");
    box.write("quadruplets.csv", "1,2,2,1\n");
    return;  // no triplet: the file of the input before is one of rows that are not there
  }
  box.write("pairs.csv", "1,4,1\n2,5,1\n3,1,0\n1,2,0\n2,3,0\n");
  box.write("triplets.csv", "1,4,2\n2,5,3\n4,1,3\n");
  box.write("quadruplets.csv", "1,4,2,3\n2,5,1,2\n1,4,3,4\n");
}

/// The list that tools are made from, as maha-compare tells it, without what only experiments use.
std::vector<std::string> learner_names(const Sandbox& box) {
  const std::string told = box.run("maha-compare -a none-such rows.csv").err, before = "there are ";
  std::istringstream list(told.substr(told.find(before) + before.size()));
  std::vector<std::string> names;
  for (std::string name; list >> name;) {
    std::erase(name, ',');
    if (name != "euclidean") names.push_back(name);
  }
  return names;
}

/// The ways in which a learner can be asked to learn, by its help.
std::vector<std::string> forms(const std::string& help) {
  const auto has = [&](const std::string& option) { return contains(help, "\n  --" + option + " "); };
  const bool pairs = contains(help, "--pairs FILE (required)");
  const std::string classes = " --label class --drop target", numbers = " --target target --drop class";
  const std::string plain = (has("label") ? classes : numbers) + (pairs ? " --pairs pairs.csv" : "");
  std::vector<std::string> all{plain};
  if (has("label") && has("target")) all.push_back(numbers);
  for (const std::string companion : {"pairs", "triplets", "quadruplets"}) {
    if (has("stats")) continue;  // with which alone maha-cov takes pairs
    if (has(companion) && !pairs) all.push_back(plain + " --" + companion + " " + companion + ".csv");
  }
  if (has("diagonal")) all.push_back(plain + " --diagonal");
  return all;
}

/// Whether M + kTiny I, M scaled to unit diagonal, has a Cholesky factor.
bool semidefinite(const Json& entries) {
  const std::size_t d = entries.size();
  std::vector<std::vector<double>> A(d, std::vector<double>(d));
  const auto root = [&](std::size_t i) { return std::sqrt(entries[i][i].get<double>()); };
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      const double m = entries[i][j].get<double>();
      A[i][j] = (m == 0 ? 0 : m / root(i) / root(j)) + (i == j ? kTiny : 0);
    }
  }
  for (std::size_t k = 0; k < d; ++k) {
    if (!(A[k][k] > 0)) return false;
    for (std::size_t i = k + 1; i < d; ++i) {
      for (std::size_t j = k + 1; j < d; ++j) A[i][j] -= A[i][k] / A[k][k] * A[k][j];
    }
  }
  return true;
}

void check_claims(const std::string& name, const Json& model) {
  if (model.contains("bound")) {
    const double sign = kMaximised.contains(name) ? -1 : 1;
    CHECK(sign * model["bound"].get<double>() <= sign * model["objective"].get<double>());
    CHECK(model["gap"].get<double>() >= 0);
  }
  if (!model.value("converged", false) || !model["parameters"].contains("tolerance")) return;
  const Json proof = model.contains("gap") ? model["gap"] : model.value("gradient", Json());
  CHECK_MESSAGE(proof.is_number(), "nothing shows that it converged");
  if (proof.is_number()) CHECK(proof <= model["parameters"]["tolerance"]);
}

/// A model, or one line.
void check_outcome(const std::string& name, const Outcome& outcome) {
  for (const std::string& line : lines(outcome.err)) {
    CHECK(line.starts_with("maha-" + name + ": "));
    CHECK_FALSE((contains(line, " nan") || contains(line, " inf,")));
  }
  if (outcome.status == 1) return check_refused(outcome, 1, "");
  REQUIRE(outcome.status == 0);
  const Json model = Json::parse(outcome.out);
  CHECK(outcome.out.find("null") == std::string::npos);  // as numbers that are none are written
  if (model["metric"].contains("M")) CHECK(semidefinite(model["metric"]["M"]));
  check_claims(name, model);
}

}  // namespace

TEST_CASE("torture: every learner gives a sound model or refuses in one line, whatever the rows") {
  const Sandbox box;
  std::vector<std::pair<std::string, std::vector<std::string>>> learners;
  for (const std::string& name : learner_names(box))
    learners.emplace_back(name, forms(box.run("maha-" + name + " --help").out));
  std::size_t runs = 0, number = 0;
  for (const auto& input : inputs()) {
    const std::string& what = input.first;
    write(box, input.second);
    for (std::size_t k = 0; k < learners.size(); ++k) {
      if (left_to_others(k, number)) continue;
      auto [name, ways] = learners[k];
      if ((k + number) % kKernelEach == 0) ways.push_back(ways[0] + " --kernel rbf");
      for (const std::string& options : ways) {
        CAPTURE(what);
        const bool trained = contains("siamese triplet", name);
        ++runs;
        check_outcome(name, box.run("maha-" + name + " -q" + (trained ? " --epochs 3" : "") + options + " rows.csv"));
      }
    }
    ++number;
  }
  MESSAGE(runs, " runs of ", learners.size(), " learners");
#ifndef MAHA_SANITIZED
  CHECK(runs >= kLeast);
#endif
}
