#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace maha::test {

/// Holds a JSON value to the part of JSON Schema draft 7 that the schemas in docs/ use. Returns what is wrong, "" if
/// nothing is; a keyword it does not know is an error, so that no rule of the schema goes unchecked.
class Schema {
 public:
  explicit Schema(nlohmann::json root) : root_(std::move(root)) {}

  std::string check(const nlohmann::json& value) const { return check(value, root_, "model"); }

 private:
  using json = nlohmann::json;

  std::string check(const json& value, const json& rules, const std::string& where) const {
    for (const auto& [keyword, rule] : rules.items()) {
      if (keyword == "$schema" || keyword == "title" || keyword == "description" || keyword == "definitions") continue;
      if (std::string wrong = check_keyword(value, keyword, rule, where); !wrong.empty()) return wrong;
    }
    return "";
  }

  std::string check_keyword(const json& value, const std::string& keyword, const json& rule,
                            const std::string& where) const {
    const auto verdict = [&](bool good) { return good ? std::string() : where + ": " + keyword + " " + rule.dump(); };
    if (keyword == "$ref") return check(value, root_.at(json::json_pointer(rule.get<std::string>().substr(1))), where);
    if (keyword == "type") return verdict(has_type(value, rule));
    if (keyword == "const") return verdict(value == rule);
    if (keyword == "enum") return verdict(std::find(rule.begin(), rule.end(), value) != rule.end());
    if (keyword == "minimum") return verdict(value >= rule);
    if (keyword == "minItems") return verdict(value.size() >= rule.get<std::size_t>());
    if (keyword == "uniqueItems") return verdict(std::set<json>(value.begin(), value.end()).size() == value.size());
    if (keyword == "required") {
      return verdict(std::all_of(rule.begin(), rule.end(), [&](const json& k) { return value.contains(k); }));
    }
    if (keyword == "oneOf") {
      return verdict(
          std::count_if(rule.begin(), rule.end(), [&](const json& r) { return check(value, r, "").empty(); }) == 1);
    }
    if (keyword == "items" || keyword == "properties") return check_parts(value, keyword, rule, where);
    return "the schema's keyword " + keyword + " is unknown to this test";
  }

  std::string check_parts(const json& value, const std::string& keyword, const json& rule,
                          const std::string& where) const {
    for (const auto& [key, part] : value.items()) {
      if (keyword == "properties" && !rule.contains(key)) continue;
      const std::string wrong = check(part, keyword == "items" ? rule : rule[key], where + "." + key);
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  static bool has_type(const json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }

  json root_;
};

}  // namespace maha::test
