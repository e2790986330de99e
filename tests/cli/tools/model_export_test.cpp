/// maha-model export for other programs: what they read is the same distance. It is they who read it, where they are
/// installed, by the scripts in tests/reference.

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "harness.hpp"
#include "models.hpp"
#include "pages.hpp"

using namespace maha::test;

namespace {

/// A model of each kind, of wine.
struct Kind {
  std::string name, command;
  bool has_relu = false, has_kernel = false;
};

const std::vector<Kind> kKinds{
    {"full", "maha-cov"},
    {"standardized", "maha-cov --within --standardize"},
    {"filled", "maha-cov --missing mean --standardize <(sed '5s/^[^,]*/NA/' datasets/wine.csv)"},
    {"low-rank", "maha-pca --rank 3 --standardize"},
    {"learned", "maha-lmnn --standardize"},
    {"diagonal", "maha-nca --standardize --diagonal --l1 0.01"},
    {"line", "maha-triplet --epochs 2 --standardize --layers 5"},
    {"network", "maha-siamese --epochs 2 --standardize --layers 8,4", true},
    {"normalized", "maha-triplet --epochs 2 --standardize --layers 8,4", true},
    {"rbf", "maha-pca --kernel rbf --standardize --rank 5", false, true},
    {"laplace", "maha-pca --kernel laplace --landmarks 40 --rank 5", false, true},
    {"polynomial", "maha-pca --kernel polynomial --standardize --rank 5", false, true},
};

/// NAME.json, and NAME.csv: the rows as maha-transform maps them.
void write_kinds(const Sandbox& box) {
  for (const Kind& kind : kKinds) {
    const std::string rows = contains(kind.command, "<(") ? "" : " datasets/wine.csv";
    REQUIRE(box.run(kind.command + " -q" + rows + " -o " + kind.name + ".json").status == 0);
    REQUIRE(box.run("maha-transform -q -m " + kind.name + ".json datasets/wine.csv -o " + kind.name + ".csv").status ==
            0);
  }
}

/// Runs a script of tests/reference, or says that it is left out for want of a module.
std::optional<Outcome> by_reader(const Sandbox& box, const std::string& script, const std::string& module,
                                 const std::string& arguments) {
  const std::optional<std::string> before = preparation(box, {"python3:numpy", "python3:" + module});
  if (!before) {
    MESSAGE("not tested for want of ", module, ": ", arguments);
    return std::nullopt;
  }
  const auto path = std::filesystem::path(MAHA_SOURCE_DIR) / "tests" / "reference" / script;
  const Outcome outcome = box.run(*before + "python3 " + path.string() + " " + arguments);
  CHECK(outcome.status == 0);
  return outcome;
}

/// The number behind a word.
double figure(const std::string& line, const std::string& word) {
  std::istringstream words(line);
  std::string next;
  while (words >> next && next != word) continue;
  double value = -1;
  words >> value;
  CHECK_MESSAGE(words, line);
  return value;
}

}  // namespace

TEST_CASE("maha-model export --format onnx: a reader of ONNX finds the distances of the model") {
  const Sandbox box;
  write_kinds(box);
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const std::string model = kind.name + ".json", onnx = kind.name + ".onnx";
    CHECK(box.run("maha-model export " + model + " -o " + onnx).status == 0);
    CHECK(box.run("maha-model export --format onnx < " + model + " | cmp - " + onnx).status == 0);
    const std::string rest = " datasets/wine.csv " + kind.name + ".csv";
    if (const auto read = by_reader(box, "onnx_map.py", "onnx", onnx + rest)) {
      const std::vector<std::string> said = lines(read->out);
      CHECK(said.at(0).starts_with("float64 Nx13 Nx"));
      for (std::size_t i = 1; i < said.size(); ++i) CHECK(figure(said[i], "relative") < 1e-12);
    }
    const std::string rounded = "maha-model export --type float32 -o rounded.onnx " + model;
    if (kind.has_kernel) {
      check_refused(box.run(rounded), 1,
                    model + ": the model has a kernel, whose features lose their digits in float32");
      continue;
    }
    CHECK(box.run(rounded).status == 0);
    if (const auto read = by_reader(box, "onnx_map.py", "onnx", "rounded.onnx" + rest)) {
      const std::vector<std::string> said = lines(read->out);
      CHECK(said.at(0).starts_with("float32 Nx13 Nx"));
      for (std::size_t i = 1; i < said.size(); ++i) CHECK(figure(said[i], "of_mean") < 1e-5);
    }
  }
}

TEST_CASE("maha-model export --format onnx: a missing value is NaN, and gets what the model has for it") {
  const Sandbox box;
  box.write("fill.json", model_text(R"("metric":{"weights":[4,0,1]},"features":["x","y","z"],"fill":[5,6,7])"));
  box.write("rows.csv", "x,y,z\n1,2,3\n,2,3\n1,,\n");
  box.run("maha-transform -m fill.json rows.csv -o mapped.csv; maha-model export fill.json -o fill.onnx");
  CHECK(box.read("mapped.csv") == "z1,z2\n2,3\n10,3\n2,7\n");
  if (const auto read = by_reader(box, "onnx_map.py", "onnx", "fill.onnx rows.csv mapped.csv")) {
    CHECK(read->out.starts_with("float64 Nx3 Nx2 maha\nnumpy relative 0 of_mean 0\n"));
  }
}

TEST_CASE("maha-model export --format faiss: FAISS finds the neighbours of the model at its distances") {
  const Sandbox box;
  write_kinds(box);
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const std::string model = kind.name + ".json", index = kind.name + ".faiss";
    const std::string write = "maha-model export " + model + " -q --data datasets/wine.csv -o " + index;
    if (kind.has_kernel || kind.has_relu) {
      const std::string what = kind.has_kernel ? "the model has a kernel" : "the model is a network with relu";
      check_refused(box.run(write), 1, model + ": " + what + ", and FAISS has no such transformation");
      CHECK_FALSE(box.exists(index));
      continue;
    }
    CHECK(box.run(write).status == 0);
    CHECK(
        box.run("maha-model export " + model + " -q --format faiss --data datasets/wine.csv | cmp - " + index).status ==
        0);
    CHECK(box.run("maha-model export " + model + " -o empty.faiss").status == 0);
    for (const std::string& file : {index, std::string("empty.faiss")}) {
      const auto read = by_reader(box, "faiss_index.py", "faiss", file + " datasets/wine.csv " + kind.name + ".csv");
      if (!read) continue;
      CHECK(contains(read->out, file == index ? " IndexFlat 178 " : " IndexFlat 0 "));
      CHECK(contains(read->out, "\nsame bytes\n"));
      CHECK(figure(read->out, "of_mean") < 1e-5);
    }
  }
}

TEST_CASE(
    "maha-model export --format faiss: rows of every length, in blocks, columns by name, none where values miss") {
  const Sandbox box;
  box.write("m.json", model_text(R"("metric":{"L":[[1,0],[0,2]]},"features":["x","y"])"));
  box.run("awk 'BEGIN { print \"y,note,x\"; for (i = 0; i < 5000; ++i) print i % 71 \",n,\" i }' > rows.csv");
  const std::string rest = " --format faiss --data rows.csv --id note m.json";
  CHECK(box.run("maha-model export -o m.faiss" + rest).status == 0);
  CHECK(box.run("maha-model export" + rest + " | cmp - m.faiss").status == 0);
  CHECK(box.run("cat rows.csv | maha-model export --format faiss --data - --id note m.json | cmp - m.faiss").status ==
        0);
  CHECK(box.run("cat m.json | maha-model export --format faiss --data rows.csv --id note | cmp - m.faiss").status == 0);
  const std::string index = box.read("m.faiss");
  REQUIRE(index.size() > 5000 * 8);
  float last[2];
  std::copy_n(index.end() - 8, 8, reinterpret_cast<char*>(last));
  CHECK(last[0] == 4999);
  CHECK(last[1] == 2 * (4999 % 71));

  box.run("sed '3s/^[0-9]*,/,/' rows.csv > holes.csv");
  const std::string holes = "maha-model export --format faiss m.json --id note --data holes.csv";
  check_refused(box.run(holes), 1, "holes.csv:3: column 1 (y): is empty");
  const Outcome skipped = box.run(holes + " --missing skip | wc -c");
  CHECK(contains(skipped.err, "1 of 5000 rows skipped"));
  CHECK(skipped.out == std::to_string(index.size() - 8) + "\n");
}

TEST_CASE("maha-model export: M = 0 maps all rows to one place") {
  const Sandbox box;
  box.write("zero.json", model_text(R"("metric":{"M":[[0,0],[0,0]]},"features":["x","y"])"));
  box.write("rows.csv", "x,y\n1,2\n3,4\n");
  CHECK(box.run("maha-model export zero.json -o zero.onnx").status == 0);
  CHECK(box.run("maha-model export zero.json --unlabeled --data rows.csv -o zero.faiss").status == 0);
  const std::string index = box.read("zero.faiss");
  CHECK(index.substr(index.size() - 16) == std::string("\2\0\0\0\0\0\0\0", 8) + std::string(8, '\0'));
}

TEST_CASE("maha-model export: the type of numbers, and what it cannot hold") {
  const Sandbox box;
  box.write("m.json", model_text(R"("metric":{"L":[[0.1,0],[0,2]]},"features":["x","y"])"));
  CHECK(box.run("maha-model export --as L --type float32 m.json -o m.npy").status == 0);
  CHECK(box.run("maha-convert m.npy").out == "0.10000000149011612,0\n0,2\n");
  box.write("rows.csv", "x,y\n1,2\n3,4e38\n");
  check_refused(box.run("maha-model export m.json --unlabeled --data rows.csv -o m.faiss"), 1,
                "rows.csv: row 2 is mapped beyond float32, which FAISS has");
  CHECK_FALSE(box.exists("m.faiss"));
  for (const std::string format : {"onnx --type float32", "faiss"}) {
    box.write("m.json", model_text(R"("metric":{"L":[[1e39,0],[0,2]]},"features":["x","y"])"));
    check_refused(box.run("maha-model export m.json --format " + format), 1,
                  "m.json: L has 1e+39, which is beyond float32");
    box.write("m.json", model_text(R"("metric":{"L":[[1e-39,0],[0,0]]},"features":["x","y"])"));
    check_refused(box.run("maha-model export m.json --format " + format), 1,
                  "m.json: L has numbers up to 1e-39, and float32 none so small");
  }
  CHECK(box.run("maha-model export m.json --format onnx > /dev/null").status == 0);
}

TEST_CASE("maha-model export: options that do not go together are refused before a file is opened") {
  const Sandbox box;
  const auto refuses = [&](const std::string& options, const std::string& message) {
    check_refused(box.run("maha-model export none.json " + options), 2, message);
  };
  refuses("--as L --format onnx", "--as is of matrices: it goes with --format csv or npy");
  refuses("--as M -o x.FAISS", "--as is of matrices: it goes with --format csv or npy");
  refuses("--type float32", "--type is of arrays: it goes with --format npy or onnx");
  refuses("--type float32 -o x.faiss", "--type is of arrays: it goes with --format npy or onnx");
  refuses("--json --type float32", "--type is of arrays: it goes with --format npy or onnx");
  refuses("--data rows.csv", "--data goes with --format faiss");
  refuses("--data rows.csv -o x.onnx", "--data goes with --format faiss");
  refuses("--label class -o x.faiss", "--label: goes with --data FILE");
  refuses("--format onnx --json", "--json goes without --format");
  refuses("--format torch", "--format");
  refuses("-o x.onnx.gz", "nothing is packed here");
  check_refused(box.run("maha-model export --format faiss --data - - < /dev/null"), 2, "standard input");
}

TEST_CASE("maha-model export: a full disk leaves the file as it was, a closed pipe ends quietly") {
  const Sandbox box;
  box.run("maha-cov -q datasets/wine.csv -o m.json");
  for (const std::string format : {"onnx", "faiss --data datasets/wine.csv"}) {
    check_refused(box.run("maha-model export -q m.json --format " + format + " -o /dev/full"), 1,
                  "/dev/full: No space left on device");
    check_refused(box.run("maha-model export -q m.json --format " + format + " -o none/x"), 1, "none/x: ");
    const Outcome closed = box.run("maha-model export -q m.json --format " + format + " | head -c 0");
    CHECK(closed.status == 0);
    CHECK(closed.err.empty());
  }
}
