#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "core/machine/reproducible.hpp"

int main(int argc, char** argv) {
  maha::compute_alike_everywhere();
  return doctest::Context(argc, argv).run();
}
