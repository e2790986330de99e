/// What every tool keeps to, held against all that were built: good input comes from wherever it may, output goes whole
/// or not at all, and a wrong command line gets one line. Bad input is in bad_input_test.cpp.

#include <doctest/doctest.h>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

namespace {

/// One line on standard error, from this tool, saying this; nothing written anywhere.
void check_refusal(const Sandbox& box, const Outcome& run, const std::string& tool, int status,
                   const std::string& message) {
  CHECK(run.status == status);
  CHECK(run.out == "");
  CHECK(lines(run.err).size() == 1);
  CHECK(run.err.starts_with(tool + ": "));
  CHECK_MESSAGE(contains(run.err, message), "wanted: ", message);
  CHECK(box.read("old") == "as it was\n");
}

const std::vector<std::pair<std::string, std::string>> kWrongOptions{
    {"--no-such-option", "not expected: --no-such-option"},
    {"--header maybe", "--header: 'maybe' is none of yes|no"},
    {"-d ab", "-d,--delimiter: 'ab' is not one character"},
    {"-d .", "-d,--delimiter: '.' may stand in a number"},
    {"-d e", "-d,--delimiter: 'e' may stand in a number"},
    {"-d 1", "-d,--delimiter: '1' may stand in a number"},
    {"--decimal x", "--decimal: 'x' is none of .|,"},
    {"--comment 1", "--comment: '1' may begin a number"},
    {"-d '#' --comment '#'", "the mark of comments '#' begins with the delimiter"},
    {"--comment '?'", "the mark of comments '?' begins '?', which stands for a missing value"},
    {"--drop '\"x'", "--drop: a quote in '\"x' is never closed"},
    {"-j 0", "-j,--threads: '0' is not a number of threads"},
    {"-j many", "-j,--threads: 'many' is not a number of threads"},
    {"--label", "--label: "},
    {"third.csv", "third.csv"},
};

}  // namespace

TEST_CASE("contract: a last column of numbers is no label unless it is said to be one") {
  const Sandbox box;
  write_inputs(box);
  box.write("measured.csv", "x,y,z\n1,2,0.5\n2,3,1.5\n");
  for (const char* command : {"maha-split --test 0.5 --part test", "maha-knn -k 1 --leave-one-out --train"}) {
    const Outcome run = box.run(std::string(command) + " measured.csv -o old");
    CHECK(run.status == 1);
    CHECK(contains(run.err, "column 3 (z) holds 0.5: is it a label? Then --label 3"));
    CHECK(box.run(std::string(command) + " measured.csv --label z -o out").status == 0);
  }
}

TEST_CASE("contract: what the command line alone shows to be wrong is 2") {
  const Sandbox box;
  write_inputs(box);
  const std::vector<ToolCommand> readers = tool_commands();
  for (std::size_t r = 0; r < readers.size(); ++r) {
    const ToolCommand& reader = readers[r];
    const std::string command = reader.on("good.csv") + " -o old ";
    for (std::size_t w = 0; w < kWrongOptions.size(); ++w) {
      const auto& [options, message] = kWrongOptions[w];
      const bool label = options == "--label" && !reader.reads_labels;
      if (left_to_others(r, w) || label || (reader.takes_files && options == "third.csv")) continue;
      check_refusal(box, box.run(command + options), reader.tool, 2, message);
    }
    if (!reader.reads_labels) continue;
    box.write("mixed.csv", "x,2,class\n1,2,a\n3,4,b\n");
    check_refusal(box, box.run(reader.on("mixed.csv") + " -o old"), reader.tool, 2,
                  "mixed.csv: is the first line a header?");
  }
}

TEST_CASE("contract: files, pipes, FIFOs, gzip, other delimiters and line ends give the same bytes") {
  const Sandbox box;
  write_inputs(box);
  box.run(
      "gzip -c good.csv > good.csv.gz; tr , ';' < good.csv > semicolons.csv; tr , '\\t' < good.csv > tabs.csv;"
      "sed 's/$/\\r/' good.csv > crlf.csv; (printf '\\xef\\xbb\\xbf'; cat good.csv) > bom.csv");
  for (const ToolCommand& reader : tool_commands()) {
    if (reader.names_file) continue;
    const std::string expected = box.run(reader.on("good.csv")).out;
    CHECK(!expected.empty());
    CHECK(box.run("cat good.csv | " + reader.on("-")).out == expected);
    CHECK(box.run(reader.on("<(cat good.csv)")).out == expected);
    CHECK(box.run("mkfifo fifo; cat good.csv > fifo & " + reader.on("fifo") + "; rm fifo").out == expected);
    CHECK(box.run(reader.on("good.csv.gz")).out == expected);
    CHECK(box.run(reader.on("- < good.csv.gz")).out == expected);
    CHECK(box.run(reader.on("good.csv") + " -j 3").out == expected);
    if (reader.tool == "maha-split") continue;  // copies what it gets
    for (const char* same : {"semicolons.csv", "tabs.csv", "crlf.csv", "bom.csv"}) {
      CHECK(box.run(reader.on(same)).out == expected);
    }
  }
}

TEST_CASE("contract: decimal commas, comments and words for what is missing are told to every reader alike") {
  const Sandbox box;
  write_inputs(box);
  box.run(
      "tr , ';' < good.csv | tr . , > commas.csv; sed '1i# \"made; by\n\n' good.csv > comments.csv; echo '# end' >> "
      "comments.csv;"
      "sed '$a-999,3,b\\n3,none,a' good.csv > words.csv; sed '$aNULL,3,b\\n,,' good.csv > usual.csv");
  for (const ToolCommand& reader : tool_commands()) {
    if (reader.names_file) continue;
    box.run("grep -v '^#' pairs.csv > plain; mv plain pairs.csv");
    const std::string expected = box.run(reader.on("good.csv")).out;
    const bool takes_two = contains(reader.command, "good.csv");
    if (reader.tool != "maha-split" && !takes_two) {
      CHECK(box.run(reader.on("commas.csv") + " --decimal ,").out == expected);
    }
    if (reader.reads_features) {
      const std::string rows = box.run(reader.on("words.csv") + " --missing skip --na -999,none").out;
      CHECK(rows == box.run(reader.on("usual.csv") + " --missing skip").out);
      CHECK(rows == expected);
    }
    box.run("sed -i '1i# similar or not' pairs.csv");
    CHECK(box.run(reader.on("comments.csv") + " --comment '#'").out == expected);
  }
}

TEST_CASE("contract: output goes to a file whole, to a pipe or device straight, and a full disk is an error") {
  const Sandbox box;
  write_inputs(box);
  for (const ToolCommand& reader : tool_commands()) {
    const std::string command = reader.on("good.csv");
    const std::string expected = box.run(command).out;
    CHECK(box.run(command + " -o new").out == "");
    CHECK(box.read("new") == expected);
    CHECK(box.run("ln -sf new link; " + command + " -o link; readlink link").out == "new\n");
    CHECK(box.run("mkfifo fifo; cat fifo & " + command + " -o fifo; wait; test -p fifo && rm fifo").out == expected);
    for (const char* target : {" -o /dev/full", " > /dev/full"}) {
      const Outcome full = box.run(command + target);
      CHECK(full.status == 1);
      CHECK(contains(full.err, "No space left on device"));
    }
    check_refusal(box, box.run(command + " -o none/out"), reader.tool, 1, "none/out: No such file");
    check_refusal(box, box.run(command + " -o datasets"), reader.tool, 1, "datasets: is a folder");
  }
  CHECK(box.run("test -c /dev/full").status == 0);
}

TEST_CASE("contract: a reader that has seen enough ends a tool quietly, with 0") {
  const Sandbox box;
  CHECK(box.run("maha-cov -q --pseudo-inverse datasets/digits.csv -o model.json").status == 0);
  for (const char* command :
       {"maha-split --folds 5 --assign fold datasets/digits.csv", "maha-transform -m model.json datasets/digits.csv"}) {
    const Outcome run = box.run(std::string(command) + " | head -2");
    CHECK(run.status == 0);
    CHECK(run.err == "");
    CHECK(lines(run.out).size() == 2);
  }
}

TEST_CASE("contract: a terminal where data were expected gets the short help and 2") {
  const Sandbox box;
  if (box.run("script -qec true /dev/null").status != 0) {
    MESSAGE("not tested: there are no pseudo-terminals here");
    return;
  }
  for (const std::string tool : {"maha-cov", "maha-split --test .5 --part test"}) {
    const Outcome run = box.run("script -qec '" + tool + "' /dev/null");
    CHECK(run.status == 2);
    CHECK(contains(run.out, "standard input is a terminal"));
    CHECK(contains(run.out, "Usage"));
  }
}

TEST_CASE("contract: who gives no file is told of --leave-one-out, on a terminal and in a pipe with nothing in it") {
  const Sandbox box;
  const bool terminal = box.run("script -qec true /dev/null").status == 0;
  for (const std::string tool : {"maha-knn", "maha-explain", "maha-neighbors"}) {
    const std::string command = tool + " -k 1 --train datasets/iris.csv";
    const Outcome piped = box.run(command + " < /dev/null");
    check_refused(piped, 1, tool + ": standard input: is empty: name a file, or pipe data in, or ");
    CHECK(piped.err.ends_with(": --leave-one-out\n"));
    CHECK(box.run(command + " --leave-one-out").status == 0);
    if (!terminal) continue;
    const Outcome shown = box.run("script -qec '" + command + "' /dev/null");
    CHECK(shown.status == 2);
    CHECK(contains(shown.out, "standard input is a terminal: name a file, or pipe data in, or "));
    CHECK(contains(shown.out, ": --leave-one-out"));
    CHECK(!contains(shown.out, "Output:"));
  }
  check_refused(box.run("maha-cov < /dev/null"), 1, "maha-cov: standard input: is empty\n");
}
