/// Where results go: files whole or not at all, whatever the name, the descriptor, the file system or the signal; and
/// what cannot be written is said before the work.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

namespace {

/// A command that reads `-`, or good.csv or a model where FILE stands, and writes one result to -o or standard output.
struct Writer {
  ToolCommand command;
  std::string input = "good.csv";
  std::string on(const std::string& file) const { return command.on(file); }
};

/// What all tools are held to, and what some do besides.
std::vector<Writer> writers() {
  std::vector<Writer> all;
  for (const ToolCommand& command : tool_commands()) all.push_back({command});
  all.push_back({{"maha-pairs", "maha-pairs --all FILE"}});
  all.push_back({{"maha-split", "maha-split --folds 2 --assign fold FILE"}});
  for (const std::string action : {"show", "export", "reduce --dims 1 --data good.csv"}) {
    all.push_back({{"maha-model", "maha-model " + action + " FILE"}, "model.json"});
  }
  all.push_back({{"maha-report", "maha-report FILE"}, "results.json"});
  all.push_back({{"maha-cov", "maha-cov --stats FILE"}});
  all.push_back({{"maha-lda", "maha-lda --from FILE"}, "good.stats"});
  for (const std::string action : {"show FILE", "merge FILE"})
    all.push_back({{"maha-stats", "maha-stats " + action}, "good.stats"});
  return all;
}

const std::vector<std::string> kPrepared{"good.csv",  "good.stats", "learned.json", "model.json",  "old",
                                         "pairs.csv", "proof.json", "results.json", "triplets.csv"};

}  // namespace

TEST_CASE("outputs: one that is impossible is found before anything is read") {
  const Sandbox box;
  write_inputs(box);
  box.run("mkfifo silent");  // nobody ever writes to it: who opens it waits
  for (const Writer& writer : writers()) {
    check_refused(box.run(writer.on("silent") + " -o none/out", "", std::chrono::seconds(20)), 1,
                  "none/out: No such file or directory");
    check_refused(box.run(writer.on("silent") + " -o datasets", "", std::chrono::seconds(20)), 1,
                  "datasets: is a folder");
    check_refused(box.run(writer.on("silent") + " >&-", "", std::chrono::seconds(20)), 1,
                  "standard output: is not open for writing");
  }
  box.run("rm silent");
  CHECK(box.files() == kPrepared);
}

TEST_CASE("outputs: several appear together or not at all") {
  const Sandbox box;
  write_inputs(box);
  for (const std::string& command : kTwoResults) {
    for (const char* impossible : {"/dev/full", "none/out", "datasets"}) {
      const Outcome second = box.run(into(command, "old", impossible));
      const std::string tool = command.substr(0, command.find(' '));
      CHECK(second.status == 1);
      CHECK_MESSAGE(contains(second.err, tool + ": " + impossible + ": "), second);  // and not as if the data were bad
      CHECK(box.read("old") == "as it was\n");
      CHECK(box.run(into(command, impossible, "old")).status == 1);
      CHECK(box.read("old") == "as it was\n");
    }
    const Outcome standard = box.run(into(command, "-", "/dev/full") + " | cat");
    CHECK(standard.status == 1);
    CHECK(standard.out == "");
    CHECK(box.files() == kPrepared);
    CHECK(box.run(into(command, "first", "second")).status == 0);
    CHECK(box.read("first") != "");
    CHECK(box.read("second") != "");
    box.run("rm first second");
  }
}

TEST_CASE("outputs: who reads one may stop, and the others are written all the same") {
  const Sandbox box;
  write_inputs(box);
  for (const std::string& command : kTwoResults) {
    CHECK(box.run(into(command, "first", ">(exec true)")).status == 0);
    CHECK(box.read("first") != "");
    CHECK(box.run(into(command, "-", "second") + " | true").status == 0);
    CHECK(box.read("second") != "");
    box.run("rm first second");
  }
}

TEST_CASE("outputs: two results to one file are refused, by whatever names") {
  const Sandbox box;
  write_inputs(box);
  box.run("mkdir folder; ln -s old link; ln -s new dangling; ln -s .. folder/up; mkfifo pipe");
  const std::vector<std::pair<std::string, std::string>> same{
      {"old", "old"},       {"old", "./old"},         {"new", "$PWD/new"},       {"old", "link"},
      {"new", "dangling"},  {"new", "folder/up/new"}, {"link", "folder/../old"}, {"-", "-"},
      {"-", "/dev/stdout"}, {"/dev/fd/1", "-"},       {"pipe", "./pipe"},
  };
  for (const std::string& command : kTwoResults) {
    for (const auto& [first, second] : same) {
      const Outcome outcome = box.run(into(command, first, second));
      check_refused(outcome, 2, first == "-" && second == "-" ? "both go to standard output" : "name the same file");
    }
    CHECK(box.run(into(command, "-", "new") + " > new").status == 2);
    CHECK(box.run("rm new; " + into(command, "/dev/null", "/dev/null")).status == 0);
  }
  for (const char* journal : {"old", "./old", "link"}) {
    check_refused(box.run(std::string("maha-compare -a euclidean good.csv -o old --journal ") + journal), 2,
                  "-o and --journal name the same file");
  }
  CHECK(box.read("old") == "as it was\n");
  CHECK_FALSE(box.exists("new"));
}

TEST_CASE("outputs: an input may be the output") {
  const Sandbox box;
  write_inputs(box);
  for (const Writer& writer : writers()) {
    const std::string expected = box.run(writer.on(writer.input)).out;
    CHECK(expected != "");
    CHECK(box.run("cp " + writer.input + " same; " + writer.on("same") + " -o same").status == 0);
    if (writer.command.names_file) continue;
    CHECK(box.read("same") == expected);
  }
  CHECK(box.run("cp good.csv same; maha-split --test 0.5 same --train-out same --test-out other").status == 0);
  CHECK(lines(box.read("same")).size() + lines(box.read("other")).size() == 8);
}

TEST_CASE("outputs: a link stays, and what it leads to is written, be it there or not") {
  const Sandbox box;
  write_inputs(box);
  const std::string expected = box.run("maha-cov good.csv").out;
  box.run(
      "mkdir folder; ln -s old link; ln -s folder/later dangling; ln -s dangling chain; ln -s $PWD/far absolute;"
      "ln -s loop loop; ln -s none/x lost; chmod 640 old");
  for (const auto& [link, file] : std::vector<std::pair<std::string, std::string>>{
           {"link", "old"}, {"chain", "folder/later"}, {"dangling", "folder/later"}, {"absolute", "far"}}) {
    CHECK(box.run("maha-cov good.csv -o " + link + " && readlink " + link).status == 0);
    CHECK(box.read(file) == expected);
    CHECK(std::filesystem::is_symlink(box.path() / link));
    CHECK_FALSE(std::filesystem::is_symlink(box.path() / file));
  }
  CHECK(box.run("stat -c %a old").out == "640\n");
  check_refused(box.run("maha-cov good.csv -o loop"), 1, "loop: Too many levels of symbolic links");
  check_refused(box.run("maha-cov good.csv -o lost"), 1, "lost: No such file or directory");
  check_refused(box.run("maha-cov good.csv -o ''"), 2, "the name of the file is empty");
  CHECK(std::filesystem::is_symlink(box.path() / "loop"));
  CHECK(box.run("umask 027; maha-cov good.csv -o fresh; stat -c %a fresh").out == "640\n");
}

TEST_CASE("outputs: /dev/stdout is what the shell made of it, written where it stands") {
  const Sandbox box;
  write_inputs(box);
  const std::string expected = box.run("maha-cov good.csv").out;
  for (const char* path : {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"}) {
    box.run("ln -sf /dev/stdout link");
    const std::string command = std::string("maha-cov good.csv -o ") + path;
    CHECK(box.run("echo first > log; " + command + " >> log; cat log").out == "first\n" + expected);
    CHECK(box.run("{ echo before; " + command + "; echo after; } > log; cat log").out ==
          "before\n" + expected + "after\n");
    CHECK(box.run(command + " | cat").out == expected);
    check_refused(box.run(command + " >&-"), 1, "is not open for writing");
  }
  CHECK(box.run("maha-cov good.csv -o /dev/fd/5 5>> log; tail -n +3 log | head -n -1").status == 0);
  check_refused(box.run("maha-cov good.csv -o /dev/fd/5 5< good.csv"), 1, "/dev/fd/5: is not open for writing");
  CHECK(box.read("good.csv") == kGood);
}

TEST_CASE("outputs: a standard stream that is closed gets nothing, and no file gets what is meant for it") {
  const Sandbox box;
  write_inputs(box);
  box.write("warns.csv", "x,y,z,class\n1,2,7,a\n3,5,7,b\n2,1,7,a\n4,4.5,7,b\n");  // z is constant
  const std::string warned = "maha-cov --within warns.csv -o ";
  CHECK(box.run(warned + "expected").err != "");
  for (const char* closed : {"2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">&-"}) {
    CHECK(box.run("rm -f new; " + warned + "new " + closed).status == 0);
    CHECK(box.read("new") == box.read("expected"));
  }
  CHECK(box.run("maha-lmnn -v -k 1 good.csv --trace trace -o new <&- 2>&-").status == 0);
  CHECK(nlohmann::json::accept(box.read("new")));
  CHECK(lines(box.read("trace"))[0].starts_with("iteration,objective"));
  for (const std::string& line : lines(box.read("trace"))) CHECK_FALSE(contains(line, "maha"));
  CHECK(box.run("maha-verify --calibrate accuracy --pairs pairs.csv good.csv -o new 2>&-").status == 0);
  CHECK(nlohmann::json::accept(box.read("new")));
  CHECK(box.run("rm -f a b; maha-split --folds 2 --fold 1 good.csv --train-out a --test-out b >&- 2>&-").status == 0);
  CHECK(lines(box.read("a")).size() + lines(box.read("b")).size() == 8);
  const Outcome lost = box.run("maha-knn -k 1 --leave-one-out --train good.csv --predictions p >&-");
  CHECK(lost.status == 1);
  CHECK_FALSE(box.exists("p"));
  check_refused(box.run("maha-cov <&-"), 1, "standard input: Bad file descriptor");
}

TEST_CASE("outputs: help and version that cannot be written are an error") {
  const Sandbox box;
  for (const std::string& tool : tools()) {
    for (const char* asked : {" --help", " --version"}) {
      CHECK(box.run(tool + asked).status == 0);
      check_refused(box.run(tool + asked + " > /dev/full"), 1, "standard output: No space left on device");
      CHECK(box.run(tool + asked + " >&-").status == 1);
      CHECK(box.run(tool + asked + " | true").status == 0);
    }
  }
  CHECK(box.run("maha-model show --help > /dev/full").status == 1);
}

TEST_CASE("outputs: where a file may not grow, the error says so and the old one stays") {
  const Sandbox box;
  write_inputs(box);
  for (const Writer& writer : writers()) {
    const Outcome outcome = box.run("(ulimit -f 0; " + writer.on(writer.input) + " -o old 2>&1) | cat");
    CHECK(outcome.status == 1);
    CHECK(contains(outcome.out, "old: File too large"));
    CHECK(box.read("old") == "as it was\n");
  }
  CHECK(box.files() == kPrepared);
}

TEST_CASE("outputs: without nameless files, or without /proc, the same; what others left behind is in nobody's way") {
  const Sandbox box;
  write_inputs(box);
  const std::string expected = box.run("maha-cov good.csv").out, name(250, 'n');
  box.run("for p in $(seq 300); do touch new.tmp.$p; done; touch .maha-leftover.tmp");
  CHECK(box.run("maha-cov good.csv -o new; rm .maha-leftover.tmp; rm new.tmp.*").status == 0);
  CHECK(box.read("new") == expected);
  CHECK(box.run("rm new; maha-cov good.csv -o " + name).status == 0);
  CHECK(box.run("rm " + name).status == 0);
#if !defined(MAHA_SANITIZED)  // sanitizers read /proc themselves
  if (box.run("unshare -m true").status == 0) {
    CHECK(box.run("unshare -m sh -c 'mount -t tmpfs none /proc && maha-cov good.csv -o new'").status == 0);
    CHECK(box.read("new") == expected);
  }
#endif
#ifdef MAHA_SANITIZED
  MESSAGE("poorer systems are not tested: nothing can be preloaded before a sanitizer");
#else
  for (const std::string missing : {"tmpfile", "proc"}) {
    const std::string poor = "export LD_PRELOAD=" MAHA_POORER_SYSTEM " MAHA_WITHOUT=" + missing + "; ";
    CHECK(box.run("rm -f new; " + poor + "maha-cov good.csv -o new").status == 0);
    CHECK(box.read("new") == expected);
    CHECK(box.run("chmod 600 new; " + poor + "maha-cov good.csv -o new; stat -c %a new").out == "600\n");
    CHECK(box.run(poor + "maha-cov none.csv -o new").status == 1);
    CHECK(box.read("new") == expected);
    CHECK(box.run("rm new; " + poor + "umask 027; maha-cov good.csv -o new; stat -c %a new").out == "640\n");
    box.run("rm new");
    CHECK(box.files() == kPrepared);
  }
#endif
}

TEST_CASE("outputs: a signal leaves no temporary file behind") {
#ifdef MAHA_SANITIZED
  MESSAGE("not tested: nothing can be preloaded before a sanitizer");
#else
  const Sandbox box;
  write_inputs(box);
  const std::string wait_for_file = "for i in $(seq 2000); do ls .maha-*.tmp && break; sleep 0.01; done; ";
  for (const std::string signal : {"INT", "TERM", "HUP", "QUIT", "XCPU"}) {
    const Outcome outcome =
        box.run("set -m; ulimit -c 0; mkfifo slow; LD_PRELOAD=" MAHA_POORER_SYSTEM
                " MAHA_WITHOUT=tmpfile maha-transform -m model.json slow -o new & exec 3> slow; " +
                wait_for_file + "kill -" + signal + " $!; wait $!; status=$?; rm slow; kill -l $((status - 128))");
    CHECK_MESSAGE(lines(outcome.out).size() == 2, outcome);  // the file was there, and the signal ended the tool
    CHECK(lines(outcome.out).back() == signal);
    CHECK(box.files() == kPrepared);
  }
#endif
}
