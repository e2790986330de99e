#include "cli/model/model_export.hpp"

#include "cli/about.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/inputs/row_output.hpp"
#include "cli/installation.hpp"
#include "core/error.hpp"
#include "core/text/characters.hpp"
#include "data/array/element.hpp"
#include "data/exports/faiss.hpp"
#include "data/exports/onnx.hpp"

namespace maha::cli {

ModelExport::ModelExport(App& app, Options& options) : app_(app) {
  options.choice("--as", form_, data::kMetricFormWords, "of a matrix: M, or its factor L with M = L'L (default: M)");
  options.choice(
      "--format", asked_,
      {{"csv", Format::csv}, {"npy", Format::npy}, {"onnx", Format::onnx}, {"faiss", Format::faiss}},
      "a matrix, or the map of rows as a graph of ONNX or an index of FAISS (default: by the output's ending, "
      "else csv)");
  options.choice("--type", type_, {{"float64", Type::float64}, {"float32", Type::float32}},
                 "of the numbers of npy and onnx; float32 rounds (default: float64)");
  rows_.emplace(app, options, "of faiss: CSV file with rows that are put into the index");
}

void ModelExport::run(const std::string& file, const std::string& output, bool json) {
  const Format format = chosen_format(output, json);
  check(format);
  data::Model model = read_model(app_, file);
  model.maha = version();
  const data::MetricForm form = form_.value_or(data::MetricForm::M);
  const data::Element numbers = type_ == Type::float32 ? data::kFloat32 : data::kFloat64;
  switch (format) {
    case Format::json:
      write_model(app_, data::metric_alone(model, form), output);
      break;
    case Format::csv:
      app_.out(output).write(data::metric_csv(model, form));
      break;
    case Format::npy:
      about(model.source, [&] { data::write_array(app_.out(output), data::metric_rows(model, form), numbers); });
      break;
    case Format::onnx:
      app_.out(output).write(about(model.source, [&] { return data::onnx_model(model, numbers); }));
      break;
    case Format::faiss:
      write_index(model, output);
      break;
  }
}

ModelExport::Format ModelExport::chosen_format(const std::string& output, bool json) const {
  if (json) {
    if (asked_) throw UsageError("--json goes without --format");
    return Format::json;
  }
  if (asked_) return *asked_;
  const std::string name = lower_case(output);
  if (name.ends_with(".onnx")) return Format::onnx;
  if (name.ends_with(".faiss")) return Format::faiss;
  const std::string written = "csv, npy, onnx or faiss, or with --json JSON";
  switch (format_by_ending(output, written).value_or(data::WrittenFormat::csv)) {
    case data::WrittenFormat::csv:
      return Format::csv;
    case data::WrittenFormat::npy:
      return Format::npy;
    default:
      refuse_ending(output, written);
  }
}

void ModelExport::check(Format format) const {
  const bool is_map = format == Format::onnx || format == Format::faiss;
  if (form_ && is_map) throw UsageError("--as is of matrices: it goes with --format csv or npy");
  if (type_ && format != Format::npy && format != Format::onnx) {
    throw UsageError("--type is of arrays: it goes with --format npy or onnx");
  }
  rows_->check();
  if (rows_->given() && format != Format::faiss) throw UsageError("--data goes with --format faiss");
}

void ModelExport::write_index(const data::Model& model, const std::string& output) {
  const data::FaissIndex index = about(model.source, [&] { return data::FaissIndex(model); });
  const auto write = [&](const NextRows& next) { index.write(app_.out(output), next, app_.threads()); };
  if (!rows_->given()) return write({});
  rows_->each(model, write);
}

}  // namespace maha::cli
