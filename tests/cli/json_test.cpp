/// JSON that is hostile, or that no tool has written, is refused in one line wherever it is read.

#include <doctest/doctest.h>

#include <functional>

#include "harness.hpp"

using namespace maha::test;

namespace {

std::string repeated(const std::string& part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

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
  }
}

TEST_CASE("JSON: what no model can be is refused by its key") {
  const Sandbox box;
  for (const std::string text : {"\"rows\":-5", "\"iterations\":-1", "\"gap\":-1", "\"threshold\":-1"}) {
    box.write("bad.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1]]},)" + text + "}");
    check_refused(box.run("maha-model check bad.json"), 1, "bad.json: " + text.substr(1, text.find(':') - 2));
  }
}
