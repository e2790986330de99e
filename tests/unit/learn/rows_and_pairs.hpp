#pragma once

#include "core/pairs.hpp"
#include "core/types.hpp"

/// What metrics are learned from in the tests of learners that take pairs.
struct RowsAndPairs {
  maha::Matrix X;
  maha::Pairs pairs;
};
