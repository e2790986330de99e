#pragma once
/// Which cases are left out where they would take minutes.

#include <doctest/doctest.h>

namespace maha::test {

/// For a case whose own brute force takes minutes under sanitizers, while shorter cases go the same ways through the
/// library: TEST_CASE("name" * test::long_if_sanitized()).
inline doctest::skip long_if_sanitized() {
#ifdef MAHA_SANITIZED
  return doctest::skip(true);
#else
  return doctest::skip(false);
#endif
}

}  // namespace maha::test
