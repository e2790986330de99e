#include "io/input.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::io;
using maha::test::TempFile;

namespace {

std::string gzipped(const std::string& text) {
  const TempFile file("");
  const gzFile out = gzopen(file.path().c_str(), "wb");
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  std::ifstream in(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("files of any size come whole, packed or not") {
  for (const std::size_t size : {0u, 1u, 2u, 3u, 65535u, 65536u, 300000u}) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i * i % 26);
    CHECK(read_all(TempFile(text).path()) == text);
    CHECK(read_all(TempFile(gzipped(text)).path()) == text);
    CHECK(read_all(TempFile(gzipped(text) + gzipped("more")).path()) == text + "more");
  }
}

TEST_CASE("who looks at the start takes nothing away") {
  const std::string text = "0123456789";
  for (const std::string& bytes : {text, gzipped(text)}) {
    for (const std::size_t size : {0u, 1u, 4u, 10u, 11u, 100u}) {
      const TempFile file(bytes);
      Input input(file.path());
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

TEST_CASE("broken gzip is an error") {
  const std::string packed = gzipped(std::string(5000, 'x') + "y");
  CHECK_THROWS_AS(read_all(TempFile(packed.substr(0, packed.size() - 9)).path()), InputError);
  std::string wrong = packed;
  wrong[wrong.size() - 5] ^= 1;
  CHECK_THROWS_AS(read_all(TempFile(wrong).path()), InputError);
}

TEST_CASE("what cannot be read is named") {
  CHECK_THROWS_WITH_AS(read_all("/no/such/file"), "/no/such/file: No such file or directory", InputError);
  CHECK_THROWS_WITH_AS(read_all("/tmp"), "/tmp: is a folder", InputError);
}
