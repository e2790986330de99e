/// maha: the list of tools, and that running a tool through it is running the tool.

#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"
#include "terminal.hpp"

using namespace maha::test;

TEST_CASE("maha: lists every tool that was built once, with the first line of its help") {
  const Sandbox box;
  const Outcome list = box.run("maha");
  CHECK(list.status == 0);
  CHECK(list.err == "");
  CHECK(box.run("maha --help").out == list.out);
  CHECK(box.run("maha help").out == list.out);
  const std::vector<std::string> shown = lines(list.out);
  for (const std::string& tool : tools()) {
    const std::string name = tool.substr(5), summary = lines(box.run(tool + " --help").out)[0];
    const auto is_its = [&](const std::string& line) {
      return line.starts_with("  " + name + " ") && line.ends_with(" " + summary);
    };
    CHECK_MESSAGE(std::count_if(shown.begin(), shown.end(), is_its) == 1, tool,
                  " is not listed: src/cli/door/tools.cpp");
  }
  CHECK(contains(list.out, "\nLearn from labels:\n"));
}

TEST_CASE("maha: a tool runs as if it was called itself") {
  const Sandbox box;
  CHECK(box.run("maha --version").out == box.run("maha-cov --version | sed 's/-cov//'").out);
  CHECK(box.run("maha cov datasets/iris.csv").out == box.run("maha-cov datasets/iris.csv").out);
  CHECK(box.run("maha cov < datasets/iris.csv | maha model show").out ==
        box.run("maha-cov datasets/iris.csv | maha-model show").out);
  check_refused(box.run("maha cov absent.csv"), 1, "maha-cov: absent.csv: No such file");
  check_refused(box.run("maha cov --ridge -1 absent.csv"), 2, "maha-cov: --ridge");
  CHECK(box.run("maha cov --help").out == box.run("maha-cov --help").out);
  CHECK(box.run("maha help cov").out == box.run("maha-cov --help").out);
  CHECK(box.run("maha help maha-cov | head -1").out == box.run("maha-cov --help | head -1").out);
  CHECK(box.run("maha cov datasets/iris.csv | head -c 1").status == 0);
  const Outcome stopped = box.run(
      "set -m; mkfifo trace; maha triplet --epochs 100000 --patience 100000 --trace trace -o m.json "
      "datasets/digits.csv & "
      "exec 3< trace; read -r line <&3; kill -INT $!; cat <&3 > /dev/null; wait $!");
  CHECK(stopped.status == 130);
  CHECK(contains(box.read("m.json"), "\"converged\": false"));
}

TEST_CASE("maha: help of itself and of commands, and tools by the names of their programs") {
  const Sandbox box;
  for (const std::string own : {"maha", "help", "--help", "-h"})
    CHECK(box.run("maha help " + own).out == box.run("maha --help").out);
  CHECK(box.run("maha maha-cov datasets/iris.csv").out == box.run("maha-cov datasets/iris.csv").out);
  const Outcome help = box.run("maha help model export");
  CHECK(help.status == 0);
  CHECK(help.out == box.run("maha-model export --help").out);
  CHECK(contains(help.out, "--format csv|npy|onnx|faiss"));
  CHECK(box.run("maha help maha-plot ranks").out == box.run("maha-plot ranks --help").out);
  check_refused(box.run("maha help model exprot"), 2,
                "maha: 'exprot' is no command of maha-model: did you mean 'export'? (maha help model tells of them)");
  check_refused(box.run("maha help cov knn"), 2, "not expected: knn");
  check_refused(box.run("maha help model export csv"), 2, "not expected: csv");
  check_refused(box.run("maha help help cov"), 2, "not expected: cov");
  check_refused(box.run("maha maha-nosuch"), 2, "'maha-nosuch' is no tool");
}

TEST_CASE("maha: finds tools beside itself, and else on PATH") {
  const Sandbox box;
  box.run(
      "mkdir here there; cp $(command -v maha) here/; printf '#!/bin/sh\\necho \"$0 $@\"\\n' > there/maha-mine; chmod "
      "+x there/maha-mine");
  CHECK(contains(box.run("PATH=there:$PATH here/maha mine 'a b' c").out, "maha-mine a b c"));
  CHECK(box.run("PATH=/usr/bin:/bin; " MAHA_BIN_DIR "/maha cov --version").status == 0);
  check_refused(box.run("maha ../cov"), 2, "'../cov' is no tool");
}

TEST_CASE("maha: what is no tool is told in a line, with the one that was meant") {
  const Sandbox box;
  CHECK(box.run("maha lmmn").err == "maha: 'lmmn' is no tool: did you mean 'lmnn'? (maha lists them)\n");
  check_refused(box.run("maha lmmn datasets/iris.csv"), 2, "did you mean 'lmnn'?");
  check_refused(box.run("maha help neigbors"), 2, "'neigbors' is no tool: did you mean 'neighbors'?");
  CHECK(box.run("maha frobnicate").err == "maha: 'frobnicate' is no tool (maha lists them)\n");
  check_refused(box.run("maha --verzion"), 2, "not expected: --verzion: did you mean '--version'?");
  check_refused(box.run("maha --help lmnn"), 2, "not expected: lmnn");
  check_refused(box.run("maha $'x\\n\\x1b[2J'"), 2, R"('x\n\x1b[2J' is no tool)");
}

TEST_CASE("maha: a full disk is told, a reader that has seen enough is none") {
  const Sandbox box;
  CHECK(box.run("maha | head -1").status == 0);
  const Outcome full = box.run("maha > /dev/full");
  CHECK(full.status == 1);
  CHECK(full.err == "maha: standard output: No space left on device\n");
}
