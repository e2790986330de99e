#include "core/text/likeness.hpp"

#include <doctest/doctest.h>

using namespace maha;

namespace {

const std::vector<std::string> kNames{"push-weight", "max-iterations", "max-seconds", "rank", "ridge", "lmnn", "nca"};

std::string meant(const std::string& word) {
  const std::string* const name = likeliest(word, kNames);
  return name ? *name : "";
}

}  // namespace

TEST_CASE("likeness: letters that are wrong, wanting, too many or swapped, fewer in short words") {
  CHECK(meant("push-wieght") == "push-weight");
  CHECK(meant("pushweight") == "push-weight");
  CHECK(meant("push-wweight") == "push-weight");
  CHECK(meant("lmmn") == "lmnn");
  CHECK(meant("ridgo") == "ridge");
  CHECK(meant("nac") == "nca");
  CHECK(meant("lxyn") == "");
  CHECK(meant("frobnicate") == "");
  CHECK(meant("") == "");
  CHECK(meant(std::string(1000000, 'x')) == "");
}

TEST_CASE("likeness: the beginning of one name is that name, of several none") {
  CHECK(meant("max-iter") == "max-iterations");
  CHECK(meant("push") == "push-weight");
  CHECK(meant("max-") == "");
  CHECK(meant("p") == "");
}

TEST_CASE("likeness: the end of a message") {
  CHECK(did_you_mean("rnak", kNames) == ": did you mean 'rank'?");
  CHECK(did_you_mean("tree", kNames) == "");
}
