#pragma once
/// Models that tools write, and models written by hand.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "harness.hpp"

namespace maha::test {

/// The model on a command's standard output.
inline nlohmann::json model_of(const Outcome& outcome) {
  CHECK(outcome.status == 0);
  return nlohmann::json::parse(outcome.out);
}

/// A model with `rest`, as `"metric": ...`.
inline std::string model_text(const std::string& rest) { return R"({"format":"maha-model","version":1,)" + rest + "}"; }

}  // namespace maha::test
