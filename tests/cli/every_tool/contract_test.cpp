/// What every tool keeps to, held against all that were built: bad input gets one line that says where, good input
/// comes from wherever it may, output goes whole or not at all.

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

struct BadFile {
  std::string content, message;
  bool in_features;  ///< wrong only for those who read the features
  bool in_label = false;
};

const std::vector<BadFile> kBadFiles{
    {"", "bad.csv: is empty", false},
    {"\n \n", "bad.csv: is empty", false},
    {"x,y,class\n", "bad.csv: has a header and no rows", false},
    {"x,y,class\n1,2,a\n1,2\n", "bad.csv:3: 2 fields where 3 columns are expected", false},
    {"x,y,class\n1,2\n1,2,b\n", "bad.csv:2: 2 fields where 3 columns are expected", false},
    {"x,y,class\n1,2,a\n1,2,b,3\n", "bad.csv:3: 4 fields where 3 columns are expected", false},
    {"x,y,class\n1,2,a\n\n1,2,\"b\n3,4,c\n", "bad.csv:4: column 3: a quote opened in this record is never closed",
     false},
    {"x,y,class\n1,2,a\n1,\"2\"3,b\n", "bad.csv:3: column 2 (y): text after a closing quote", true},
    {"x,y,class\n1,2,a\n1,2x,b\n", "bad.csv:3: column 2 (y): '2x' is not a number", true},
    {"x,y,class\n1,2,a\n1,inf,b\n", "bad.csv:3: column 2 (y): 'inf' is not a finite number", true},
    {"x,y,class\n1,2,a\n-1e999,2,b\n", "bad.csv:3: column 1 (x): '-1e999' is out of range", true},
    {"x,y,class\n1,2,a\n1,,b\n", "bad.csv:3: column 2 (y): is empty", true},
    {"x,y,class\n1,2,a\n?,2,b\n", "bad.csv:3: column 1 (x): '?' stands for a missing value", true},
    {"x,y,class\n1,2,a\n1,2,\n", "bad.csv:3: column 3 (class): the label is empty", false, true},
    {"x,y,class\none,2,a\n", "bad.csv: text where numbers should be, in column 1 (x)", true},
    {std::string("x,y,class\n1,2,a\n1,\0,b\n", 22), "bad.csv:3: column 2: NUL byte", false},
    {"x,x,class\n1,2,a\n1,2,b\n", "two columns are named 'x'", false},
    {"x;y;class\n1,5;2;a\n1;2,5;b\n", "bad.csv:2: column 1 (x): '1,5' is not a number: decimal comma? --decimal ,",
     true},
    {"# cm\nx,y,class\n1,2,a\n", "bad.csv:1: is this line a comment? --comment '#'", false},
    {"sep=;\nx;y;class\n1;2;a\n", "bad.csv:1: 'sep=;' tells Excel the delimiter", false},
    {"x,y,class\r1,2,a\r", "bad.csv:1: lines end in a carriage return alone", false},
    {"\xff\xfex,y,class\n", "bad.csv: is UTF-16, and not UTF-8", false},
};

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

TEST_CASE("contract: a bad file is one line naming file, line, column and value; the old output stays") {
  const Sandbox box;
  write_inputs(box);
  const std::vector<ToolCommand> readers = tool_commands();
  for (std::size_t r = 0; r < readers.size(); ++r) {
    const ToolCommand& reader = readers[r];
    for (std::size_t b = 0; b < kBadFiles.size(); ++b) {
      const BadFile& bad = kBadFiles[b];
      if ((bad.in_features && !reader.reads_features) || (bad.in_label && !reader.reads_labels) || left_to_others(r, b))
        continue;
      box.write("bad.csv", bad.content);
      check_refusal(box, box.run(reader.on("bad.csv") + " -o old"), reader.tool, 1, bad.message);
    }
    check_refusal(box, box.run(reader.on("absent.csv") + " -o old"), reader.tool, 1, "absent.csv: No such file");
    const std::string folder = reader.names_file ? "datasets" : "datasets/";  // which leaves no name
    check_refusal(box, box.run(reader.on(folder) + " -o old"), reader.tool, 1, folder + ": is a folder");
    check_refusal(box, box.run("head -c 60 good.csv | gzip | head -c 40 > bad.csv;" + reader.on("bad.csv") + " -o old"),
                  reader.tool, 1, "bad.csv: the gzip data");
  }
  box.run("rm bad.csv");
  CHECK(box.files() == std::vector<std::string>{"good.csv", "model.json", "old", "pairs.csv", "triplets.csv"});
}

TEST_CASE("contract: columns that are not there, or there twice, or no labels") {
  const Sandbox box;
  write_inputs(box);
  for (const ToolCommand& reader : tool_commands()) {
    const std::string command = reader.on("good.csv") + " -o old ";
    if (!contains(command, "--label") && reader.reads_labels) {
      check_refusal(box, box.run(command + "--label kind"), reader.tool, 1,
                    "no column 'kind'; the columns are x, y, class");
      check_refusal(box, box.run(command + "--label 4"), reader.tool, 1, "no column '4'");
    }
    check_refusal(box, box.run(command + "--drop z"), reader.tool, 1, "no column 'z'; the columns are x, y, class");
    check_refusal(box, box.run(command + "--id -4"), reader.tool, 1, "no column '-4'");
  }
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

TEST_CASE("contract: a broken model is refused by what is wrong with which entry") {
  const Sandbox box;
  write_inputs(box);
  const std::string head = R"({"format":"maha-model","version":1,)";
  const std::vector<std::pair<std::string, std::string>> models{
      {"", "model.json: "},
      {"x,y\n1,2\n", "not JSON"},
      {R"({"version":1,"metric":{"M":[[1,0],[0,1]]}})", "format"},
      {R"({"format":"other","version":1,"metric":{"M":[[1,0],[0,1]]}})", "format"},
      {R"({"format":"maha-model","version":2,"metric":{"M":[[1,0],[0,1]]}})", "version"},
      {head + R"("metric":{}})", "metric"},
      {head + R"("metric":{"M":[[1,0],[0]]}})", "row 2"},
      {head + R"("metric":{"M":[[1,null],[0,1]]}})", "row 1"},
      {head + R"("metric":{"M":[[1,0.5],[0.4,1]]}})", "row 2, column 1 is 0.4"},
      {head + R"("metric":{"M":[[1,2],[2,1]]}})", "semidefinite"},
      {head + R"("metric":{"M":[[1]]}})", "features"},
      {head + R"("metric":{"M":[[1,0],[0,1]]},"features":["x","height"]})", "no column 'height'"},
      {head + R"("metric":{"M":[[1,0],[0,1]]},"features":["x","x"]})", "'x' twice"},
      {head + R"("metric":{"M":[[1,0],[0,1]]},"center":[0]})", "center"},
  };
  for (const auto& [text, message] : models) {
    box.write("model.json", text);
    check_refusal(box, box.run("maha-transform -m model.json --label -1 good.csv -o old"), "maha-transform", 1,
                  message);
    check_refusal(box, box.run("maha-knn -k 1 --leave-one-out -m model.json --train good.csv -o old"), "maha-knn", 1,
                  message);
  }
}
