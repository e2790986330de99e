#pragma once

#include "core/stratified.hpp"

namespace maha::eval {

using maha::quantile_strata;

}  // namespace maha::eval
