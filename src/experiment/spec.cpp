#include "experiment/spec.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"

namespace maha::experiment {
namespace {

Setting setting_from(const std::string& piece) {
  const std::size_t equals = piece.find('=');
  std::string name = piece.substr(0, equals);
  std::replace(name.begin(), name.end(), '_', '-');
  return {name, equals == std::string::npos ? "true" : piece.substr(equals + 1)};
}

}  // namespace

Spec parse_spec(const std::string& text) {
  const std::size_t colon = text.find(':');
  Spec spec{text.substr(0, colon), {}};
  if (colon == std::string::npos) return spec;
  for (const std::string& piece : split(text.substr(colon + 1), ',')) {
    if (piece.find('=') == std::string::npos && !spec.options.empty()) {
      spec.options.back().value += "," + piece;
    } else {
      spec.options.push_back(setting_from(piece));
    }
  }
  for (auto option = spec.options.begin(); option != spec.options.end(); ++option) {
    if (option->name.empty()) throw UsageError("an option has no name");
    const auto same = [&](const Setting& other) { return other.name == option->name; };
    if (std::any_of(spec.options.begin(), option, same)) throw UsageError(in_quotes(option->name) + " is given twice");
  }
  return spec;
}

}  // namespace maha::experiment
