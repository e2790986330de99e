#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "data/model/model_json.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

using json = io::Json;

constexpr std::array kKnown = {"format",        "version",   "metric",    "features",   "label",
                               "target",        "center",    "fill",      "threshold",  "algorithm",
                               "seed",          "objective", "bound",     "gap",        "iterations",
                               "preprocessing", "rows",      "converged", "parameters", "maha"};

[[noreturn]] void wanted(const std::string& where, const json& value, const std::string& what) {
  throw InputError(where + " is " + io::brief(value) + ", not " + what);
}

double finite_number(const std::string& where, const json& value) {
  if (!value.is_number()) wanted(where, value, "a finite number");
  return value.get<double>();
}

std::string string_value(const std::string& where, const json& value) {
  if (!value.is_string()) wanted(where, value, "a text");
  return value.get<std::string>();
}

bool fits_int64(const json& value) {
  return value.is_number_integer() &&
         (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max());
}

std::int64_t whole_number(const std::string& where, const json& value) {
  if (!fits_int64(value)) wanted(where, value, "a whole number below 2^63");
  return value.get<std::int64_t>();
}

std::int64_t count(const std::string& where, const json& value) {
  if (whole_number(where, value) < 0) wanted(where, value, "a whole number from 0 on");
  return value.get<std::int64_t>();
}

/// A relative gap, which is not negative except for rounding.
double gap(const std::string& where, const json& value) {
  constexpr double kRounding = 1e-9;
  if (finite_number(where, value) < -kRounding) wanted(where, value, "a number from 0 on");
  return value.get<double>();
}

bool truth(const std::string& where, const json& value) {
  if (!value.is_boolean()) wanted(where, value, "true or false");
  return value.get<bool>();
}

Vector number_list(const std::string& where, const json& value) {
  if (!value.is_array()) wanted(where, value, "a list of numbers");
  Vector result(static_cast<Index>(value.size()));
  for (std::size_t j = 0; j < value.size(); ++j) {
    result(static_cast<Index>(j)) = finite_number(where + " entry " + std::to_string(j + 1), value[j]);
  }
  return result;
}

Matrix number_rows(const std::string& where, const json& value) {
  if (value.is_array() && value.empty()) throw InputError(where + " is empty: it has no rows");
  if (!value.is_array()) wanted(where, value, "a list of rows");
  const auto row_name = [&](std::size_t i) { return where + " row " + std::to_string(i + 1); };
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!value[i].is_array()) wanted(row_name(i), value[i], "a list of numbers");
    if (value[i].size() != value[0].size()) {
      throw InputError(row_name(i) + " has " + counted(value[i].size(), "entry", "entries") + ", row 1 has " +
                       std::to_string(value[0].size()));
    }
  }
  Matrix result(static_cast<Index>(value.size()), static_cast<Index>(value[0].size()));
  for (std::size_t i = 0; i < value.size(); ++i) {
    for (std::size_t j = 0; j < value[i].size(); ++j) {
      if (!value[i][j].is_number()) wanted(row_name(i) + ", column " + std::to_string(j + 1), value[i][j], "a number");
      result(static_cast<Index>(i), static_cast<Index>(j)) = value[i][j].get<double>();
    }
  }
  return result;
}

metric::Layer read_layer(const std::string& where, const json& layer) {
  if (!layer.is_object()) wanted(where, layer, "an object that holds weights");
  if (!layer.contains("weights")) throw InputError(where + " has no weights");
  metric::Layer result{number_rows(where + ", weights", layer["weights"]), {}};
  result.bias = layer.contains("bias") ? number_list(where + ", bias", layer["bias"])
                                       : Vector(Vector::Zero(result.weights.rows()));
  if (!layer.contains("activation") || layer["activation"] == "linear") return result;
  if (layer["activation"] != "relu") wanted(where + ", activation", layer["activation"], "\"linear\" or \"relu\"");
  result.activation = metric::Activation::relu;
  return result;
}

metric::Kernel kernel_named(const json& name) {
  for (const auto& [word, kernel] : metric::kKernelWords) {
    if (kernel != metric::Kernel::none && name == word) return kernel;
  }
  wanted("name", name, R"("rbf", "laplace" or "polynomial")");
}

metric::KernelMap read_kernel(const json& kernel) {
  if (!kernel.is_object()) throw InputError("is " + io::brief(kernel) + ", not an object that holds landmarks");
  for (const char* part : {"name", "bandwidth", "landmarks"}) {
    if (!kernel.contains(part)) throw InputError(std::string("has no ") + part);
  }
  metric::KernelMap::Parts parts;
  parts.kernel = kernel_named(kernel["name"]);
  parts.bandwidth = finite_number("bandwidth", kernel["bandwidth"]);
  if (kernel.contains("degree")) parts.degree = whole_number("degree", kernel["degree"]);
  if (kernel.contains("offset")) parts.offset = finite_number("offset", kernel["offset"]);
  parts.landmarks = number_rows("landmarks", kernel["landmarks"]);
  const auto numbers = [&](const char* key, double otherwise) -> RowVector {
    if (kernel.contains(key)) return number_list(key, kernel[key]).transpose();
    return RowVector::Constant(parts.landmarks.cols(), otherwise);
  };
  parts.shift = numbers("shift", 0);
  parts.scale = numbers("scale", 1);
  return metric::KernelMap(std::move(parts));
}

std::shared_ptr<const metric::KernelMap> kernel_of(const json& metric) {
  if (!metric.contains("kernel")) return nullptr;
  try {
    return std::make_shared<const metric::KernelMap>(read_kernel(metric["kernel"]));
  } catch (const InputError& e) {
    throw InputError(std::string("metric.kernel: ") + e.what());
  }
}

metric::Network read_network(const json& metric, std::shared_ptr<const metric::KernelMap> kernel) {
  const json& layers = metric["layers"];
  if (!layers.is_array()) throw InputError("is " + io::brief(layers) + ", not a list of layers");
  std::vector<metric::Layer> all;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    all.push_back(read_layer("layer " + std::to_string(l + 1), layers[l]));
  }
  return metric::Network(std::move(all), metric.contains("normalize") && truth("normalize", metric["normalize"]),
                         std::move(kernel));
}

metric::Metric read_weights(const json& weights) {
  const Vector w = number_list("metric.weights", weights);
  if (w.size() == 0) throw InputError("metric.weights has no entries");
  return metric::Metric::from_weights(w);
}

std::variant<metric::Metric, metric::Network> read_metric(const json& metric, std::vector<std::string>* notes) {
  if (!metric.is_object()) wanted("metric", metric, "an object that holds M, L, weights or layers");
  std::string held;
  for (const char* form : {"M", "L", "weights", "layers"}) {
    if (!metric.contains(form)) continue;
    if (!held.empty()) throw InputError("metric holds both " + held + " and " + form);
    held = form;
  }
  if (held.empty()) throw InputError("metric holds neither M nor L, weights nor layers");
  if (held != "layers" && metric.contains("normalize")) throw InputError("metric.normalize goes with layers");
  if (held != "layers" && metric.contains("kernel")) throw InputError("metric.kernel goes with layers");
  std::shared_ptr<const metric::KernelMap> kernel = kernel_of(metric);
  if (held == "weights") return read_weights(metric[held]);
  try {
    if (held == "layers") return read_network(metric, std::move(kernel));
    const Matrix rows = number_rows(held, metric[held]);
    if (held == "M") return metric::Metric::from_matrix(rows, notes);
    return metric::Metric::from_factor(rows);
  } catch (const InputError& e) {
    throw InputError((held == "layers" ? "metric.layers: " : "metric.") + std::string(e.what()));
  }
}

/// The value as one that a Report can hold, or nothing.
std::optional<Report::Value> report_value(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (fits_int64(value)) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  const auto is_number = [](const json& v) { return v.is_number(); };
  if (value.is_array() && std::all_of(value.begin(), value.end(), is_number)) return value.get<std::vector<double>>();
  return std::nullopt;
}

Report read_report(const std::string& where, const json& object) {
  if (!object.is_object()) wanted(where, object, "an object");
  Report report;
  for (const auto& [key, value] : object.items()) {
    if (auto held = report_value(value)) report.set(key, std::move(*held));
  }
  return report;
}

void check_format(const json& root) {
  if (!root.is_object()) wanted("the model", root, "an object");
  if (!root.contains("format")) throw InputError("no \"format\": \"maha-model\", so this is no model");
  if (root["format"] != "maha-model") wanted("format", root["format"], "\"maha-model\"");
  if (!root.contains("version")) throw InputError("no \"version\": this program reads version 1");
  if (root["version"] != 1) wanted("version", root["version"], "1, the one this program reads");
  if (!root.contains("metric")) throw InputError("no \"metric\"");
}

}  // namespace

Model parse_model(std::string_view text, std::vector<std::string>* notes) {
  const json root = io::parse_json(text);
  check_format(root);
  Model model;
  model.metric = read_metric(root["metric"], notes);
  const auto read = [&](const char* key, auto& target, auto&& convert) {
    if (root.contains(key)) target = convert(key, root[key]);
  };
  if (root.contains("features")) {
    const json& names = root["features"];
    if (!names.is_array()) wanted("features", names, "a list of names");
    for (std::size_t j = 0; j < names.size(); ++j) {
      model.features.push_back(string_value("features entry " + std::to_string(j + 1), names[j]));
    }
    if (names.empty()) throw InputError("features has 0 names, leave it out if names are unknown");
  }
  read("label", model.label, string_value);
  read("target", model.target, string_value);
  read("center", model.center, number_list);
  read("fill", model.fill, number_list);
  read("threshold", model.threshold, finite_number);
  read("maha", model.maha, string_value);
  read("algorithm", model.algorithm, string_value);
  read("parameters", model.parameters, read_report);
  read("preprocessing", model.preprocessing, read_report);
  read("seed", model.seed, count);
  read("objective", model.objective, finite_number);
  read("bound", model.bound, finite_number);
  read("gap", model.gap, gap);
  read("iterations", model.iterations, count);
  read("converged", model.converged, truth);
  read("rows", model.rows, count);
  for (const auto& [key, value] : root.items()) {
    if (std::find(kKnown.begin(), kKnown.end(), key) != kKnown.end()) continue;
    if (auto held = report_value(value)) model.other.set(key, std::move(*held));
  }
  model.check();
  return model;
}

}  // namespace maha::data
