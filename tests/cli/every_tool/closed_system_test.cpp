/// Outputs of every tool where the system is closed to them: descriptors, a full disk, a folder that cannot be written,
/// and links to what is not there yet.

#include <doctest/doctest.h>
#include <unistd.h>

#include "faults.hpp"

using namespace maha::test;

namespace {

const std::vector<std::string> kClosedFor{"maha-cov", "maha-lmnn", "maha-knn", "maha-split", "maha-plot"};

/// The command with another output, or with none.
std::string with_output(const FailingCase& of, const std::string& output) {
  return of.line.substr(0, of.line.size() - std::string(" -o old").size()) + output;
}

std::string unless(bool good, const std::string& otherwise) { return good ? "" : otherwise; }

/// What a command says and does in a folder that is mounted for it alone, holds `old` and takes no more.
Outcome run_in_mounted(const Sandbox& box, const FailingCase& of, const std::string& close) {
  box.write("script", "set -e\n" + close + "status=0; " + with_output(of, " -o mounted/old") +
                          " || status=$?; cat mounted/old; ls -A mounted; exit $status\n");
  return box.run("mkdir -p mounted && unshare -m bash script");
}

}  // namespace

TEST_CASE("closed system: whichever standard streams are closed or full, the file is written all the same") {
  const Folder folder;
  Tally tally("closed and full descriptors");
  for (const FailingCase& of : folder.cases(kClosedFor)) {
    for (const std::string closed : {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-",
                                     "> /dev/full", "2> /dev/full", "> /dev/full 2>&1"}) {
      const Outcome run = folder.box.run(of.line + " " + closed);
      tally.add(unless(run.status == 0 && folder.box.read("old") == of.expected, "another result"), closed, run);
      folder.reset();
    }
    for (const std::string closed : {">&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-", "> /dev/full", "> /dev/full 2>&1"}) {
      const Outcome run = folder.box.run(with_output(of, " ") + closed);
      const bool told = closed.find('2') != std::string::npos || contains(run.err, ": standard output: ");
      tally.add(unless(run.status == 1 && told, "a result that went nowhere is no error"), closed, run);
    }
  }
}

TEST_CASE("closed system: a link stays a link, to an old file or to one that is not there yet") {
  const Folder folder;
  Tally tally("links");
  folder.box.run("mkdir folder; ln -s folder/later dangling; ln -s old link");
  for (const FailingCase& of : folder.cases(kClosedFor)) {
    for (const auto& [link, file] :
         std::vector<std::pair<std::string, std::string>>{{"link", "old"}, {"dangling", "folder/later"}}) {
      const Outcome run = folder.box.run(with_output(of, " -o " + link) + " && readlink " + link);
      const std::string leads_to = run.out;
      tally.add(
          unless(run.status == 0 && leads_to == file + "\n" && folder.box.read(file) == of.expected, "another file"),
          link, run);
      folder.box.run("rm " + file + "; echo as it was > old");
    }
  }
}

TEST_CASE("closed system: on a full disk, and in a folder that cannot be written, the old file stands") {
  const Folder folder;
  if (folder.box.run("unshare -m true").status != 0) {
    MESSAGE("not tested: no file system can be mounted here");
    return;
  }
  const std::string full =
      "mount -t tmpfs -o size=16k none mounted; echo as it was > mounted/old\n"
      "cat /dev/zero > mounted/fill 2> /dev/null || true\n";
  const std::string read_only =
      "mount -t tmpfs none mounted; echo as it was > mounted/old; mount -o remount,ro mounted\n";
  Tally tally("full and read-only file systems");
  for (const FailingCase& of : folder.cases(kClosedFor)) {
    const Outcome no_space = run_in_mounted(folder.box, of, full);
    tally.add(unless(no_space.status == 1 && no_space.out == "as it was\nfill\nold\n" &&
                         contains(no_space.err, of.tool + ": mounted/old: No space left on device\n"),
                     "not an error and the old file"),
              "a full disk", no_space);
    const Outcome closed = run_in_mounted(folder.box, of, read_only);
    tally.add(unless(closed.status == 1 && closed.out == "as it was\nold\n" &&
                         contains(closed.err, of.tool + ": mounted/old: Read-only file system\n"),
                     "not an error and the old file"),
              "read-only", closed);
  }
}

TEST_CASE("closed system: where there is no permission, the old file stands") {
  const Folder folder;
  const std::string as_nobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : std::string();
  folder.box.run("chmod 755 .; mkdir closed open; cp old closed; cp old open; chmod 777 open; chmod 555 closed");
  folder.box.run("chmod 666 closed/old; chmod 444 open/old");
  if (folder.box.run(as_nobody + MAHA_BIN_DIR "/maha-cov --version").status != 0) {
    MESSAGE("not tested: nobody may run the tools here");
    return;
  }
  Tally tally("no permission");
  for (const FailingCase& of : folder.cases(kClosedFor)) {
    for (const std::string path : {"closed/old", "closed/new", "open/old"}) {
      const Outcome run = folder.box.run(as_nobody + with_output(of, " -o " + path));
      const std::string old = folder.box.run("cat closed/old open/old; ls closed open").out;
      tally.add(unless(run.status == 1 && run.out == "" && run.err == of.tool + ": " + path + ": Permission denied\n" &&
                           old == Folder::kOld + Folder::kOld + "closed:\nold\n\nopen:\nold\n",
                       "not an error and the old file"),
                path, run);
    }
  }
}

TEST_CASE("closed system: a picture that gnuplot had no room to finish is an error, and the old one stands") {
  const Sandbox box;
  write_inputs(box);
  box.run("mkdir bin; printf '#!/bin/sh\\necho \"<svg> half a picture\"\\n' > bin/gnuplot; chmod +x bin/gnuplot");
  for (const std::string ending : {"svg", "png", "pdf"}) {
    box.write("old." + ending, "as it was\n");
    check_refused(box.run("PATH=$PWD/bin:$PATH maha-plot projection good.csv -o old." + ending), 1,
                  "gnuplot failed: the picture ends too early");
    CHECK(box.read("old." + ending) == "as it was\n");
  }
}
