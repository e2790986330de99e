#pragma once

#include <string>

#include "data/array/element.hpp"
#include "data/model/model.hpp"

namespace maha::data {

/// The map of a model as a graph of ONNX, z = Model::transform(x) for each row: input X, N x d, the features in the
/// model's order, and output Z, N x r, whose Euclidean distances are the model's. Of a model of r = 0, Z is a column of
/// 0. Where the model has replacements for missing values, NaN in X stands for a missing one. With it go the names of the
/// features, the label, the threshold and the algorithm, as metadata. Throws InputError if numbers do not fit float32, if
/// a kernel is to be of it (its features are divided by eigenvalues down to 1e-10 of the largest), or the file would be
/// longer than 2 GB, as no reader of ONNX takes.
std::string onnx_model(const Model& model, const Element& numbers);

}  // namespace maha::data
