#pragma once

#include "core/types.hpp"

namespace maha::test {

/// |A - B| relative to |B|.
inline double apart(const Matrix& A, const Matrix& B) { return (A - B).norm() / B.norm(); }

}  // namespace maha::test
