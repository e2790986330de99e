#include "io/input.hpp"

#include <doctest/doctest.h>
#include <cstdlib>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::io;
using maha::test::TempFile;

namespace {

/// What a program makes of a text, as users pack their files.
std::string packed_by(const std::string& program, const std::string& text) {
  const TempFile in(text), out("");
  REQUIRE(std::system((program + " -c < " + in.path() + " > " + out.path()).c_str()) == 0);
  std::ifstream bytes(out.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(bytes), {}};
}

/// Bytes by which each is recognised.
constexpr std::size_t kPackedMark = 10;

const std::vector<std::string> kPrograms{"gzip", "zstd -q", "zstd -q --no-check", "xz", "bzip2"};

std::string name_of(const std::string& program) { return program.substr(0, program.find(' ')); }

}  // namespace

TEST_CASE("files of any size come whole, packed or not") {
  for (const std::size_t size : {0u, 1u, 2u, 3u, 65535u, 65536u, 300000u}) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i * i % 26);
    CHECK(read_all(TempFile(text).path()) == text);
    for (const std::string& program : kPrograms) {
      const std::string packed = packed_by(program, text);
      CHECK(read_all(TempFile(packed).path()) == text);
      CHECK(read_all(TempFile(packed + packed_by(program, "more")).path()) == text + "more");
    }
  }
}

TEST_CASE("who looks at the start takes nothing away") {
  const std::string text = "0123456789";
  std::vector<std::string> files{text};
  for (const std::string& program : kPrograms) files.push_back(packed_by(program, text));
  for (const std::string& bytes : files) {
    for (const std::size_t size : {0u, 1u, 4u, 10u, 11u, 100u}) {
      const TempFile file(bytes);
      Input input(file.path());
      CHECK(input.start(size) == text.substr(0, size));
      CHECK(input.start(size + 2) == text.substr(0, size + 2));
      CHECK(input.start(size) == text.substr(0, size));
      std::string all;
      for (const std::size_t piece : {3u, 5u, 9u, 9u}) {
        std::string got(piece, '\0');
        got.resize(input.read(got.data(), piece));
        CHECK(got == text.substr(all.size(), piece));
        all += got;
      }
      CHECK(all == text);
    }
  }
}

TEST_CASE("who passes over some bytes reads those behind them, up to the end") {
  std::string text(200000, 'a');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * i % 26);
  for (const std::string& bytes : {text, packed_by("gzip", text)}) {
    const TempFile file(bytes);
    for (const std::size_t looked_at : {0u, 3u, 5000u}) {
      Input input(file.path());
      input.start(looked_at);
      std::string read(7, ' ');
      std::size_t at = 0;
      for (const std::size_t step : {0u, 1u, 4u, 2000u, 100000u}) {
        CHECK(input.skip(step) == step);
        at += step;
        CHECK(input.read(read.data(), read.size()) == read.size());
        CHECK(read == text.substr(at, read.size()));
        at += read.size();
      }
      CHECK(input.skip(text.size()) == text.size() - at);
      CHECK(input.read(read.data(), 1) == 0);
    }
  }
}

TEST_CASE("packed data that are cut short or broken are an error, wherever it is") {
  std::string text;
  for (unsigned i = 0; i < 3000; ++i) text += std::to_string(i * 2654435761u) + "\n";
  for (const std::string& program : kPrograms) {
    const std::string packed = packed_by(program, text), name = name_of(program);
    for (std::size_t size = kPackedMark; size < packed.size(); size += 1 + (packed.size() - size) / 7) {
      const TempFile cut(packed.substr(0, size));
      CHECK_THROWS_WITH_AS(read_all(cut.path()), (cut.path() + ": the " + name + " data end too early").c_str(),
                           InputError);
    }
    const bool checked = program != "zstd -q --no-check";  // which has nothing to tell a changed byte by
    for (const std::size_t at : {packed.size() / 3, packed.size() / 2, packed.size() - 5}) {
      std::string wrong = packed;
      wrong[at] ^= 1;
      const TempFile file(wrong);
      if (checked)
        CHECK_THROWS_WITH_AS(read_all(file.path()), (file.path() + ": the " + name + " data are broken").c_str(),
                             InputError);
    }
    const TempFile behind(packed + "1,2\n");
    CHECK_THROWS_AS(read_all(behind.path()), InputError);
    CHECK(read_all(TempFile(packed + std::string(512, '\0')).path()) == text);  // padded, as tape drives do
  }
}

TEST_CASE("text that begins like packed data is text") {
  for (const std::string text : {"BZh9 is a name,b\n1,2\n", "BZh", "\x1f", "(\xb5\n"}) {
    CHECK(read_all(TempFile(text).path()) == text);
  }
}

TEST_CASE("what cannot be read is named") {
  CHECK_THROWS_WITH_AS(read_all("/no/such/file"), "/no/such/file: No such file or directory", InputError);
  CHECK_THROWS_WITH_AS(read_all("/tmp"), "/tmp: is a folder", InputError);
}
