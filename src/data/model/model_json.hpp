#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/model/model.hpp"

namespace maha::data {

/// Reads a model from JSON (docs/model.md, docs/model.schema.json). Rounding of M is corrected, with a line in `notes`
/// (Metric::from_matrix). Unknown keys are kept in `other` if they have a number, text, boolean or vector, and ignored
/// otherwise. Throws InputError, one line without the file's name: not JSON (with line and column), another format or
/// version, or what is wrong with which entry.
Model parse_model(std::string_view json, std::vector<std::string>* notes = nullptr);

/// The model as readable JSON: keys in the order of `Model`, one row of the metric per line, every number in the
/// shortest form that reads back to the same bits, a line feed at the end. Throws InputError if the model is not valid
/// (Model::check), or has a number that is not finite or a name that is not UTF-8.
std::string format_model(const Model& model);

/// A report as a JSON object on one line, no line feed. Numbers as above; one that is not finite is written as null.
std::string format_report(const Report& report);

}  // namespace maha::data
