#include "cli/installation.hpp"

#include <doctest/doctest.h>

using namespace maha::cli;

TEST_CASE("a word of a command line is quoted if a shell would make something else of it") {
  CHECK(shell_word("/usr/local/share/maha-0.1/x_y") == "/usr/local/share/maha-0.1/x_y");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("$HOME") == "'$HOME'");
  CHECK(shell_word("Jo's") == "'Jo'\\''s'");
  CHECK(shell_word("") == "''");
}
