/// What Tab proposes: by the tools themselves, and typed at a real bash, zsh and fish.

#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// The words that are proposed behind `line`, the tool and what stands behind it; the last word may be empty, as ''.
std::vector<std::string> proposed(const Sandbox& box, const std::string& line) {
  const std::size_t blank = line.find(' ');
  const Outcome outcome = box.run(line.substr(0, blank) + " --complete" + line.substr(blank));
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  std::vector<std::string> words;
  for (const std::string& proposal : lines(outcome.out)) words.push_back(proposal.substr(0, proposal.find('\t')));
  return words;
}

using Words = std::vector<std::string>;

bool among(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void write_tables(const Sandbox& box) {
  box.write("plain.csv", "x,petal length,class\n1,2,a\n2,3,b\n");
  box.write("other.csv", "u,v,kind\n1,2,a\n2,3,b\n");
  box.write("odd.csv", "a;\"b,c\";d\n1;2;3\n");
  box.write("bare.csv", "1,2,u\n3,4,v\n");
}

/// Types a line at a shell, Tab and all, and then asks it which words the line has.
Words typed(const Sandbox& box, const std::string& shell, const std::string& line) {
  box.write("typed", line + "\001printf '<%s>\\n' \nexit\n");
  const Outcome outcome =
      box.run("TERM=dumb script -qec \"" + shell + "\" /dev/null < typed | tr -d '\\r'", "", std::chrono::seconds(60));
  Words words;
  for (const std::string& row : lines(outcome.out)) {
    if (row.starts_with("<") && row.ends_with(">")) words.push_back(row.substr(1, row.size() - 2));
  }
  return words;
}

const std::string kFolder = std::string(MAHA_BIN_DIR) + "/../completions";

/// The same lines at any of the shells.
void check_shell(const Sandbox& box, const std::string& shell) {
  const std::vector<std::pair<std::string, Words>> rows{
      {"maha-lmnn --push-w\t", {"maha-lmnn", "--push-weight"}},
      {"maha-lmnn --scale z\t", {"maha-lmnn", "--scale", "zscore"}},
      {"maha-lmnn plain.csv --label cl\t", {"maha-lmnn", "plain.csv", "--label", "class"}},
      {"maha-lmnn plain.csv --label pe\t", {"maha-lmnn", "plain.csv", "--label", "petal length"}},
      {"maha-lmnn plai\t", {"maha-lmnn", "plain.csv"}},
      {"maha lmn\t --sca\t", {"maha", "lmnn", "--scale"}},
      {"maha-compare -a lmnn:push\t0.1", {"maha-compare", "-a", "lmnn:push-weight=0.1"}},
      {"maha-model sho\t", {"maha-model", "show"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CHECK(typed(box, shell, row.first) == row.second);
  }
}

}  // namespace

TEST_CASE("completion: options, their words, files, and nothing where nothing is known") {
  const Sandbox box;
  write_tables(box);
  CHECK(proposed(box, "maha-lmnn --push") == Words{"--push-weight"});
  CHECK(among(proposed(box, "maha-lmnn -"), "--neighbors"));
  CHECK_FALSE(among(proposed(box, "maha-lmnn --rank 2 -"), "--rank"));
  CHECK(proposed(box, "maha-lmnn --scale ''") == Words{"none", "zscore", "minmax"});
  CHECK(proposed(box, "maha-lmnn --scale=m") == Words{"--scale=minmax"});
  CHECK(proposed(box, "maha-lmnn --rank ''").empty());
  CHECK(proposed(box, "maha-lmnn ''") == Words{":files"});
  CHECK(proposed(box, "maha-lmnn plain.csv ''").empty());
  CHECK(proposed(box, "maha-lmnn --init ''") == Words{":files"});
  CHECK(proposed(box, "maha-lmnn --trace ''") == Words{":files"});
  CHECK(proposed(box, "maha-itml --prior ''") == Words{"identity", "covariance", ":files"});
  CHECK(proposed(box, "maha-compare --merge ''") == Words{":files"});
  CHECK(proposed(box, "maha-compare --merge a b ''") == Words{":files"});
  CHECK(among(proposed(box, "maha-compare --merge a b --"), "--format"));
  CHECK(proposed(box, "maha-compare --merge a b --votes ''") == Words{"shrink", "lowest", "weighted"});
  CHECK(proposed(box, "maha-model s") == Words{"show", "spectrum"});
  CHECK(among(proposed(box, "maha-model export --"), "--as"));
  CHECK(proposed(box, "maha-model export --as ''") == Words{"M", "L"});
  CHECK(among(proposed(box, "maha-knn -- --"), "--test") == false);
}

TEST_CASE("completion: columns are those of the file on the line, read as the line says") {
  const Sandbox box;
  write_tables(box);
  CHECK(proposed(box, "maha-lmnn plain.csv --label ''") == Words{"x", "petal length", "class"});
  CHECK(proposed(box, "maha-lmnn plain.csv --label '\"pet'") == Words{"petal length"});
  CHECK(proposed(box, "maha-lmnn plain.csv --label 'petal\\ '") == Words{"petal length"});
  CHECK(proposed(box, "maha-lmnn plain.csv --label=c") == Words{"--label=class"});
  CHECK(proposed(box, "maha-lmnn plain.csv --drop ''") == Words{"x", "petal length", "class"});
  CHECK(proposed(box, "maha-lmnn plain.csv --drop x,") == Words{"x,petal length", "x,class"});
  CHECK(proposed(box, "maha-lmnn -d ';' odd.csv --drop ''") == Words{"a", "\"b,c\"", "d"});
  CHECK(proposed(box, "maha-lmnn bare.csv -n --label ''") == Words{"1", "2", "3"});
  CHECK(proposed(box, "maha-lmnn -d ';' plain.csv --label ''") == Words{"x,petal length,class"});
  CHECK(proposed(box, "maha-knn other.csv --train plain.csv --label ''") == Words{"x", "petal length", "class"});
  CHECK(proposed(box, "maha-split plain.csv --group ''") == Words{"x", "petal length", "class"});
  CHECK(proposed(box, "maha-rca plain.csv --chunk c") == Words{"class"});
  CHECK(proposed(box, "maha-mlkr plain.csv --target x") == Words{"x"});
  CHECK(proposed(box, "maha-compare plain.csv other.csv --fold-column c") == Words{"class"});
  CHECK(proposed(box, "maha-compare plain.csv --merge other.csv odd.csv --fold-column c") == Words{"class"});
  CHECK(proposed(box, "maha-compare --merge other.csv plain.csv --fold-column c").empty());  // these are journals
  CHECK(proposed(box, "maha-model reduce m.json --data plain.csv --label c") == Words{"class"});
  CHECK(proposed(box, "maha-lmnn absent.csv --label ''").empty());
  CHECK(proposed(box, "maha-lmnn --label ''").empty());
  box.run("mkfifo pipe; gzip -k plain.csv");
  CHECK(proposed(box, "maha-lmnn plain.csv.gz --label c") == Words{"class"});
  CHECK(box.run("maha-lmnn --complete pipe --label ''", "", std::chrono::seconds(20)).out == "");  // is not opened
}

TEST_CASE("completion: algorithms of maha-compare, with the options and values of each") {
  const Sandbox box;
  CHECK(proposed(box, "maha-compare -a lm") == Words{"lmnn"});
  CHECK(proposed(box, "maha-compare -a lmnn") == Words{"lmnn", "lmnn:"});
  CHECK(proposed(box, "maha-compare -a mine=lm") == Words{"mine=lmnn"});
  CHECK(proposed(box, "maha-compare -a lmnn:push") == Words{"lmnn:push-weight="});
  CHECK(proposed(box, "maha-compare -a lmnn:neighbors=3,sc") == Words{"lmnn:neighbors=3,scale="});
  CHECK(proposed(box, "maha-compare -a lmnn:scale=z") == Words{"lmnn:scale=zscore"});
  CHECK(among(proposed(box, "maha-compare -a 'lmnn:scale=none|'"), "lmnn:scale=none|zscore"));
  CHECK(proposed(box, "maha-compare -a itml:coun") == Words{"itml:count="});
  CHECK(proposed(box, "maha-compare -a lmnn:vote") == Words{"lmnn:vote-k="});
  CHECK(proposed(box, "maha-compare -a nosuch:").empty());
  CHECK(proposed(box, "maha-compare --algorithm=lm") == Words{"--algorithm=lmnn"});
}

TEST_CASE("completion: maha proposes its tools, and then what the tool does") {
  const Sandbox box;
  write_tables(box);
  const Words all = proposed(box, "maha ''");
  for (const std::string& tool : tools()) CHECK_MESSAGE(among(all, tool.substr(5)), tool);
  CHECK(among(all, "help"));
  CHECK(proposed(box, "maha help lmn") == Words{"lmnn"});
  CHECK(proposed(box, "maha help model ex") == Words{"export"});
  CHECK(proposed(box, "maha help lmnn ''").empty());
  CHECK(proposed(box, "maha maha-lmnn plain.csv --label c") == Words{"class"});
  CHECK(proposed(box, "maha lmnn plain.csv --label c") == Words{"class"});
  CHECK(proposed(box, "maha --v") == Words{"--version"});
  CHECK(proposed(box, "maha nosuch ''").empty());
}

TEST_CASE("completion: every tool proposes each of its options by its name") {
  const Sandbox box;
  for (const std::string& tool : tools()) {
    const Words words = proposed(box, tool + " --");
    CHECK_MESSAGE(among(words, "--help-json"), tool);
    CHECK(std::all_of(words.begin(), words.end(), [](const std::string& word) { return word.starts_with("--"); }));
  }
}

TEST_CASE("completion: typed at bash") {
  const Sandbox box;
  if (!is_installed(box, "script")) return;
  write_tables(box);
  check_shell(box, "bash --noprofile --rcfile " + kFolder + "/maha.bash -i");
}

TEST_CASE("completion: typed at zsh") {
  const Sandbox box;
  if (!is_installed(box, "zsh") || !is_installed(box, "script")) return;
  write_tables(box);
  box.write(".zshrc", "fpath=(" MAHA_SOURCE_DIR
                      "/completions $fpath)\nautoload -U compinit\ncompinit -u -D\nbindkey -e\nunsetopt "
                      "zle_bracketed_paste prompt_sp\n");
  check_shell(box, "env ZDOTDIR=. zsh -d -i");
}

TEST_CASE("completion: typed at fish") {
  const Sandbox box;
  if (!is_installed(box, "fish") || !is_installed(box, "script")) return;
  write_tables(box);
  check_shell(box, "env HOME=. fish -N -i -C 'source " + kFolder + "/maha.fish'");
}
