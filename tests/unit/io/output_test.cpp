#include "io/output.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/error.hpp"
#include "io/input.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::io;
using maha::test::TempFile;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "maha-unit-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string operator/(const std::string& file) const { return (path / file).string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
  }
};

}  // namespace

TEST_CASE("a file appears whole on commit, and not before") {
  const Folder folder;
  const std::string path = folder / "out";
  std::ofstream(path) << "old";
  ::chmod(path.c_str(), 0640);
  {
    Output output(path);
    output.write("new ");
    output.write(std::string(200000, 'x'));
    CHECK(read_all(path) == "old");
    CHECK(folder.files() == 1);
    output.commit();
    output.commit();
  }
  CHECK(read_all(path) == "new " + std::string(200000, 'x'));
  CHECK(folder.files() == 1);
  struct stat status {};
  ::stat(path.c_str(), &status);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("without a commit the old file stays and nothing is left behind") {
  const Folder folder;
  std::ofstream(folder / "out") << "old";
  { Output(folder / "out").write("new"); }
  CHECK(read_all(folder / "out") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("who reads a pipe gets what is handed over, and nobody is waited for") {
  const Folder folder;
  const std::string path = folder / "pipe";
  ::mkfifo(path.c_str(), 0600);
  Output output(path, Output::Company::others);
  output.write("unheard, ");
  output.hand_over();
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  output.write("heard");
  output.hand_over();
  std::string bytes(64, 0);
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(reader, bytes.data(), bytes.size()))));
  CHECK(bytes == "unheard, heard");
  ::close(reader);

  Output file(folder / "file");
  file.write("half");
  file.hand_over();
  CHECK(!std::filesystem::exists(folder / "file"));
}

TEST_CASE("a link stays a link") {
  const Folder folder;
  std::ofstream(folder / "file") << "old";
  std::filesystem::create_symlink("file", folder / "link");
  Output output(folder / "link");
  output.write("new");
  output.commit();
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(read_all(folder / "file") == "new");
}

TEST_CASE("a device is written straight, and a full one is an error") {
  Output null("/dev/null");
  null.write("x");
  null.commit();
  CHECK_FALSE(std::filesystem::is_regular_file("/dev/null"));
  Output full("/dev/full");
  full.write("x");
  CHECK_THROWS_WITH_AS(full.commit(), "/dev/full: No space left on device", InputError);
}

TEST_CASE("what cannot be written is named") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(Output(folder / "no/out"), (folder / "no/out: No such file or directory").c_str(), InputError);
  CHECK_THROWS_WITH_AS(Output{folder.path.string()}, (folder.path.string() + ": is a folder").c_str(), InputError);
}

TEST_CASE("a link that leads to nothing yet stays, and its file appears") {
  const Folder folder;
  std::filesystem::create_directory(folder / "there");
  std::filesystem::create_symlink("second", folder / "first");
  std::filesystem::create_symlink("there/file", folder / "second");
  Output output(folder / "first");
  output.write("new");
  output.commit();
  CHECK(read_all(folder / "there/file") == "new");
  CHECK(std::filesystem::is_symlink(folder / "first"));
  CHECK(std::filesystem::is_symlink(folder / "second"));
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK_THROWS_WITH_AS(Output(folder / "loop"), (folder / "loop: Too many levels of symbolic links").c_str(),
                       InputError);
}

TEST_CASE("a descriptor is written from where it stands") {
  const Folder folder;
  const int file = ::open((folder / "log").c_str(), O_RDWR | O_CREAT, 0600);
  CHECK(::write(file, "before ", 7) == 7);
  for (const std::string number = std::to_string(file); const char* prefix : {"/dev/fd/", "/proc/self/fd/"}) {
    Output output(prefix + number);
    output.write("more ");
    output.commit();
  }
  CHECK(::write(file, "after", 5) == 5);
  ::close(file);
  CHECK(read_all(folder / "log") == "before more more after");
  const int reading = ::open((folder / "log").c_str(), O_RDONLY);
  CHECK_THROWS_AS(Output("/dev/fd/" + std::to_string(reading)), InputError);
  ::close(reading);
}

TEST_CASE("outputs are one target by any name, and /dev/null is nobody's") {
  const Folder folder;
  std::ofstream(folder / "file") << "old";
  std::filesystem::create_directory(folder / "sub");
  std::filesystem::create_symlink("file", folder / "link");
  std::filesystem::create_symlink("new", folder / "dangling");
  std::filesystem::create_hard_link(folder / "file", folder / "hard");
  CHECK(same_target(folder / "file", folder / "sub/../file"));
  CHECK(same_target(folder / "file", folder / "link"));
  CHECK(same_target(folder / "file", folder / "hard"));
  CHECK(same_target(folder / "new", folder / "dangling"));
  CHECK(same_target(folder / "new", folder / "./new"));
  CHECK(same_target("-", "/dev/stdout"));
  CHECK_FALSE(same_target(folder / "new", folder / "newer"));
  CHECK_FALSE(same_target(folder / "new", folder / "file"));
  CHECK_FALSE(same_target(folder / "new", folder / "sub/new"));
  CHECK_FALSE(same_target("/dev/null", "/dev/null"));
  const int open = ::open((folder / "file").c_str(), O_WRONLY);
  CHECK(same_target("/dev/fd/" + std::to_string(open), folder / "file"));
  ::close(open);
}

TEST_CASE("an output overwrites an input that is the same regular file, by any name, and no pipe or device") {
  const Folder folder;
  std::ofstream(folder / "file") << "old";
  std::filesystem::create_directory(folder / "sub");
  std::filesystem::create_symlink("file", folder / "link");
  std::filesystem::create_hard_link(folder / "file", folder / "hard");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  for (const char* output : {"file", "link", "hard", "sub/../file"}) {
    for (const char* input : {"file", "link", "hard"}) CHECK(overwrites(folder / output, folder / input));
    CHECK_FALSE(overwrites(folder / output, folder / "new"));
    CHECK_FALSE(overwrites("-", folder / output));
    CHECK_FALSE(overwrites("/dev/stderr", folder / output));
  }
  CHECK_FALSE(overwrites(folder / "new", folder / "file"));
  CHECK_FALSE(overwrites(folder / "pipe", folder / "pipe"));
  CHECK_FALSE(overwrites(folder / "sub", folder / "sub"));
  CHECK_FALSE(overwrites("/dev/null", "/dev/null"));
  CHECK_FALSE(overwrites("/dev/null", "-"));
}

TEST_CASE("several are committed together: where one cannot be written, none appears") {
  const Folder folder;
  std::ofstream(folder / "first") << "old";
  {
    Output first(folder / "first", Output::Company::others), full("/dev/full", Output::Company::others),
        second(folder / "second", Output::Company::others);
    for (Output* output : {&first, &full, &second}) output->write(std::string(100000, 'x'));
    CHECK_THROWS_AS(Output::commit({&first, &full, &second}), InputError);
  }
  CHECK(read_all(folder / "first") == "old");
  CHECK(folder.files() == 1);
  Output first(folder / "first", Output::Company::others), second(folder / "second", Output::Company::others);
  first.write("one");
  second.write("two");
  Output::commit({&first, &second});
  CHECK(read_all(folder / "first") == "one");
  CHECK(read_all(folder / "second") == "two");
  CHECK(folder.files() == 2);
}

TEST_CASE("a name may be as long as names can be") {
  const Folder folder;
  const std::string name(255, 'n');
  Output output(folder / name);
  output.write("new");
  output.commit();
  CHECK(read_all(folder / name) == "new");
}

TEST_CASE("temporary files have fresh names and go with their objects, or all at once") {
  const Folder folder;
  {
    const TemporaryFile one(folder.path.string()), other(folder.path.string());
    CHECK(std::string(one.path()) != other.path());
    std::ofstream(one.path()) << "x";
    std::ofstream(other.path()) << "x";
    CHECK(folder.files() == 2);
    remove_temporary_files();
    CHECK(folder.files() == 0);
    std::ofstream(one.path()) << "x";
  }
  CHECK(folder.files() == 0);
  TemporaryFile kept(folder.path.string());
  std::ofstream(kept.path()) << "x";
  kept.release();
  remove_temporary_files();
  CHECK(folder.files() == 1);
}
