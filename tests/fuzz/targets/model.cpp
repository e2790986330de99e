#include "data/exports/faiss.hpp"
#include "data/exports/numbers.hpp"
#include "data/exports/onnx.hpp"
#include "data/model/model_csv.hpp"
#include "data/model/model_json.hpp"
#include "data/model/model_summary.hpp"
#include "fuzz.hpp"
#include "io/json.hpp"

namespace maha::fuzz {
namespace {

constexpr Index kMost = 64;  // features or coordinates of a model of which all that can be said is worked out

void look_at(const data::Model& model) {
  done([&] { data::format_report(data::summarize(model)); });
  done([&] { data::format_report(data::soundness(model)); });
  done([&] { data::spectrum_csv(model); });
  done([&] { data::weights_json(model); });
  done([&] { data::metric_csv(model, data::MetricForm::M); });
  done([&] { data::metric_csv(model, data::MetricForm::L); });
  done([&] { data::compare_models(model, model); });
  done([&] { data::onnx_model(model, data::kFloat64); });
  done([&] { data::onnx_model(model, data::kFloat32); });
  done([&] { data::FaissIndex index(model); });
  const Matrix X = Matrix::Identity(2, model.dims());
  done([&] { require(model.transform(X).cols() == model.rank(), "rows have a coordinate for each of the rank"); });
}

}  // namespace

void model(std::string_view input) {
  data::Model model;
  std::vector<std::string> notes;
  if (!done([&] { model = data::parse_model(input, &notes); })) return;
  std::string text, again;
  require(done([&] { text = data::format_model(model); }), "a model that was read can be written");
  require(done([&] { again = data::format_model(data::parse_model(text)); }), "a model that was written can be read");
  require(text == again, "a model is written as it was read");
  if (model.dims() <= kMost && model.rank() <= kMost) look_at(model);
}

}  // namespace maha::fuzz
