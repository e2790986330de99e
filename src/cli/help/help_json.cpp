#include <cmath>

#include "cli/help/page.hpp"
#include "cli/installation.hpp"
#include "core/error.hpp"
#include "io/json.hpp"

namespace maha::cli {
namespace {

constexpr int kHelpVersion = 1;

const char* word_for(Takes takes) {
  switch (takes) {
    case Takes::nothing:
      return "nothing";
    case Takes::text:
      return "text";
    case Takes::whole:
      return "whole";
    case Takes::number:
      return "number";
    case Takes::word:
      return "word";
    case Takes::input:
      return "input";
    case Takes::rows:
      return "rows";
    case Takes::output:
      return "output";
    case Takes::column:
      return "column";
    case Takes::columns:
      return "columns";
  }
  return "";
}

/// The sides of a range that it has, by how they are called where options are declared.
io::Json range_of(const Option& option) {
  io::Json range = io::Json::object();
  const auto add = [&](const Option::Bound& bound, const char* open, const char* closed) {
    if (std::isfinite(bound.at)) range[bound.open ? open : closed] = bound.at;
  };
  add(option.low(), "above", "at_least");
  add(option.high(), "below", "at_most");
  if (!range.empty() && option.zero_too()) range["or_zero"] = true;
  return range;
}

io::Json json_of(const Declared& declared) {
  io::Json json;
  json["names"] = declared.names;
  json["takes"] = word_for(declared.takes);
  if (!declared.value.empty()) json["value"] = declared.value;
  if (!declared.standing.empty()) json["default"] = declared.standing;
  if (!declared.words().empty()) json["choices"] = declared.words();
  if (declared.of_list) {
    if (io::Json range = range_of(*declared.of_list); !range.empty()) json["range"] = std::move(range);
  }
  json["required"] = declared.required;
  json["repeated"] = declared.repeated;
  json["help"] = declared.help;
  return json;
}

io::Json json_of(const std::vector<Declared>& all) {
  io::Json list = io::Json::array();
  for (const Declared& declared : all) list.push_back(json_of(declared));
  return list;
}

void add_section(io::Json& json, const Section& section) {
  json["name"] = section.name;
  json["description"] = section.description;
  json["inputs"] = json_of(section.arguments);
  json["options"] = json_of(section.options);
  json["output"] = io::Json::array();
  for (const auto& [names, help] : section.output) json["output"].push_back({{"names", names}, {"help", help}});
}

}  // namespace

std::string help_json(const Page& page) {
  io::Json json;
  json["format"] = "maha-help";
  json["version"] = kHelpVersion;
  json["maha"] = version();
  add_section(json, page.tool);
  json["commands"] = io::Json::array();
  for (const Section& command : page.commands) {
    io::Json one;
    add_section(one, command);
    json["commands"].push_back(std::move(one));
  }
  for (const ToolList& list : page.tools) {
    for (const Proposal& tool : list.tools)
      json["tools"].push_back({{"name", tool.word}, {"description", tool.meaning}, {"task", list.title}});
  }
  json["examples"] = page.examples;
  return io::dump_json(json) + "\n";
}

std::vector<Proposal> commands_of(const std::string& help_json) {
  std::vector<Proposal> commands;
  try {
    const io::Json page = io::parse_json(help_json);
    for (const io::Json& command : page.at("commands"))
      commands.push_back({command.at("name"), command.at("description")});
  } catch (const InputError&) {  // a program of somebody's own
  } catch (const io::Json::exception&) {
  }
  return commands;
}

}  // namespace maha::cli
