/// Models whose network follows a kernel, as JSON.

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "data/model/model_json.hpp"
#include "data/model/model_summary.hpp"
#include "unit/data/model/schema.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::data;

namespace {

Model kernel_model(metric::Kernel kernel, bool plain) {
  metric::KernelMap::Parts parts{
      kernel, 1.0 / 3, 1, 0, RowVector::Zero(3), RowVector::Ones(3), test::random_rows(4, 3, 1)};
  if (kernel == metric::Kernel::polynomial) {
    parts.degree = 5;
    parts.offset = 0.1;
  }
  if (!plain) parts.shift << 1, 2, 1.0 / 7;
  if (!plain) parts.scale << 1e-3, 2, 1.0 / 7;
  Model model;
  model.metric = metric::Network({{test::random_rows(2, 4, 2), Vector::Ones(2), metric::Activation::linear}}, false,
                                 std::make_shared<const metric::KernelMap>(parts));
  model.features = {"a", "b", "c"};
  return model;
}

const std::string kKernel = R"("kernel":{"name":"rbf","bandwidth":2,"landmarks":[[1,2],[3,4],[5,6]]})";
const std::string kLayers = R"("layers":[{"weights":[[1,0,1]]}])";

std::string complaint_of_kernel(const std::string& metric) {
  return test::refusal<InputError>(
      [&] { parse_model(R"({"format":"maha-model","version":1,"metric":{)" + metric + "}}"); });
}

/// The complaint where `from` stands as `to`.
std::string spoiled(const std::string& from, const std::string& to) {
  std::string text = kKernel + "," + kLayers;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return complaint_of_kernel(text.replace(at, from.size(), to));
}

}  // namespace

TEST_CASE("a model with a kernel, written and read again, gives the same bits and fits the schema") {
  std::ifstream file(MAHA_SOURCE_DIR "/docs/model.schema.json");
  const test::Schema schema(nlohmann::json::parse(file));
  const Matrix X = test::random_rows(10, 3, 3);
  for (const metric::Kernel kernel : {metric::Kernel::rbf, metric::Kernel::laplace, metric::Kernel::polynomial}) {
    for (const bool plain : {false, true}) {
      const Model model = kernel_model(kernel, plain);
      const std::string text = format_model(model);
      CHECK(schema.check(nlohmann::json::parse(text)) == "");
      const Model back = parse_model(text);
      CHECK(back.transform(X) == model.transform(X));
      CHECK(format_model(back) == text);
      CHECK(back.dims() == 3);
      CHECK(text.find("scale") == (plain ? std::string::npos : text.find("\"scale\": [0.001, 2, ") + 1));
    }
  }
  CHECK(complaint_of_kernel(kKernel + "," + kLayers) == "");
}

TEST_CASE("a model with a kernel: features are put in order, a summary tells the kernel, M is refused") {
  Model model = kernel_model(metric::Kernel::polynomial, false);
  const Matrix X = test::random_rows(10, 3, 4), Z = model.transform(X);
  const Report report = summarize(model);
  CHECK(*report.find("metric") == Report::Value(std::string("kernel and layers, 3 - 4 - 2")));
  CHECK(*report.find("kernel") == Report::Value(std::string("polynomial")));
  CHECK(*report.find("degree") == Report::Value(std::int64_t{5}));
  CHECK(*report.find("landmarks") == Report::Value(std::int64_t{4}));
  model.order_features({"c", "a", "b"}, 3);
  const Matrix turned = X(Eigen::all, std::vector<Index>{2, 0, 1});
  CHECK((model.transform(turned) - Z).cwiseAbs().maxCoeff() <= 1e-9 * Z.cwiseAbs().maxCoeff());
  CHECK(test::refusal<InputError>([&] { model.linear(); }) ==
        "the model has a kernel, and so no matrix M over the features");
}

TEST_CASE("a broken kernel is refused in a line that names the entry") {
  const std::string k = "metric.kernel: ";
  CHECK(spoiled("rbf", "cosine") == k + R"(name is "cosine", not "rbf", "laplace" or "polynomial")");
  CHECK(spoiled("rbf", "none") == k + R"(name is "none", not "rbf", "laplace" or "polynomial")");
  CHECK(spoiled(R"("name":"rbf",)", "") == k + "has no name");
  CHECK(spoiled(R"("bandwidth":2,)", "") == k + "has no bandwidth");
  CHECK(spoiled(R"(,"landmarks":[[1,2],[3,4],[5,6]])", "") == k + "has no landmarks");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":0)") == k + "bandwidth is 0, not a finite number above 0");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":"2")") == k + "bandwidth is \"2\", not a finite number");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":2,"degree":1.5)") ==
        k + "degree is 1.5, not a whole number below 2^63");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":2,"degree":0)") == k + "degree is 0, and must be at least 1");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":2,"offset":-1)") ==
        k + "offset is -1, not a finite number from 0 on");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":2,"scale":[1,0])") == k + "scale entry 2 must be above 0");
  CHECK(spoiled(R"("bandwidth":2)", R"("bandwidth":2,"shift":[1])") == k + "shift has 1 entry, the landmarks have 2");
  CHECK(spoiled("[3,4]", "[3]") == k + "landmarks row 2 has 1 entry, row 1 has 2");
  CHECK(spoiled("[3,4]", R"([3,"x"])") == k + "landmarks row 2, column 2 is \"x\", not a number");
  CHECK(spoiled("[[1,2],[3,4],[5,6]]", "[]") == k + "landmarks is empty: it has no rows");
  CHECK(spoiled("[[1,2],[3,4],[5,6]]", "[[],[],[]]") == k + "landmarks has no entries");
  CHECK(complaint_of_kernel(R"("kernel":7,)" + kLayers) == k + "is 7, not an object that holds landmarks");
  CHECK(complaint_of_kernel(kKernel + R"(,"M":[[1,0],[0,1]])") == "metric.kernel goes with layers");
  CHECK(complaint_of_kernel(kKernel) == "metric holds neither M nor L, weights nor layers");
  CHECK(spoiled("[[1,0,1]]", "[[1,0]]") == "metric.layers: layer 1, weights has 2 columns, the kernel has 3 landmarks");
}
