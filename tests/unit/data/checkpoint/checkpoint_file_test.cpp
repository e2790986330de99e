#include "data/checkpoint/checkpoint_file.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/error.hpp"

using namespace maha;
using namespace maha::data;

namespace {

std::string written(const CheckpointFile& file) {
  const std::string path = "/tmp/maha-checkpoint-" + std::to_string(::getpid());
  io::Output out(path);
  write_checkpoint(out, file, file.state);
  out.commit();
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return text;
}

}  // namespace

TEST_CASE("a checkpoint file is read as it was written; one that was altered or cut off anywhere is refused") {
  const CheckpointFile file{"1.2", "maha-lmnn", "-k 3", "0123456789abcdef", std::string("a\0\n\xff state", 10)};
  const std::string bytes = written(file);
  const CheckpointFile read = parse_checkpoint(bytes);
  CHECK(read.maha == file.maha);
  CHECK(read.tool == file.tool);
  CHECK(read.options == file.options);
  CHECK(read.data == file.data);
  CHECK(read.state == file.state);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
      CHECK_THROWS_AS(parse_checkpoint(altered), InputError);
    }
    CHECK_THROWS_AS(parse_checkpoint(bytes.substr(0, at)), InputError);
    CHECK_THROWS_AS(parse_checkpoint(bytes.substr(at + 1)), InputError);
  }
  CHECK_THROWS_AS(parse_checkpoint(bytes + bytes), InputError);
  CHECK(parse_checkpoint(written({"1", "t", "", "d", ""})).state.empty());
}
