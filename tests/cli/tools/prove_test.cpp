/// maha-prove: the bounds that learners report, proven without them.

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

constexpr const char* kInputs =
    "maha-pairs -q --count 400 datasets/wine.csv -o pairs.csv && "
    "maha-pairs -q --triplets 300 datasets/wine.csv -o triplets.csv && "
    "maha-cov --standardize datasets/wine.csv -o prior.json";

/// For each learner with a proof, command lines without --proof and what goes with maha-prove. The first option makes
/// the fit a tight one.
struct Case {
  std::string tight, rows;
  std::vector<std::string> options;
};
const std::map<std::string, Case> kCases{
    {"maha-lmnn",
     {"--tolerance 1e-6",
      "datasets/wine.csv",
      {"", "--standardize", "--diagonal", "--standardize --diagonal", "--scale minmax -k 2 --push-weight 0.3",
       "--standardize --rank 2", "--standardize --max-iterations 2", "--triplets triplets.csv --standardize",
       "--triplets triplets.csv --diagonal"}}},
    {"maha-mmc",
     {"--tolerance 1e-7",
      "--pairs pairs.csv datasets/wine.csv",
      {"", "--spread 0", "--standardize", "--diagonal", "--diagonal --spread 0 --standardize", "--ridge 0.1",
       "--ridge 0.1 --standardize --spread 0", "--max-iterations 3", "--spread 0 --max-iterations 1"}}},
    {"maha-dml-eig",
     {"--tolerance 1e-7",
      "--pairs pairs.csv datasets/wine.csv",
      {"", "--standardize", "--ridge 0.1", "--standardize --max-iterations 4"}}},
    {"maha-itml",
     {"--tolerance 1e-8",
      "--pairs pairs.csv datasets/wine.csv",
      {"", "--standardize", "--prior covariance", "--standardize --prior prior.json", "--standardize --gamma 20",
       "--standardize --max-iterations 1", "--similar-within 1 --dissimilar-beyond 5 --standardize"}}},
    {"maha-lsml",
     {"--tolerance 1e-8",
      "datasets/wine.csv",
      {"--standardize --draw 500", "--prior covariance --draw 500", "--standardize --gamma 50 --draw 300",
       "--standardize --max-iterations 1 --draw 500"}}},
};

struct Ends {
  double low = 0, high = 0;
};

/// What maha-prove says after a fit; the files stay.
Ends proven(const Sandbox& box, const std::string& tool, const std::string& options, const std::string& rows) {
  const Outcome fit = box.run(tool + " -q --proof proof.json -o model.json " + options + " " + rows);
  CHECK(fit.status == 0);
  std::string with = rows;
  if (contains(options, "--triplets")) with = "--triplets triplets.csv " + with;
  const Outcome proof = box.run("maha-prove model.json proof.json " + with);
  CHECK(proof.status == 0);
  CHECK(proof.err == "");
  std::smatch ends;
  const std::regex line(R"(proved: the optimum lies in \[(\S+), (\S+)\]\n)");
  REQUIRE_MESSAGE(std::regex_match(proof.out, ends, line), proof.out);
  return {std::stod(ends[1]), std::stod(ends[2])};
}

/// FNV-1a, as docs/maha-prove.md has it.
std::string digest(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

/// Puts the right digests of a model and of itself into a proof, as one who means to deceive would.
void forge(const Sandbox& box) {
  std::string proof = box.read("proof.json");
  proof = std::regex_replace(proof, std::regex(R"("model": "[0-9a-f]{16}")"),
                             "\"model\": \"" + digest(box.read("model.json")) + "\"");
  const std::size_t last = proof.rfind("  \"digest\"");
  proof = proof.substr(0, last);
  box.write("proof.json", proof + "  \"digest\": \"" + digest(proof) + "\"\n}\n");
}

/// The text with its number at that place another one of nearly the same size.
std::string altered(const std::string& text, const std::smatch& number) {
  const auto at = static_cast<std::size_t>(number.position(1));
  const std::string old = number[1];
  std::string other = old;
  const std::size_t digit = other.find_last_of("0123456789", other.find_first_of("eE") - 1);
  other[digit] = other[digit] == '9' ? '8' : static_cast<char>(other[digit] + 1);
  return text.substr(0, at) + other + text.substr(at + old.size());
}

}  // namespace

TEST_CASE("maha-prove: what every learner with --proof reports is proven, also of fits that were stopped") {
  for (const std::string& tool : tools()) {
    const Sandbox box;
    if (tool == "maha-prove" || !contains(box.run(tool + " --help").out, "--proof FILE")) continue;
    CAPTURE(tool);
    REQUIRE(kCases.contains(tool));
    REQUIRE(box.run(kInputs).status == 0);
    const auto& [tight, rows, all] = kCases.at(tool);
    for (const std::string& options : all) {
      CAPTURE(options);
      const auto [low, high] = proven(box, tool, options, rows);
      const Json model = Json::parse(box.read("model.json"));
      const double objective = model["objective"], bound = model["bound"], slack = 2e-8 * high;
      CHECK(low - slack <= std::min(objective, bound));
      CHECK(std::max(objective, bound) <= high + slack);
      CHECK(high - low <= std::abs(objective - bound) + slack);
      if (contains(options, "--max-iterations") || contains(options, "--rank")) continue;
      const Ends optimum = proven(box, tool, options + " " + tight, rows);
      CHECK(optimum.low <= high + slack);
      CHECK(low - slack <= optimum.high);
      CHECK(optimum.high - optimum.low <= high - low + slack);
    }
  }
}

TEST_CASE("maha-prove: any number of either file that is altered is found") {
  const Sandbox box;
  box.write("few.csv", "x,y,class\n1,2,a\n3,5.5,b\n2,1,a\n4,4.5,b\n1.5,3,a\n5,2.5,b\n2.5,2.5,a\n3,3,b\n");
  REQUIRE(box.run("maha-lmnn -q -k 1 --proof proof.json few.csv -o model.json").status == 0);
  REQUIRE(box.run("maha-prove model.json proof.json few.csv").status == 0);
  const std::regex number(R"([\[ ](-?[0-9][0-9.eE+-]*)[,\]\n])");
  for (const std::string file : {"model.json", "proof.json"}) {
    const std::string text = box.read(file);
    int count = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), number), end; at != end; ++at, ++count) {
      box.write(file, altered(text, *at));
      CAPTURE(at->str());
      const Outcome outcome = box.run("maha-prove model.json proof.json few.csv");
      CHECK(outcome.status == 1);
      CHECK(outcome.out == "");
      CHECK(lines(outcome.err).size() == 1);
    }
    CHECK(count > 10);
    box.write(file, text);
  }
}

TEST_CASE("maha-prove: with the right digests, numbers are still wrong") {
  const Sandbox box;
  REQUIRE(box.run(kInputs).status == 0);
  for (const auto& entry : kCases) {
    const std::string& tool = entry.first;
    const Case& its = entry.second;
    CAPTURE(tool);
    proven(box, tool, its.options.front(), its.rows);
    const std::string model = box.read("model.json"), proof = box.read("proof.json");
    forge(box);
    CHECK(box.run("maha-prove model.json proof.json " + its.rows).status == 0);
    // an M that is larger by a hundredth, another bound that is better, and both objectives another
    Json other = Json::parse(model);
    for (Json& row : other["metric"]["L"]) {
      for (Json& number : row) number = 1.01 * number.get<double>();
    }
    box.write("model.json", other.dump());
    forge(box);
    const bool maximum = tool == "maha-mmc" || tool == "maha-dml-eig";
    const std::string of_M = maximum ? "" : "the metric's objective is in";
    if (!of_M.empty()) check_refused(box.run("maha-prove model.json proof.json " + its.rows), 1, of_M);
    for (const std::string key : {"objective", "bound"}) {
      const auto replaced = [&](const std::string& text) {
        const double value = Json::parse(model)[key];
        return std::regex_replace(
            text, std::regex("\"" + key + "\": [^,]*"),
            "\"" + key + "\": " + Json(value * ((key == "bound") != maximum ? 1.0001 : 0.9999)).dump());
      };
      box.write("model.json", replaced(model));
      box.write("proof.json", replaced(proof));
      forge(box);
      check_refused(box.run("maha-prove model.json proof.json " + its.rows), 1,
                    key == "bound" ? "the bound that follows is" : "the metric's objective is in");
    }
    box.write("model.json", model);
    box.write("proof.json", proof);
  }
}

TEST_CASE("maha-prove: of other rows, other pairs, another model, another kind of file") {
  const Sandbox box;
  REQUIRE(box.run(kInputs).status == 0);
  REQUIRE(box.run("maha-lmnn -q --standardize --proof proof.json datasets/wine.csv -o model.json").status == 0);
  REQUIRE(box.run("maha-mmc -q --pairs pairs.csv --proof mmc-proof.json datasets/wine.csv -o mmc.json").status == 0);
  const auto refused = [&](const std::string& arguments, const std::string& message) {
    check_refused(box.run("maha-prove " + arguments), 1, message);
  };
  REQUIRE(
      box.run("sed '5s/^[0-9.]*/99/' datasets/wine.csv > other.csv; head -100 datasets/wine.csv > fewer.csv").status ==
      0);
  refused("model.json proof.json other.csv", "not proved: ");
  refused("model.json proof.json fewer.csv", "not proved: ");
  refused("model.json proof.json datasets/iris.csv", "");
  refused("model.json mmc-proof.json datasets/wine.csv", "model.json is not the model that the proof was written with");
  refused("mmc.json mmc-proof.json datasets/wine.csv", "not proved: the proof is of other pairs");
  REQUIRE(box.run("maha-pairs -q --seed 2 --count 400 datasets/wine.csv -o others.csv").status == 0);
  refused("mmc.json mmc-proof.json --pairs others.csv datasets/wine.csv", "not proved: ");
  refused("model.json model.json datasets/wine.csv", "model.json: not a proof");
  refused("proof.json proof.json datasets/wine.csv", "proof.json: ");
  box.write("text", "no JSON\n");
  refused("model.json text datasets/wine.csv", "text: ");
  refused("model.json none datasets/wine.csv", "none: ");
  CHECK(box.run("maha-prove model.json").status == 2);
}

TEST_CASE("maha-prove: where no proof is known it says so, and a learner without one writes none") {
  const Sandbox box;
  REQUIRE(box.run("awk -F, 'NR==1 {print \"s,\" $0} NR>1 {print $1+$2 \",\" $0}' datasets/wine.csv > sum.csv").status ==
          0);
  box.run("maha-lmnn -q --proof proof.json sum.csv -o model.json");
  check_refused(box.run("maha-prove model.json proof.json sum.csv"), 1, "not proved: the rows differ in 14 features");
  check_refused(box.run("maha-lmnn --pca 2 --proof p.json datasets/wine.csv"), 2,
                "--proof goes without --pca and --kernel");
  check_refused(box.run("maha-lmnn --kernel rbf --proof p.json datasets/wine.csv"), 2, "--proof goes without");
  CHECK(box.files() == std::vector<std::string>{"model.json", "proof.json", "sum.csv"});
  // a constant feature is none that tells rows apart
  REQUIRE(box.run("awk -F, 'NR==1 {print \"c,\" $0} NR>1 {print \"7,\" $0}' datasets/wine.csv > constant.csv").status ==
          0);
  for (const std::string options : {"--standardize", "--standardize --diagonal"})
    proven(box, "maha-lmnn", options, "constant.csv");
}
