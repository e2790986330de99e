/// JSON that is hostile, or that no tool has written, is refused in one line wherever it is read.

#include <doctest/doctest.h>

#include <functional>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// A tool that reads a JSON file, and one that is well but for the value in the place of VALUE.
struct Reader {
  std::string command, text;
};

const std::vector<Reader> kReaders{
    {"maha-model show bad.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1]]},"z":VALUE,"y":1})"},
    {"maha-model check bad.json", R"({"format":"maha-model","version":1,"metric":{"M":[[VALUE]]}})"},
    {"maha-transform -m bad.json rows.csv", R"({"format":"maha-model","version":VALUE,"metric":{"M":[[1]]}})"},
    {"maha-lmnn rows.csv --init bad.json", R"({"format":VALUE,"version":1,"metric":{"M":[[1]]}})"},
    {"maha-plot compare bad.json", R"({"format":VALUE})"},
    {"maha-plot compare bad.json", R"({"format":"maha-results","version":1,"datasets":[VALUE]})"},
    {"maha-compare --experiment bad.json",
     R"({"datasets":[{"file":"rows.csv"}],"algorithms":["cov"],"protocol":{"folds":VALUE}})"},
    {"maha-compare --experiment bad.json", R"({"datasets":[{"file":VALUE}],"algorithms":["cov"]})"},
    {"maha-compare --from bad.json", R"({"format":"maha-results","version":1,"experiment":VALUE})"},
};

std::string filled(const Reader& reader, const std::string& value) {
  std::string text = reader.text;
  return text.replace(text.find("VALUE"), 5, value);
}

}  // namespace

TEST_CASE("JSON: a hundred thousand brackets, keys that are there twice and numbers beyond all are one line") {
  const Sandbox box;
  box.write("rows.csv", "x,class\n1,a\n2,a\n5,b\n6,b\n");
  const std::string deep = repeated("[", 100000) + repeated("]", 100000);
  const std::string deep_objects = repeated("{\"a\":", 100000) + "1" + repeated("}", 100000);
  for (const Reader& reader : kReaders) {
    for (const std::string& value : {deep, deep_objects, repeated("[", 100000)}) {
      box.write("bad.json", filled(reader, value));
      check_refused(box.run(reader.command), 1, "bad.json: ");
    }
    box.write("bad.json", filled(reader, R"({"a":1,"b":2,"a":3})"));
    check_refused(box.run(reader.command), 1, "a is there twice");
    box.write("bad.json", filled(reader, "1e999"));
    check_refused(box.run(reader.command), 1, "the number 1e999 is out of range");
    box.write("bad.json", filled(reader, "[1,-Infinity]"));
    check_refused(box.run(reader.command), 1, ": Infinity is no number of JSON");
    box.write("bad.json", filled(reader, "NaN"));  // as Python writes it
    check_refused(box.run(reader.command), 1, ": NaN is no number of JSON");
  }
}

TEST_CASE("JSON: a name that is not UTF-8 is told before the work, with its file") {
  const Sandbox box;
  box.write("n.csv",
            "gr\xf6\xdf"
            "e,b,class\n1,2,u\n2,2,u\n5,5,v\n6,5,v\n");
  box.write("p.csv", "1,2,1\n3,4,1\n1,3,0\n");
  const std::string name = R"(n.csv: column 1 ('gr\xf6\xdf)"
                           R"(e') is not UTF-8, which JSON must be: iconv -f latin1)";
  for (const std::string command :
       {"maha-cov n.csv", "maha-cov --missing mean n.csv", "maha-mmc --pairs p.csv n.csv",
        "maha-itml --pairs p.csv n.csv", "maha-lmnn -k 1 n.csv", "maha-siamese n.csv", "maha-triplet n.csv",
        "maha-verify --calibrate accuracy --pairs p.csv n.csv", "maha-model import --names n.csv eye.csv"}) {
    box.write("eye.csv", "1,0\n0,1\n");
    check_refused(box.run(command), 1, name);
  }
  CHECK(box.run("maha-verify --pairs p.csv n.csv").status == 0);
  box.write("l.csv", "a,class\n1,gr\xfcn\n2,gr\xfcn\n5,v\n6,v\n");
  box.write("t.csv", "a,class\n1,w\n2,w\n5,v\n6,v\n");
  const std::string label = R"(l.csv: column 2 (class): the label 'gr\xfcn' is not UTF-8)";
  check_refused(box.run("maha-knn --json -k 1 --leave-one-out --train l.csv"), 1, label);
  CHECK(contains(box.run("maha-knn --json -k 1 --train t.csv l.csv").err, label));
  CHECK(box.run("maha-knn -k 1 --leave-one-out --train l.csv").status == 0);
}

TEST_CASE("JSON: names of a comparison that are not UTF-8 are told before the work") {
  const Sandbox box;
  box.write("gr\xfcn.csv", "a,class\n1,u\n2,u\n5,v\n6,v\n");
  const std::string command = "maha-compare -a euclidean -k 1 --folds 2 gr*.csv ";
  const std::string message = R"(the file name 'gr\xfcn.csv' is not UTF-8, which JSON must be: rename the file)";
  check_refused(box.run(command + "--format json"), 2, message);
  check_refused(box.run(command + "--journal j"), 2, message);
  CHECK_FALSE(box.exists("j"));
  CHECK(box.run(command).status == 0);
  box.write("f.csv", "a,fold,class\n1,gr\xfcn,u\n2,2,u\n5,gr\xfcn,v\n6,2,v\n");
  check_refused(box.run("maha-compare -a euclidean -k 1 --fold-column fold f.csv --format json"), 1,
                R"(f.csv: the fold 'gr\xfcn' is not UTF-8)");
}

TEST_CASE("JSON and CSV: what is no text is called what it is") {
  const Sandbox box;
  box.write("rows.csv", "x,class\n1,a\n2,a\n5,b\n6,b\n");
  box.run("maha-cov rows.csv | iconv -f UTF-8 -t UTF-16 > wide.json; gzip < rows.csv | gzip > g.csv.gz");
  check_refused(box.run("maha-model show wide.json"), 1, "wide.json: is UTF-16, and not UTF-8");
  check_refused(box.run("maha-cov g.csv.gz"), 1, "g.csv.gz: is gzip data inside gzip data");
}

TEST_CASE("JSON: what no model can be is refused by its key") {
  const Sandbox box;
  for (const std::string text : {"\"rows\":-5", "\"seed\":-1", "\"iterations\":-1", "\"gap\":-1", "\"threshold\":-1"}) {
    box.write("bad.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1]]},)" + text + "}");
    check_refused(box.run("maha-model check bad.json"), 1, "bad.json: " + text.substr(1, text.find(':') - 2));
  }
}
