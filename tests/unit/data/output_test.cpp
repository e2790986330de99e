#include "data/output.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "core/error.hpp"
#include "csv_files.hpp"
#include "data/input.hpp"

using namespace maha;
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
