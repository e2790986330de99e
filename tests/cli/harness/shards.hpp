#pragma once
/// Experiments that are dealt to several runs of maha-compare.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness.hpp"

namespace maha::test {

/// Runs all shards, each with its journal s1, s2, ...
inline void run_shards(const Sandbox& box, const std::string& command, int count) {
  for (int i = 1; i <= count; ++i) {
    const std::string number = std::to_string(i);
    const Outcome outcome =
        box.run(command + " --shard " + number + "/" + std::to_string(count) + " --journal s" + number);
    CHECK_MESSAGE(outcome.status == 0, outcome);
    CHECK(outcome.out == "");
  }
}

/// The lines of a journal that are of cells.
inline std::vector<nlohmann::json> cells_in(const std::string& journal) {
  std::vector<nlohmann::json> cells;
  for (const std::string& line : lines(journal)) {
    const auto json = nlohmann::json::parse(line);
    if (json.contains("spec")) cells.push_back(json);
  }
  return cells;
}

/// What a cell is called, for people.
inline std::string name_of(const nlohmann::json& cell) {
  return cell["dataset"].get<std::string>() + " " + cell["algorithm"].get<std::string>() + " " +
         cell["fold"].get<std::string>();
}

/// Sends a signal to a run once its journal has so many lines. One that was done by then is begun anew.
inline Outcome stopped(const Sandbox& box, const std::string& command, const std::string& journal, int lines_there,
                       const std::string& signal) {
  return box.run("set -m; for attempt in {1..50}; do rm -f " + journal + "; " + command +
                 " & pid=$!; until [ \"$(wc -l < " + journal + ")\" -ge " + std::to_string(lines_there) +
                 " ]; do sleep 0.01; done 2> /dev/null; kill -" + signal +
                 " $pid 2> /dev/null; status=0; wait $pid || status=$?; [ $status = 0 ] || break; done; exit $status");
}

}  // namespace maha::test
