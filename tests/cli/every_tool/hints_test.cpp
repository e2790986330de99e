/// What a message proposes to type works as pasted behind the command, and columns are never guessed wrongly in
/// silence.

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// What a message says to type, alternatives apart.
std::vector<std::string> hints(const std::string& message) {
  std::vector<std::string> found;
  const std::regex hint(
      R"(--id \S+ --unlabeled|(--[a-z]+|-d)( ('[^']*'|[^-\s'][^\s?;:)]*|-\d+))?( --drop \S*[^\s?,;:)])?)");
  for (auto at = std::sregex_iterator(message.begin(), message.end(), hint); at != std::sregex_iterator(); ++at) {
    std::string text = at->str();
    while (text.ends_with(',')) text.pop_back();
    if (text.ends_with("--unlabeled or")) text.erase(text.size() - 3);
    found.push_back(text);
  }
  return found;
}

struct Asked {
  std::string content, command;
  std::vector<std::string> hints;
};

const std::string kShuffled = "class,c,a,b\nu,2.5,1.2,95\nv,8.5,8.5,15\nu,2.6,1.3,94\n";
const std::string kPenguins =
    "species,island,bill,mass,sex\nAdelie,Biscoe,39.1,3750,m\nGentoo,Dream,46.1,5000,f\nAdelie,Dream,38,3600,f\n";
const std::string kYears =
    "species,island,bill,mass,year\nAdelie,Biscoe,39.1,3750,2007\nGentoo,Dream,46.1,5000,2008\nAdelie,Dream,38,3,"
    "2009\n";
const std::string kNumbers = "class,a,b\n1,2.5,7\n2,3.5,8\n1,2.6,9\n";
const std::string kPlain = "a,b,c\n1,2.5,7\n2,3.5,8\n1,2.6,7\n";

const char* const kKnn = "maha-knn -k 1 --leave-one-out --train f.csv";

const std::vector<Asked> kAsked{
    {kShuffled, kKnn, {"--label class"}},
    {kShuffled, "maha-cov f.csv", {"--label class"}},
    {kPenguins, kKnn, {"--label species --drop island,sex", "--drop species,island"}},
    {kYears, kKnn, {"--label species --drop island"}},
    {kYears, "maha-cov f.csv", {"--label species --drop island"}},
    {"name,a,b\nann,1,2\nbob,2,1\ncid,4,4\n", "maha-cov f.csv", {"--label name", "--id name --unlabeled"}},
    {kNumbers, kKnn, {"--label class", "--label b"}},
    {kNumbers, "maha-cov f.csv", {"--label class", "--label b", "--unlabeled"}},
    {kNumbers, "maha-split --test 0.5 --part test f.csv", {"--label class", "--label b"}},
    {kPlain, "maha-cov f.csv", {"--label 3", "--unlabeled"}},
    {"a,3,c\n1,2.5,7\n2,3.5,8\n1,2.6,7\n", "maha-cov --header yes f.csv", {"--label -1", "--unlabeled"}},
    {"a,b c,\"d,e\",class\n1,x,z,u\n2,y,z,v\n3,x,z,u\n", kKnn, {"--drop 2,3"}},
    {"a,b,z\n1,2,0.5\n2,3,1.5\n3,3,0.5\n", kKnn, {"--label 3"}},
    {"u,1.5,0.5\nv,2.5,1.5\nu,1.4,0.5\n", std::string(kKnn) + " -n", {"--label 1"}},
    {"1,1.5,0.5\n2,2.5,1.5\n1,1.4,0.5\n", kKnn, {"--label 1", "--label 3"}},
    {"a,b,class\n1,2,u\n,4,v\n3,2,u\n", kKnn, {"--missing skip"}},
    {"a b class\n1 2 u\n3 4 v\n5 6 u\n", kKnn, {"-d ' '"}},
    {"a,,,class\n1,2,3,u\n4,5,6,v\n2,2,2,u\n", kKnn, {"--drop 3"}},
    {",a,b,\n0,1,2,u\n1,2,1,u\n2,5,5,v\n3,6,7,v\n", "maha-cov --within f.csv", {"--label 4"}},
    {",a,,\n0,1,2,u\n1,2,1,u\n2,5,5,v\n3,6,7,v\n", "maha-cov --within f.csv", {"--label 4 --drop 3"}},
    {"a,b,class,\n1,2,u,\n2,2,u,\n5,5,v,\n", kKnn, {"--drop 4"}},
    {"a,b,class,,\n1,2,u,,\n2,2,u,,\n5,5,v,,\n", "maha-cov f.csv", {"--drop 4,5"}},
    {"# x, y, z\na,b,class\n1,2,u\n2,2,u\n5,5,v\n", kKnn, {"--comment '#'"}},
    {"sep =;\na;b;class\n1;2;u\n2;2;u\n", kKnn, {"--comment 'sep ='"}},
    {"1 2 3\n2 3 1\n1 1 1\n", "maha-cov --unlabeled f.csv", {"-d ' '"}},
    {"2 0\n0 1\n", "maha-model import --as M f.csv", {"-d ' '"}},
    {"a|b|class\n1|2|u\n5|5|v\n1|1|u\n", kKnn, {"-d '|'"}},
    {"diagnosis,a,b\nM,1,2\nB,5,5\n", "maha-transform -m plain.json f.csv", {"--label diagnosis"}},
    {",2019,2020,class\n0,1.5,2,u\n1,2.5,1,v\n2,1.4,2,u\n", kKnn, {"--header yes"}},
    {",a,b,class\n0,1.5,2,u\n1,2.5,1,v\n2,1.4,2,u\n", "maha-mmc -q --pairs pairs.csv f.csv", {"--id 1", "--drop 1"}},
};

void write_hinted(const Sandbox& box) {
  box.write("pairs.csv", "i,j,similar\n1,2,0\n1,3,1\n");
  box.write("plain.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1,0],[0,1]]}})");
  box.write("by_id.csv", "i,j,similar\n0,1,0\n0,2,1\n");
}

}  // namespace

TEST_CASE("hints: each works as pasted") {
  const Sandbox box;
  write_hinted(box);
  for (const Asked& asked : kAsked) {
    box.write("f.csv", asked.content);
    const Outcome refused = box.run(asked.command);
    CHECK_MESSAGE((refused.status == 1 || refused.status == 2), refused);
    CHECK_MESSAGE(lines(refused.err).size() == 1, refused);
    CHECK_MESSAGE(hints(refused.err) == asked.hints, refused);
    for (const std::string& hint : hints(refused.err)) {
      if (hint == "--id 1") box.run("cp by_id.csv pairs.csv");
      const Outcome mended = box.run(asked.command + " " + hint);
      CHECK_MESSAGE(mended.status == 0, mended);
      write_hinted(box);
    }
  }
}

TEST_CASE("hints: what a warning proposes is taken without another") {
  const Sandbox box;
  box.write("numbers.csv", "0,1,2,target\n5.1,3.5,1.4,u\n4.9,3.0,1.4,u\n6.1,2.8,4.0,v\n6.3,2.5,4.9,v\n5.9,3.2,4.8,v\n");
  box.write("years.csv", "1990,1991,1992,country\n5.1,3.5,1.4,u\n4.9,3.0,1.4,u\n6.1,2.8,4.0,v\n6.3,2.5,4.9,v\n");
  std::string wine;
  for (int i = 0; i < 12; ++i) {
    wine += std::to_string(1 + i / 4) + "," + std::to_string(14 - i) + ".5," + std::to_string(1000 + 5 * i) + "\n";
  }
  box.write("wine.csv", wine);
  std::string counted;
  for (int i = 0; i < 8; ++i) counted += std::to_string(i + 1) + "," + std::to_string(i % 3) + ".5,2\n";
  box.write("counted.csv", counted);
  const std::vector<std::pair<std::string, std::string>> warned{
      {"maha-knn -k 1 --leave-one-out --train numbers.csv", "--header yes"},
      {"maha-split --folds 2 --fold 1 --part test numbers.csv", "--header yes"},
      {"maha-knn -k 1 --leave-one-out --train years.csv", "--header yes"},
      {"maha-cov numbers.csv", "--header yes"},
      {"maha-knn -k 1 --leave-one-out --train wine.csv", "--label 1"},
      {"maha-cov --within --ridge 1 wine.csv", "--label 1"},
      {"maha-split --folds 2 --fold 1 --part test wine.csv", "--label 1"},
      {"maha-compare -q -a euclidean --folds 2 wine.csv", "--label 1"},
      {"maha-knn -k 1 --leave-one-out --train counted.csv", "--id 1"},
      {"maha-cov --pseudo-inverse counted.csv", "--id 1"},
  };
  for (const auto& [command, hint] : warned) {
    const Outcome first = box.run(command);
    CHECK_MESSAGE(first.status == 0, first);
    CHECK_MESSAGE(contains(first.err, "warning: "), first);
    CHECK_MESSAGE(hints(first.err) == std::vector<std::string>{hint}, first);
    const Outcome second = box.run(command + " " + hint);
    CHECK_MESSAGE(second.status == 0, second);
    CHECK_MESSAGE(!contains(second.err, hint), second);
  }
}

TEST_CASE("the index that pandas and R write is an id in every tool, and is told") {
  const Sandbox box;
  const std::string plain = box.run("cat datasets/iris.csv").out;
  const auto indexed = [&](const std::string& file, int from, const std::string& quote, const std::string& data) {
    std::string text;
    const auto all = lines(data);
    for (std::size_t i = 0; i < all.size(); ++i) {
      text += quote + (i == 0 ? "" : std::to_string(from + static_cast<int>(i) - 1)) + quote + "," + all[i] + "\n";
    }
    box.write(file, text);
  };
  indexed("pandas.csv", 0, "", plain);
  indexed("r.csv", 1, "\"", plain);
  indexed("shuffled.csv", 1000, "", plain);
  indexed("scale.csv", 0, "", box.run("cat datasets/balance-scale.csv").out);
  const std::string note = "column 1 has no name and is taken for the id of its rows, as with --id 1";
  box.run("maha-cov datasets/iris.csv -o m.json; maha-pairs --count 60 datasets/iris.csv -o pairs.csv");
  for (const std::string file : {"pandas.csv", "r.csv", "shuffled.csv"}) {
    const Outcome knn = box.run("maha-knn -k 3 --leave-one-out --train " + file);
    CHECK_MESSAGE(contains(knn.out, "accuracy 0.9600"), knn);
    CHECK_MESSAGE(contains(knn.err, "note: " + file + ": " + note), knn);
    for (const std::string command :
         {"maha-cov", "maha-transform -m m.json", "maha-distance --to center -m m.json", "maha-pairs --count 10",
          "maha-neighbors --leave-one-out -k 2 --train", "maha-lmnn", "maha-siamese --epochs 1",
          "maha-triplet --epochs 1", "maha-plot projection --script", "maha-predict -k 1 --train datasets/iris.csv"}) {
      const Outcome guessed = box.run(command + " " + file);
      CHECK_MESSAGE(guessed.status == 0, guessed);
      CHECK_MESSAGE(contains(guessed.err, note), guessed);
      const Outcome named = box.run(command + " " + file + " --id 1");
      if (!contains(command, "predict")) CHECK_MESSAGE(guessed.out == named.out, guessed);
    }
    CHECK(lines(box.run("maha-transform -m m.json " + file).out)[0] == "id,z1,z2,z3,z4,class");
    CHECK(lines(box.run("maha-distance --to center -m m.json " + file).out)[0] == "id,distance,p_value");
    CHECK(contains(box.run("maha-compare -a euclidean --folds 5 --format csv " + file).err, note));
    CHECK(box.run("maha-knn -k 1 --train " + file + " datasets/iris.csv --predictions p.csv").status == 0);
  }
  const std::string knn = "maha-knn -k 3 --leave-one-out --train ";
  CHECK(box.run(knn + "scale.csv").out == box.run(knn + "datasets/balance-scale.csv").out);
  box.write("table.txt", "\"a\" \"b\" \"class\"\n\"1\" 1.5 2 \"u\"\n\"2\" 2.5 1 \"v\"\n");
  check_refused(box.run("maha-cov --within -d ' ' table.txt"), 1, "write.table of R gives its row names no header");
  CHECK(box.run("maha-mmc --pairs pairs.csv r.csv").status == 0);  // numbers and ids are the same there
}

TEST_CASE("a label that is named and not there is an error beside a model too") {
  const Sandbox box;
  box.run("maha-cov datasets/iris.csv -o m.json");
  for (const std::string command :
       {"maha-transform -m m.json", "maha-distance --to center -m m.json", "maha-distance -m m.json --pairs p.csv",
        "maha-verify -m m.json --pairs p.csv", "maha-neighbors -m m.json --leave-one-out --train",
        "maha-plot projection -m m.json --script", "maha-model reduce m.json --dims 2 --data",
        "maha-knn -m m.json --leave-one-out --train", "maha-itml --prior m.json --pairs p.csv"}) {
    for (const std::string label : {"nosuch", "9"}) {
      check_refused(box.run(command + " datasets/iris.csv --label " + label), 1, "iris.csv: no column '" + label + "'");
    }
  }
}

TEST_CASE("the order of classes does not depend on the order of rows, though one is called nan") {
  const Sandbox box;
  std::string header = "a,b,class\n", first, second;
  for (int i = 0; i < 60; ++i) {
    const std::string row = std::to_string(i) + ",1," + (i % 30 == 7 ? "nan" : std::to_string(i % 30)) + "\n";
    first += row;
    second = row + second;
  }
  box.write("first.csv", header + first);
  box.write("second.csv", header + second);
  const auto classes = [&](const std::string& file) {
    const std::string json = box.run("maha-knn -k 1 --leave-one-out --json --train " + file).out;
    return json.substr(json.find("\"classes\""), json.find("\"counts\"") - json.find("\"classes\""));
  };
  CHECK(classes("first.csv") == classes("second.csv"));
}
