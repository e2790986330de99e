/// FAISS writes the fields of its objects one behind the other as they lie in memory, on every machine that it runs on
/// with the lowest byte first: four letters for the kind of object, sizes as 8 bytes, dimensions as 4, answers yes or no
/// as one. https://github.com/facebookresearch/faiss/blob/main/faiss/impl/index_write.cpp
#include "data/exports/faiss.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/error.hpp"
#include "data/exports/numbers.hpp"
#include "data/model/model_csv.hpp"
#include "data/writing/counted_output.hpp"

namespace maha::data {
namespace {

constexpr int kL2 = 1;  // of FAISS's kinds of distance

std::string yes_or_no(bool yes) { return std::string(1, yes ? '\1' : '\0'); }

std::string list_of_numbers(const std::string& what, const Matrix& values) {
  return low_byte_first(static_cast<std::uint64_t>(values.size())) + number_bytes(what, values, kFloat32);
}

bool is_float32(double z) { return std::abs(z) <= std::numeric_limits<float>::max(); }

/// What every index begins with. The two numbers in the middle have no meaning any more.
std::string index_fields(const char* kind, Index dims, Index rows) {
  const std::int64_t unused = std::int64_t{1} << 20;
  return kind + low_byte_first(static_cast<std::int32_t>(dims)) + low_byte_first(static_cast<std::int64_t>(rows)) +
         low_byte_first(unused) + low_byte_first(unused) + yes_or_no(true) + low_byte_first(kL2);
}

}  // namespace

FaissIndex::FaissIndex(const Model& model) : model_(model), rank_(std::max<Index>(1, model.rank())) {
  if (std::max(model.dims(), rank_) > std::numeric_limits<std::int32_t>::max()) {
    throw InputError("the model has more features than FAISS counts");
  }
  const Index d = model.dims();
  const metric::Network* network = model.network();
  if (!network) {
    if (model.center) add_transform("VCnt" + list_of_numbers("center", *model.center), d, d);
    add_linear(metric_rows(model, MetricForm::L), Vector());
    return;
  }
  const auto& layers = network->layers();
  const bool is_linear = std::all_of(layers.begin(), layers.end(), [](const metric::Layer& layer) {
    return layer.activation == metric::Activation::linear;
  });
  if (network->kernel() || !is_linear) {
    throw InputError(std::string(network->kernel() ? "the model has a kernel" : "the model is a network with relu") +
                     ", and FAISS has no such transformation: index the rows that maha-transform --format npy writes, "
                     "without the label: --drop");
  }
  Matrix A = layers.front().weights;
  Vector bias = layers.front().bias;
  for (std::size_t l = 1; l < layers.size(); ++l) {
    bias = (layers[l].weights * bias + layers[l].bias).eval();
    A = (layers[l].weights * A).eval();
  }
  add_linear(A, bias);
  constexpr char kNormOf2[] = {0, 0, 0, 0x40, 0};  // 2 as a float32
  if (network->normalize()) add_transform("VNrm" + std::string(kNormOf2, 4), rank_, rank_);
}

void FaissIndex::add_linear(const Matrix& A, const Vector& bias) {
  add_transform("LTra" + yes_or_no(bias.size() > 0) + list_of_numbers("L", A) + list_of_numbers("bias", bias), A.cols(),
                A.rows());
}

void FaissIndex::add_transform(const std::string& what_it_is, Index from, Index to) {
  const bool is_trained = true;
  transforms_ += what_it_is + low_byte_first(static_cast<std::int32_t>(from)) +
                 low_byte_first(static_cast<std::int32_t>(to)) + yes_or_no(is_trained);
  ++count_;
}

std::string FaissIndex::header(Index rows) const {
  return index_fields("IxPT", model_.dims(), rows) + low_byte_first(count_) + transforms_ +
         index_fields("IxF2", rank_, rows) + low_byte_first(static_cast<std::uint64_t>(rows * rank_));
}

void FaissIndex::write(io::Output& out, const NextRows& next, const Threads& threads) const {
  Index rows = 0;
  CountedOutput counted(out, [&] { return header(rows); });
  Matrix X;
  Labels classes;
  while (next && next(X, classes)) {
    Matrix Z = model_.transform(X, threads);
    if (Z.cols() == 0) Z = Matrix::Zero(X.rows(), rank_);
    const Index beyond = std::find_if_not(Z.data(), Z.data() + Z.size(), is_float32) - Z.data();
    if (beyond < Z.size()) {
      throw InputError("row " + std::to_string(rows + beyond / rank_ + 1) +
                       " is mapped beyond float32, which FAISS has");
    }
    std::string bytes;
    kFloat32.write(Z.data(), Z.size(), bytes);
    counted.write(bytes);
    rows += X.rows();
  }
  counted.finish();
}

}  // namespace maha::data
