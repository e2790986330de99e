#pragma once
/// Which cases are left out, and which are fewer, where they would take minutes.

#include <doctest/doctest.h>

namespace maha::test {

#ifdef MAHA_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/// For a case whose own brute force takes minutes under sanitizers, while shorter cases go the same ways through the
/// library: TEST_CASE("name" * test::long_if_sanitized()).
inline doctest::skip long_if_sanitized() { return doctest::skip(kSanitized); }

/// Of n random problems, or moments of a fit, as many as sanitizers have time for: what they find is in nearly every one,
/// if it is in any.
constexpr int fewer_if_sanitized(int n) { return kSanitized ? (n + 2) / 3 : n; }

}  // namespace maha::test
