/// The layers are what keeps the project easy to change: this holds every include of src/ and apps/ to them.

#include <doctest/doctest.h>

#include <algorithm>
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

/// Headers from outside that are the business of some layers, rooms or single sources, by how their names begin. Of
/// Eigen's all but Core, which is everybody's: the solvers are dear to compile.
const std::map<std::string, Names> kept_in{
    {"Eigen/", {"linalg/spectral/eigen"}},
    {"Spectra/", {"linalg/spectral/spectrum"}},
    {"nlohmann/", {"io/json"}},
    {"zlib.h", {"io/packed"}},
    {"zstd", {"io/packed"}},
    {"lzma.h", {"io/packed"}},
    {"bzlib.h", {"io/packed"}},
    {"fast_float/", {"core"}},
    {"boost/", {"eval", "learn", "linalg/exact"}},
    {"CLI/", {"cli"}},
};

/// The mathematics sees no file and no stream.
const Names pure{"core", "linalg", "metric", "neighbors", "prepare", "learn", "eval"};
const Names files_and_streams{"fstream", "iostream", "cstdio", "stdio.h", "filesystem", "unistd.h"};

/// Of a path from src/: its layer, and LAYER/ROOM, or LAYER/NAME of a header that stands in no room.
std::string layer_of(const std::string& path) { return path.substr(0, path.find('/')); }
std::string room_of(const std::string& path) {
  const std::size_t room = path.find('/') + 1;
  return path.substr(0, path.find_first_of("/.", room));
}

bool is_within(const std::string& place, const std::string& owner) { return (place + "/").starts_with(owner + "/"); }

/// What is wrong with `#include "name"` or `#include <name>` in `place`, a source's path from src/ without its ending,
/// or one of the folders that it is in; or nothing.
std::string fault(const std::string& place, const std::string& name, bool quoted) {
  const std::string layer = layer_of(place), own_room = room_of(place);
  if (quoted) {
    const std::string other = layer_of(name), room = room_of(name);
    if (!below.contains(other)) return "is no path from src/";
    if (other != layer) return below.at(layer).contains(other) ? "" : "is not below " + layer;
    const bool open =
        own_room == layer || own_room == room || !below.contains(own_room) || below.at(own_room).contains(room);
    return open ? "" : "is not below " + own_room;
  }
  for (const auto& [prefix, owners] : kept_in) {
    if (!name.starts_with(prefix) || name == "Eigen/Core") continue;
    if (std::any_of(owners.begin(), owners.end(), [&](const auto& owner) { return is_within(place, owner); })) continue;
    return "belongs to " + *owners.begin();
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
  CHECK(faults("linalg/spectral/spectrum", "#include <Spectra/SymEigsSolver.h>\n").empty());
  CHECK(faults("linalg/spectral/eigen", "#include <Eigen/QR>\n").empty());
  CHECK(faults("learn/lmnn/problem/cone", "#include <Eigen/Core>\n").empty());
  CHECK(faults("io/packed/codec", "#include <zlib.h>\n").empty());
  CHECK(faults("core", "#include \"linalg/spectral/psd.hpp\"\n") == "linalg/spectral/psd.hpp is not below core\n");
  CHECK(faults("metric", "#include \"neighbors/index.hpp\"\n") == "neighbors/index.hpp is not below metric\n");
  CHECK(faults("learn", "#include \"data/csv.hpp\"\n") == "data/csv.hpp is not below learn\n");
  CHECK(faults("learn", "  #  include <nlohmann/json.hpp>\n") == "nlohmann/json.hpp belongs to io/json\n");
  CHECK(faults("io/input", "#include <nlohmann/json.hpp>\n") == "nlohmann/json.hpp belongs to io/json\n");
  CHECK(faults("linalg/spectral/psd", "#include <Eigen/Cholesky>\n") ==
        "Eigen/Cholesky belongs to linalg/spectral/eigen\n");
  CHECK(faults("linalg/spectral/eigenvalue", "#include <Eigen/Dense>\n") ==
        "Eigen/Dense belongs to linalg/spectral/eigen\n");
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
  CHECK(faults("neighbors/rows/projection", "#include \"neighbors/filters/boxes.hpp\"\n") ==
        "neighbors/filters/boxes.hpp is not below neighbors/rows\n");
  CHECK(faults("neighbors/distance", "#include \"neighbors/index.hpp\"\n") ==
        "neighbors/index.hpp is not below neighbors/distance\n");
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
  const fs::path project(MAHA_SOURCE_DIR);
  int files = 0;
  for (const auto& [layer, ignored] : below) {
    if (layer.find('/') != std::string::npos) continue;  // a room, met in its layer
    const fs::path folder = layer == "apps" ? project / layer : project / "src" / layer;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp") continue;
      ++files;
      std::ifstream text(entry.path());
      const std::string place = fs::relative(entry.path(), folder.parent_path()).replace_extension().string();
      CHECK_MESSAGE(faults(place, text) == "", entry.path().string());
    }
  }
  CHECK(files > 10);
}

TEST_CASE("layers: src/ has no folder without a place in them") {
  for (const auto& entry : fs::directory_iterator(fs::path(MAHA_SOURCE_DIR) / "src")) {
    if (entry.is_directory()) CHECK_MESSAGE(below.contains(entry.path().filename().string()), entry.path().string());
  }
}
