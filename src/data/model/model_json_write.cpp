#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/model/model_json.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

std::string quoted(const std::string& text) {
  try {
    return io::Json(text).dump();
  } catch (const io::Json::exception&) {
    throw InputError(in_quotes(text) + " is not UTF-8, which JSON must be: convert the input (iconv -t UTF-8)");
  }
}

constexpr Index kMostZeros = 1000;  // features up to which a diagonal M is written as a matrix

/// -0 as "-0.0": JSON readers take "-0" for an integer, whose 0 has no sign.
std::string number(double value) {
  if (value == 0 && std::signbit(value)) return "-0.0";
  return std::isfinite(value) ? format_number(value) : "null";
}

/// "[a, b, c]" of count entries entry(j).
template <class Entry>
std::string list(Index count, Entry&& entry) {
  std::string text = "[";
  for (Index j = 0; j < count; ++j) {
    if (j > 0) text += ", ";
    text += entry(j);
  }
  return text + "]";
}

std::string value_text(const Report::Value& value) {
  struct {
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double x) const { return number(x); }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const std::vector<double>& v) const {
      return list(static_cast<Index>(v.size()), [&](Index j) { return number(v[static_cast<std::size_t>(j)]); });
    }
  } as_text;
  return std::visit(as_text, value);
}

/// The rows of an r x d matrix whose entries are entry(i, j), one per line.
template <class Entry>
std::string rows_text(Index rows, Index columns, Entry&& entry, const std::string& indent = "\n    ") {
  std::string text = "[";
  for (Index i = 0; i < rows; ++i) {
    text += (i > 0 ? "," : "") + indent + "  ";
    text += list(columns, [&](Index j) { return number(entry(i, j)); });
  }
  return text + indent + "]";
}

std::string vector_text(const Vector& v) {
  return list(v.size(), [&](Index j) { return number(v(j)); });
}

std::string metric_text(const metric::Metric& metric) {
  const Index d = metric.dims();
  std::string text = "{\n    ";
  if (metric.form() == metric::Metric::Form::factor) {
    const Matrix L = metric.factor();
    text += "\"L\": " + rows_text(L.rows(), d, [&](Index i, Index j) { return L(i, j); });
  } else if (metric.form() == metric::Metric::Form::weights) {
    const Vector w = metric.diagonal();
    if (d > kMostZeros) return text + "\"weights\": " + vector_text(w) + "\n  }";
    text += "\"M\": " + rows_text(d, d, [&](Index i, Index j) { return i == j ? w(i) : 0.0; });
  } else {
    const SquareMatrix M = metric.matrix();
    text += "\"M\": " + rows_text(d, d, [&](Index i, Index j) { return M(i, j); });
  }
  return text + "\n  }";
}

/// Without what has its default: no shift, a scale of 1.
std::string kernel_text(const metric::KernelMap& map) {
  const metric::KernelMap::Parts& parts = map.parts();
  std::string text = "{\n      \"name\": " + quoted(word_of(metric::kKernelWords, parts.kernel));
  const auto add = [&](const char* key, const std::string& value) { text += ",\n      " + quoted(key) + ": " + value; };
  add("bandwidth", number(parts.bandwidth));
  if (parts.kernel == metric::Kernel::polynomial) {
    add("degree", std::to_string(parts.degree));
    add("offset", number(parts.offset));
  }
  if ((parts.shift.array() != 0).any()) add("shift", vector_text(parts.shift.transpose()));
  if ((parts.scale.array() != 1).any()) add("scale", vector_text(parts.scale.transpose()));
  const auto entry = [&](Index i, Index j) { return parts.landmarks(i, j); };
  add("landmarks", rows_text(map.count(), map.dims(), entry, "\n      "));
  return text + "\n    }";
}

std::string network_text(const metric::Network& network) {
  std::string text = "{\n    ";
  if (network.kernel()) text += "\"kernel\": " + kernel_text(*network.kernel()) + ",\n    ";
  text += "\"layers\": [";
  for (const metric::Layer& layer : network.layers()) {
    const Matrix& W = layer.weights;
    const auto entry = [&](Index i, Index j) { return W(i, j); };
    text += (text.back() == '[' ? "\n      {\n" : ",\n      {\n");
    text += "        \"weights\": " + rows_text(W.rows(), W.cols(), entry, "\n        ") + ",\n";
    text += "        \"bias\": " + vector_text(layer.bias) + ",\n";
    text += std::string("        \"activation\": ") +
            (layer.activation == metric::Activation::relu ? "\"relu\"" : "\"linear\"") + "\n      }";
  }
  return text + "\n    ],\n    \"normalize\": " + (network.normalize() ? "true" : "false") + "\n  }";
}

/// Collects `"key": value` lines.
class Lines {
 public:
  void add(const std::string& key, const std::string& value) {
    text_ += (text_.empty() ? "{\n  " : ",\n  ") + quoted(key) + ": " + value;
  }
  template <class T, class ToText>
  void add_if(const std::string& key, const std::optional<T>& value, ToText&& to_text) {
    if (value) add(key, to_text(*value));
  }
  std::string finish() const { return text_ + "\n}\n"; }

 private:
  std::string text_;
};

void check_finite(const std::string& where, const Report& report) {
  for (const auto& [key, value] : report.entries()) {
    bool finite = true;
    if (const auto* x = std::get_if<double>(&value)) finite = std::isfinite(*x);
    if (const auto* v = std::get_if<std::vector<double>>(&value)) {
      for (const double x : *v) finite = finite && std::isfinite(x);
    }
    if (!finite) throw InputError(where + key + " is not a finite number");
  }
}

}  // namespace

std::string format_report(const Report& report) {
  std::string text = "{";
  for (const auto& [key, value] : report.entries()) {
    text += (text.size() > 1 ? ", " : "") + quoted(key) + ": " + value_text(value);
  }
  return text + "}";
}

std::string format_model(const Model& model) {
  model.check();
  check_finite("parameters.", model.parameters);
  check_finite("preprocessing.", model.preprocessing);
  check_finite("", model.other);
  if (model.network() && model.dims() == 0) throw InputError("a network without layers");
  const auto whole = [](std::int64_t i) { return std::to_string(i); };
  Lines lines;
  lines.add("format", "\"maha-model\"");
  lines.add("version", "1");
  lines.add("metric", model.network() ? network_text(*model.network()) : metric_text(model.linear()));
  if (!model.features.empty()) {
    lines.add("features", list(model.dims(), [&](Index j) { return quoted(model.feature_name(j)); }));
  }
  lines.add_if("label", model.label, quoted);
  lines.add_if("target", model.target, quoted);
  lines.add_if("center", model.center, vector_text);
  lines.add_if("fill", model.fill, vector_text);
  lines.add_if("threshold", model.threshold, number);
  lines.add_if("maha", model.maha, quoted);
  lines.add_if("algorithm", model.algorithm, quoted);
  if (!model.parameters.empty()) lines.add("parameters", format_report(model.parameters));
  if (!model.preprocessing.empty()) lines.add("preprocessing", format_report(model.preprocessing));
  lines.add_if("seed", model.seed, whole);
  lines.add_if("objective", model.objective, number);
  lines.add_if("bound", model.bound, number);
  lines.add_if("gap", model.gap, number);
  lines.add_if("iterations", model.iterations, whole);
  lines.add_if("converged", model.converged, [](bool b) { return b ? "true" : "false"; });
  lines.add_if("rows", model.rows, whole);
  for (const auto& [key, value] : model.other.entries()) lines.add(key, value_text(value));
  return lines.finish();
}

}  // namespace maha::data
