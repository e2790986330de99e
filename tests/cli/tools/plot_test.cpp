/// maha-plot: pictures that hold what they were given, and scripts that draw them elsewhere.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// Whether pictures can be drawn here; says so if not.
bool can_draw(const Sandbox& box) {
  const bool can = box.run("gnuplot --version").status == 0;
  if (!can) MESSAGE("pictures are not tested: there is no gnuplot here");
  return can;
}

int occurrences(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

int marks(const std::string& svg) { return occurrences(svg.substr(svg.find("</defs>")), "<use xlink:href='#gpPt"); }
int plots(const std::string& svg) { return occurrences(svg, "<g id=\"gnuplot_plot_"); }

const std::string kRows = "x,y,kind\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n5,5,c\n";
const std::string kPlotted = R"({"format":"maha-model","version":1,"metric":{"M":[[2,0],[0,1]]}})";
const std::string kTrace = "iteration,objective,bound,gap,seconds\n0,9,1,0.9,0.1\n1,8,4,0.5,0.2\n";
const std::string kRoc = "threshold,false_positive_rate,true_positive_rate\n0,0,0\n1,0.2,0.6\n2,1,1\n";
const std::string kSampling = "sampler,from,to,share,expected\nuniform,0,1,0.4,0.3\nuniform,1,2,0.6,0.7\n";
const std::string kResults = R"({"format":"maha-results","version":1,"datasets":[{"name":"iris"},{"name":"my_wine"}],
  "algorithms":["euclidean","lmnn:k=5"],"summary":[
  {"dataset":"iris","algorithm":"euclidean","accuracy":0.95,"sd":0.01},
  {"dataset":"iris","algorithm":"lmnn:k=5","accuracy":0.96,"sd":0.02},
  {"dataset":"my_wine","algorithm":"euclidean","accuracy":0.75,"sd":0.01},
  {"dataset":"my_wine","algorithm":"lmnn:k=5","accuracy":null,"sd":null}],
  "ranks":[{"algorithm":"euclidean","rank":1.5},{"algorithm":"lmnn:k=5","rank":1.5}]})";

const std::string kGrid = R"({"format":"maha-results","version":1,"datasets":[{"name":"iris"},{"name":"my_wine"}],
  "algorithms":["euclidean","lmnn:k=5","small"],"summary":[
  {"dataset":"iris","algorithm":"euclidean","accuracy":0.95,"sd":0.01},
  {"dataset":"iris","algorithm":"lmnn:k=5","accuracy":0.96,"sd":0.02},
  {"dataset":"iris","algorithm":"small","accuracy":0.9375,"sd":0.03125},
  {"dataset":"my_wine","algorithm":"lmnn:k=5","accuracy":0.75,"sd":0}],
  "experiment":{"algorithms":["euclidean","lmnn:k=5",{"name":"small","spec":"lmnn:k=1"}]}})";
const std::string kWhy =
    "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,"
    "contribution,contrast\n7,a,0.5,1,2,a,2,x,1,2,3,\n7,a,0.5,1,2,a,2,y,1,2,1,\n"
    "7,a,0.5,other,3,b,3,x,1,2,10,7\n7,a,0.5,other,3,b,3,y,1,2,-1,-2\n";

void write_plotted(const Sandbox& box) {
  box.write("grid.json", kGrid);
  box.write("why.csv", kWhy);
  box.write("rows.csv", kRows);
  box.write("model.json", kPlotted);
  box.write("trace.csv", kTrace);
  box.write("roc.csv", kRoc);
  box.write("sampling.csv", kSampling);
  box.write("results.json", kResults);
}

/// A command of maha-plot, and what its picture holds: marks, the key included, and series.
struct Drawn {
  std::string command;
  int marks, plots;
};

const std::vector<Drawn> kDrawn{
    {"projection rows.csv", 5 + 3, 3},
    {"projection -m model.json --standardize rows.csv", 2 * 5 + 3, 2 * 3},
    {"projection --drop kind --unlabeled rows.csv", 5, 1},
    {"trace trace.csv", 0, 3},
    {"trace --by seconds trace.csv trace.csv", 0, 6},
    {"spectrum --relative model.json", 2 + 1, 1},
    {"roc roc.csv", 1, 3},
    {"sampling sampling.csv", 0, 2},
    {"compare results.json", 3 + 2, 2},
    {"ranks results.json", 0, 3},
    {"path grid.json", 2 + 1 + 1, 3 + 1},
    {"explain why.csv", 0, 3},
    {"weights model.json", 0, 1},
    {"weights --data rows.csv model.json", 0, 1},
};

}  // namespace

TEST_CASE("maha-plot: every picture holds the marks and the series of its file") {
  const Sandbox box;
  write_plotted(box);
  if (!can_draw(box)) return;
  for (const auto& [command, expected_marks, expected_plots] : kDrawn) {
    const Outcome svg = box.run("maha-plot " + command);
    CHECK(svg.status == 0);
    CHECK(svg.err == "");
    CHECK(svg.out.starts_with("<?xml"));
    CHECK(svg.out.ends_with("</svg>\n\n"));
    CHECK_MESSAGE(marks(svg.out) == expected_marks, svg);
    CHECK_MESSAGE(plots(svg.out) == expected_plots, svg);
  }
}

TEST_CASE("maha-plot: the file's ending decides the format") {
  const Sandbox box;
  write_plotted(box);
  for (const std::string name : {"p.jpg", "p", "svg", "p.svg.gz"}) {
    const Outcome outcome = box.run("maha-plot projection rows.csv -o " + name);
    CHECK(outcome.status == 2);
    CHECK(outcome.err == "maha-plot: -o,--output: '" + name + "' ends in none of .svg, .png and .pdf\n");
  }
  if (!can_draw(box)) return;
  CHECK(box.run("maha-plot projection rows.csv -o p.svg -j 2 --width 500 --height 300 --title t").status == 0);
  CHECK(contains(box.read("p.svg"), "width=\"500\" height=\"300\""));
  CHECK(box.run("maha-plot projection rows.csv -o p.png").status == 0);
  CHECK(box.read("p.png").starts_with("\x89PNG"));
  CHECK(box.run("maha-plot projection rows.csv -o P.PNG").status == 0);
  CHECK(box.read("P.PNG").starts_with("\x89PNG"));
  CHECK(box.run("maha-plot projection rows.csv -o p.pdf").status == 0);
  CHECK(box.read("p.pdf").starts_with("%PDF"));
}

TEST_CASE("maha-plot --script: needs no gnuplot, and is the picture where there is one") {
  const Sandbox box;
  write_plotted(box);
  const std::string alone = "PATH=$(dirname $(command -v maha-plot)); ";
  for (const Drawn& drawn : kDrawn) {
    const Outcome script = box.run(alone + "maha-plot " + drawn.command + " --script -o script.gp");
    CHECK(script.status == 0);
    CHECK(script.out == "");
    CHECK(box.run(alone + "maha-plot " + drawn.command + " --script").out == box.read("script.gp"));
    if (can_draw(box)) CHECK(box.run("gnuplot script.gp").out == box.run("maha-plot " + drawn.command).out);
  }
}

TEST_CASE("maha-plot: without gnuplot, or where it fails, one line says so and the old picture stays") {
  const Sandbox box;
  write_plotted(box);
  box.write("old.svg", "as it was\n");
  const Outcome none = box.run("PATH=$(dirname $(command -v maha-plot)); maha-plot roc roc.csv -o old.svg");
  CHECK(none.status == 1);
  CHECK(none.out == "");
  CHECK(none.err ==
        "maha-plot: gnuplot is not on PATH: apt install gnuplot-nox, or write the gnuplot script with --script\n");
  box.write("gnuplot", "#!/bin/sh\necho half\nprintf '\\n  ^\\n  line 3: no such terminal\\n' >&2\nexit 1\n");
  const Outcome failed = box.run("chmod +x gnuplot; PATH=$PWD:$PATH; maha-plot roc roc.csv -o old.svg");
  CHECK(failed.status == 1);
  CHECK(failed.err == "maha-plot: gnuplot failed: line 3: no such terminal\n");
  CHECK(box.read("old.svg") == "as it was\n");
}

TEST_CASE("maha-plot: names are shown as they are, and gnuplot takes no command from them") {
  const Sandbox box;
  const std::string name = "it's_a^{b} `touch pwned` <&> $x \\n @y %d";
  box.write("rows.csv", "x,y,kind\n1,2,\"" + name + "\"\n3,5,\"two\nlines\"\n");
  box.write(name + ".csv", kRoc);
  const Outcome script = box.run("maha-plot projection rows.csv --script --title \"it's\"");
  CHECK(contains(script.out, R"(set label "it\047s_a^{b} \140touch pwned\140 <&> \044x \134n \100y %d")"));
  CHECK(contains(script.out, "set label \"two lines\""));
  if (!can_draw(box)) return;
  const std::string shown = "it's_a^{b} `touch pwned` &lt;&amp;> $x \\n @y %d";
  CHECK(contains(box.run("maha-plot projection rows.csv").out, shown + "</text>"));
  CHECK(contains(box.run("maha-plot projection rows.csv --title '" + std::string("a_b `touch pwned`") + "'").out,
                 "a_b `touch pwned`</text>"));
  CHECK(contains(box.run("maha-plot roc ./it*.csv").out, shown + ": AUC"));
  CHECK_FALSE(box.exists("pwned"));
}

namespace {

/// Text that a shell, gnuplot or XML might take for more than text.
const std::vector<std::string> kHostile{"'90s",
                                        "it''s",
                                        "'",
                                        "''",
                                        "\"",
                                        "\\",
                                        "\\'",
                                        "a\\",
                                        "`touch pwned`",
                                        "'`touch pwned`'",
                                        "\"`touch pwned`\"",
                                        "$(touch pwned)",
                                        "'; system('touch pwned'); '",
                                        "\"; system(\"touch pwned\"); \"",
                                        "' . system('touch pwned') . '",
                                        "\nsystem('touch pwned')\n",
                                        "'\n!touch pwned\n'",
                                        "\r!touch pwned\r",
                                        "EOD\n!touch pwned",
                                        "@x",
                                        "$x",
                                        "# comment",
                                        "]]>",
                                        "<b>&amp;",
                                        "-->",
                                        "%s%n%d",
                                        "{/Symbol a}",
                                        "^_",
                                        "\xff\xfe",
                                        "caf\xe9",
                                        "\xef\xbf\xbf",
                                        "a\x01z",
                                        "\x1b[2J"};

/// In double quotes, as CSV has it.
std::string field(const std::string& text) { return "\"" + std::regex_replace(text, std::regex("\""), "\"\"") + "\""; }

/// In single quotes, as the shell has it.
std::string argument(const std::string& text) { return "'" + std::regex_replace(text, std::regex("'"), "'\\''") + "'"; }

std::string json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What is wrong with an SVG as XML, "" if nothing is: bytes, characters, and each & and < in the text of elements.
std::string fault_of(const std::string& svg) {
  if (!svg.ends_with("</svg>\n\n")) return "cut off";
  try {
    nlohmann::json(svg).dump();
  } catch (const nlohmann::json::exception&) {
    return "not UTF-8";
  }
  for (const char c : svg) {
    if (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t' && c != '\r') return "a control character";
  }
  if (contains(svg, "]]>") || contains(svg, "\xef\xbf\xbf")) return "what text may not hold";
  static const std::regex texts("<text[^>]*>([^\n]*)</text>"), entity("&(amp|lt|gt|quot|apos);");
  for (std::sregex_iterator it(svg.begin(), svg.end(), texts), end; it != end; ++it) {
    const std::string bare = std::regex_replace((*it)[1].str(), entity, "");
    if (bare.find_first_of("&<") != std::string::npos) return "in text: " + bare;
  }
  return "";
}

}  // namespace

TEST_CASE("maha-plot: whatever a label, a title, a name of a file, an algorithm or a data set holds, it is text") {
  const Sandbox box;
  if (!can_draw(box)) return;
  std::string rows = "x,y,kind\n", sets, algorithms, summary;
  for (const std::string& text : kHostile) {
    rows += "1,2," + field("l" + text) + "\n2,1," + field("l" + text) + "\n";
    sets += (sets.empty() ? "" : ",") + ("{\"name\":" + json("d" + text) + "}");
    algorithms += (algorithms.empty() ? "" : ",") + json("a" + text);
    summary += (summary.empty() ? "" : ",") + ("{\"dataset\":" + json("d" + text)) +
               ",\"algorithm\":" + json("a" + text) + ",\"accuracy\":0.5}";
  }
  box.write("rows.csv", rows);
  box.write("results.json", R"({"format":"maha-results","version":1,"datasets":[)" + sets + R"(],"algorithms":[)" +
                                algorithms + R"(],"summary":[)" + summary + "]}");
  for (const std::string command : {"projection rows.csv --header yes --label kind", "compare results.json"}) {
    const Outcome drawn = box.run("maha-plot " + command);
    CHECK_MESSAGE(drawn.status == 0, drawn.err);
    CHECK(lines(drawn.err).size() == (command.starts_with("compare") ? 0 : 1));  // that some is not UTF-8
    CHECK(fault_of(drawn.out) == "");
  }
  for (const std::string& text : kHostile) {  // alone, where nothing else can set it right
    box.write("one.csv", "x,y,kind\n1,2," + field(text) + "\n2,1,b\n");
    const Outcome drawn = box.run("maha-plot projection --header yes one.csv --title " + argument(text));
    CHECK_MESSAGE(drawn.status == 0, drawn.err);
    CHECK_MESSAGE(fault_of(drawn.out) == "", fault_of(drawn.out));
  }
  std::string letters = "x,y,kind\n";  // so many classes that their names are the marks
  for (const char* letter : {"'", "\"", "\\", "`", "$", "@", "#", "&", "<", "%", "^", "_", "{", "\xff", "ü"}) {
    letters += "1,2," + field(letter) + "\n2,1," + field(letter) + "\n";
  }
  box.write("letters.csv", letters);
  const Outcome marked = box.run("maha-plot projection --header yes --label kind letters.csv");
  CHECK(lines(marked.err).size() == 1);
  CHECK(fault_of(marked.out) == "");
  CHECK(contains(marked.out, "<text>&amp;</text>"));
  for (const std::string text : {"it's `touch pwned`; 'x", "' . system('touch pwned') . '", "]]>", "\xff", "%d %s"}) {
    box.write(text + ".csv", kRoc);
    const Outcome drawn = box.run("maha-plot roc ./" + argument(text + ".csv"));
    CHECK_MESSAGE(drawn.status == 0, drawn.err);
    CHECK(fault_of(drawn.out) == "");
  }
  CHECK_FALSE(box.exists("pwned"));
}

TEST_CASE("maha-plot projection: columns as every tool takes them, from pipes too; a model of rank 1, many classes") {
  const Sandbox box;
  box.write("rows.csv", "name,x,y,kind\np,1,2,a\nq,3,5,b\nr,2,1,a\n");
  box.write("line.json", R"({"format":"maha-model","version":1,"features":["y","x"],"metric":{"L":[[1,2]]}})");
  const std::string script = box.run("maha-plot projection --id name --label kind -m line.json rows.csv --script").out;
  CHECK(contains(script, "(100.0% of variance)"));
  CHECK(contains(script, "set ytics (\"a\" 1, \"b\" 2)"));
  CHECK(box.run("cat rows.csv | maha-plot projection --id 1 --label -1 -m line.json --script").out == script);
  CHECK(box.run("maha-plot projection --label kind --drop name rows.csv --script").status == 0);
  const std::string digits = box.run("maha-plot projection datasets/digits.csv --script").out;
  CHECK(contains(digits, "pointtype \"7\""));
  CHECK(std::count(digits.begin(), digits.end(), '\n') > 1797);
}

TEST_CASE("maha-plot: what is small, and files of one name") {
  const Sandbox box;
  write_plotted(box);
  box.run(
      "maha-compare -q -a cov --folds 2 datasets/iris.csv --format json -o one.json; mkdir a b; cp trace.csv a; "
      "cp trace.csv b; head -2 trace.csv > short.csv");
  CHECK(box.run("maha-plot compare one.json --script").status == 0);
  const std::string two = box.run("maha-plot trace a/trace.csv b/trace.csv --script").out;
  CHECK(contains(two, "set label \"a/trace.csv\""));
  CHECK(contains(two, "set label \"b/trace.csv\""));
  CHECK(contains(box.run("maha-plot trace short.csv --script").out, "using 1:2 with linespoints"));
  CHECK_FALSE(contains(box.run("maha-plot trace trace.csv --script").out, "with linespoints"));
}

TEST_CASE("maha-plot: text that is not UTF-8 is shown with a replacement, and a line says how to convert it") {
  const Sandbox box;
  box.write("latin.csv", "x,y,kind\n1,2,gr\xfcn\n3,5,blau\n2,1,gr\xfcn\n4,4,w\xe4r\n");
  const Outcome drawn = box.run("maha-plot projection --script latin.csv");
  CHECK(drawn.status == 0);
  CHECK(contains(drawn.out, "\"gr\uFFFDn\""));
  CHECK(drawn.err ==
        "maha-plot: warning: latin.csv: 'gr\\xfcn' is not UTF-8, and is shown with \uFFFD for what is none: "
        "iconv -f latin1 -t UTF-8\n");
  CHECK(box.run("iconv -f latin1 -t UTF-8 latin.csv | maha-plot projection --script").err == "");
}

TEST_CASE("maha-plot: a note says how many values a log axis has no place for") {
  const Sandbox box;
  box.write("net.csv",
            "iteration,objective,validation,contribute,rate,seconds\n1,1,0.2,1,1,1\n2,1,0,1,1,2\n3,0,0,1,1,3\n");
  box.write("other.csv", "iteration,objective,validation,contribute,rate,seconds\n1,1,0.2,1,1,1\n");
  const Outcome one = box.run("maha-plot trace net.csv --script");
  CHECK(one.status == 0);
  CHECK(one.err == "maha-plot: note: net.csv: validation: 2 values of 0 or less have no place on the log scale\n");
  const Outcome two = box.run("maha-plot trace net.csv other.csv --script");
  CHECK(contains(two.err, "objective: a value of 0 or less has no place on the log scale\n"));
  CHECK(box.run("maha-plot -q trace net.csv --script").err == "");
}

TEST_CASE("maha-plot: in a PNG a question mark stands for what no font has, and a line names it") {
  const Sandbox box;
  if (!can_draw(box) || box.run("fc-list | grep -q .").status != 0) return;
  const std::string nowhere = "\U0010FFFD";  // for private use
  box.write("plain.csv", "x,y,kind\n1,2,a?\n3,5,b\n2,1,a?\n");
  box.write("rare.csv", "x,y,kind\n1,2,a" + nowhere + "\n3,5,b\n2,1,a" + nowhere + "\n");
  for (const std::string format : {"png", "pdf"}) {
    const Outcome drawn = box.run("maha-plot projection rare.csv -o rare." + format);
    CHECK(drawn.status == 0);
    CHECK_MESSAGE(
        drawn.err.starts_with("maha-plot: warning: rare." + format + ": a ? stands for what no font here has, '"),
        drawn);
    CHECK(lines(drawn.err).size() == 1);
    CHECK(box.run("maha-plot projection plain.csv -o plain." + format).err == "");
  }
  CHECK(box.read("rare.png") == box.read("plain.png"));
  const Outcome svg = box.run("maha-plot projection rare.csv");
  CHECK(svg.err == "");
  CHECK(contains(svg.out, "a" + nowhere));
}

TEST_CASE("maha-plot: bad files and command lines are one line") {
  const Sandbox box;
  write_plotted(box);
  box.write("network.json",
            R"({"format":"maha-model","version":1,"metric":{"layers":[{"weights":[[1,2]],"biases":[0]}]}})");
  const auto fails = [&](const std::string& options, int status, const std::string& message) {
    check_refused(box.run("maha-plot " + options), status, message);
  };
  fails("", 2, "give a command");
  fails("pie rows.csv", 2, "");
  fails("trace", 2, "files");
  fails("trace absent.csv", 1, "absent.csv: No such file");
  fails("trace - - < trace.csv", 2, "standard input can be read only once");
  fails("trace roc.csv", 1, "roc.csv: no column 'iteration'; the columns are threshold, false_positive_rate");
  fails("roc trace.csv", 1, "trace.csv: no column 'false_positive_rate'");
  fails("roc <(sed s/0.6/x/ roc.csv)", 1, ":3: column 3 (true_positive_rate): 'x' is not a number");
  fails("spectrum rows.csv", 1, "rows.csv: not JSON");
  fails("spectrum network.json", 1, "network");
  fails("compare model.json", 1, "model.json: format is not maha-results");
  fails("sampling trace.csv", 1, "trace.csv: no column 'sampler'");
  fails("projection -m model.json --label 1 trace.csv", 1, "features");
  fails("projection --width 50 rows.csv", 2, "needs --width");
  fails("projection --height 1e9 rows.csv", 2, "--height: must lie in (0, 10000]");
  fails("projection --width wide rows.csv", 2, "'wide' is not a number");
  fails("projection --pca 3 rows.csv", 1, "3");
  box.write("far.csv", "a,b,class\n1e308,2,u\n-1e308,5,v\n");
  fails("projection --script far.csv", 1, "far.csv: a value of ");
  fails("trace --by weeks trace.csv", 2, "'weeks' is none of iteration|seconds");
}
