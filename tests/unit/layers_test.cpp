/// The layers are what keeps the project easy to change: this holds every include of src/ and apps/ to them.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

/// What each layer may include besides itself, as src/layers.txt says.
std::map<std::string, Names> read_layers() {
  std::map<std::string, Names> layers;
  std::ifstream file(MAHA_SOURCE_DIR "/src/layers.txt");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (line.starts_with("#") || colon == std::string::npos) continue;
    std::istringstream names(line.substr(colon + 1));
    Names& below = layers[line.substr(0, colon)];
    for (std::string name; names >> name;) below.insert(name);
  }
  return layers;
}

const std::map<std::string, Names> below = read_layers();

/// Headers from outside that are one layer's business, by how their names begin.
const std::map<std::string, std::string> kept_in{
    {"Spectra/", "linalg"}, {"nlohmann/", "data"}, {"fast_float/", "core"},
    {"zlib.h", "data"},     {"boost/", "eval"},    {"CLI/", "cli"},
};

/// The mathematics sees no file and no stream.
const Names pure{"core", "linalg", "metric", "neighbors", "learn", "eval"};
const Names files_and_streams{"fstream", "iostream", "cstdio", "stdio.h", "filesystem", "unistd.h"};

/// Of a path from src/: its layer, and LAYER/ROOM, or LAYER/NAME of a header that stands in no room.
std::string layer_of(const std::string& path) { return path.substr(0, path.find('/')); }
std::string room_of(const std::string& path) {
  const std::size_t room = path.find('/') + 1;
  return path.substr(0, path.find_first_of("/.", room));
}

/// What is wrong with `#include "name"` or `#include <name>` in a file of `place`, a layer or LAYER/ROOM; or nothing.
std::string fault(const std::string& place, const std::string& name, bool quoted) {
  const std::string layer = layer_of(place);
  if (quoted) {
    const std::string other = layer_of(name), room = room_of(name);
    if (!below.contains(other)) return "is no path from src/";
    if (other != layer) return below.at(layer).contains(other) ? "" : "is not below " + layer;
    const bool open = place == layer || room == place || !below.contains(place) || below.at(place).contains(room);
    return open ? "" : "is not below " + place;
  }
  for (const auto& [prefix, owner] : kept_in) {
    if (name.starts_with(prefix) && layer != owner) return "belongs to " + owner;
  }
  if (pure.contains(layer) && files_and_streams.contains(name)) return "has no place in " + layer;
  return "";
}

/// The faults of all includes in a text, one a line.
std::string faults(const std::string& place, std::istream& text) {
  static const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::string result;
  std::smatch match;
  for (std::string line; std::getline(text, line);) {
    if (!std::regex_match(line, match, include)) continue;
    const std::string what = fault(place, match[2], match[1] == "\"");
    if (!what.empty()) result += match[2].str() + " " + what + "\n";
  }
  return result;
}

std::string faults(const std::string& place, const std::string& text) {
  std::istringstream stream(text);
  return faults(place, stream);
}

}  // namespace

TEST_CASE("layers: a wrong include is found") {
  CHECK(faults("apps", "#include \"cli/app.hpp\"\n#include <iostream>\n").empty());
  CHECK(faults("linalg", "#include <Spectra/SymEigsSolver.h>\n").empty());
  CHECK(faults("core", "#include \"linalg/psd.hpp\"\n") == "linalg/psd.hpp is not below core\n");
  CHECK(faults("metric", "#include \"neighbors/index.hpp\"\n") == "neighbors/index.hpp is not below metric\n");
  CHECK(faults("learn", "#include \"data/csv.hpp\"\n") == "data/csv.hpp is not below learn\n");
  CHECK(faults("learn", "  #  include <nlohmann/json.hpp>\n") == "nlohmann/json.hpp belongs to data\n");
  CHECK(faults("eval", "#include <fstream> // x\n") == "fstream has no place in eval\n");
  CHECK(faults("cli", "#include \"app.hpp\"\n") == "app.hpp is no path from src/\n");
}

TEST_CASE("layers: a wrong include among the rooms of a layer is found") {
  CHECK(faults("neighbors", "#include \"neighbors/scan/scan.hpp\"\n").empty());
  CHECK(faults("neighbors/scan", "#include \"neighbors/scan/selection.hpp\"\n#include \"core/types.hpp\"\n").empty());
  CHECK(faults("neighbors/filters", "#include \"neighbors/distance.hpp\"\n#include \"neighbors/rows/bounds.hpp\"\n")
            .empty());
  CHECK(faults("learn/a_room", "#include \"learn/fit.hpp\"\n#include \"learn/other_room/fit.hpp\"\n").empty());
  CHECK(faults("neighbors/rows", "#include \"neighbors/filters/boxes.hpp\"\n") ==
        "neighbors/filters/boxes.hpp is not below neighbors/rows\n");
  CHECK(faults("neighbors/scan", "#include \"neighbors/engine.hpp\"\n") ==
        "neighbors/engine.hpp is not below neighbors/scan\n");
  CHECK(faults("neighbors/rows", "#include \"learn/fit.hpp\"\n") == "learn/fit.hpp is not below neighbors\n");
}

TEST_CASE("layers: none is above itself") {
  CHECK(below.size() > 8);
  for (const auto& entry : below) {
    for (const std::string& name : entry.second) {
      REQUIRE_MESSAGE(below.contains(name), name);
      CHECK_MESSAGE(!below.at(name).contains(entry.first), (entry.first + " and " + name));
    }
  }
}

TEST_CASE("layers: every include goes down") {
  const fs::path root(MAHA_SOURCE_DIR);
  int files = 0;
  for (const auto& [layer, ignored] : below) {
    if (layer.find('/') != std::string::npos) continue;  // a room, met in its layer
    const fs::path folder = layer == "apps" ? root / layer : root / "src" / layer;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp") continue;
      ++files;
      std::ifstream text(entry.path());
      const std::string room = fs::relative(entry.path().parent_path(), folder.parent_path()).string();
      CHECK_MESSAGE(faults(room, text) == "", entry.path().string());
    }
  }
  CHECK(files > 10);
}

TEST_CASE("layers: src/ has no folder without a place in them") {
  for (const auto& entry : fs::directory_iterator(fs::path(MAHA_SOURCE_DIR) / "src")) {
    if (entry.is_directory()) CHECK_MESSAGE(below.contains(entry.path().filename().string()), entry.path().string());
  }
}
