#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/model/model.hpp"

namespace maha {

/// The model that a JSON text describes (docs/model.md, docs/model.schema.json). What rounding did to M is put right
/// with a line in `notes` (Metric::from_matrix). Keys it does not know are kept in `other` if they hold a number, a
/// text, a truth or a vector, and passed over otherwise. Throws InputError, one line without the file's name: not JSON
/// (with line and column), another format or version, and what is wrong with which entry.
Model parse_model(std::string_view json, std::vector<std::string>* notes = nullptr);

/// The model as JSON for people to read: keys in the order of `Model`, one row of the metric per line, every number in
/// the shortest form that reads back to the same bits, a line feed at the end. Throws InputError where the model is
/// not sound (Model::check), holds a number that is not finite, or a name that is not UTF-8.
std::string format_model(const Model& model);

/// A report as a JSON object on one line, no line feed. Numbers as above; one that is not finite is written as null.
std::string format_report(const Report& report);

}  // namespace maha
