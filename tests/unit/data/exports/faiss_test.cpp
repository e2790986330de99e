#include "data/exports/faiss.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.hpp"

using namespace maha;
using namespace maha::data;

namespace {

using namespace std::string_literals;

const std::string kOne = "\0\0\x80\x3f"s, kTwo = "\0\0\0\x40"s, kNone = "\0\0\0\0"s;

/// What every index has behind its kind and its numbers of coordinates and rows.
const std::string kRest = "\0\0\x10\0\0\0\0\0\0\0\x10\0\0\0\0\0\x01\x01\0\0\0"s;

std::string four(char n) { return std::string(1, n) + std::string(3, '\0'); }
std::string eight(char n) { return std::string(1, n) + std::string(7, '\0'); }

std::string index_of(const Model& model, const Matrix& rows) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("faiss_test." + std::to_string(getpid()));
  io::Output out(path);
  Index i = 0;
  const NextRows next = [&](Matrix& X, Labels&) {
    if (i == rows.rows()) return false;
    X = rows.row(i++);  // a block each
    return true;
  };
  FaissIndex(model).write(out, next, Threads(1));
  out.commit();
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(path);
  return bytes;
}

}  // namespace

TEST_CASE("faiss: an index byte by byte: the centre, L, and rows that are mapped") {
  Model model;
  model.metric = metric::Metric::from_factor((Matrix(1, 2) << 1, 2).finished());
  model.center = (Vector(2) << 1, 0).finished();
  const std::string center = "VCnt" + eight(2) + kOne + kNone + four(2) + four(2) + "\1";
  const std::string linear = "LTra\0"s + eight(2) + kOne + kTwo + eight(0) + four(2) + four(1) + "\1";
  const auto index = [&](char n, const std::string& rows) {
    return "IxPT" + four(2) + eight(n) + kRest + four(2) + center + linear + "IxF2" + four(1) + eight(n) + kRest +
           eight(n) + rows;
  };
  CHECK(index_of(model, Matrix(0, 2)) == index(0, ""));
  CHECK(index_of(model, (Matrix(2, 2) << 2, 0, 1, 1).finished()) == index(2, kOne + kTwo));
}

TEST_CASE("faiss: layers without a bend are one linear transformation, and lengths of 1 another") {
  const metric::Layer first{Matrix::Ones(2, 1), Vector::Zero(2), metric::Activation::linear};
  metric::Layer second{Matrix::Ones(1, 2), -Vector::Ones(1), metric::Activation::linear};
  Model model;
  model.metric = metric::Network({first, second}, true);
  model.center = Vector::Ones(1);  // not of a network
  const std::string bias = "\0\0\x80\xbf"s;
  const std::string linear = "LTra\1" + eight(1) + kTwo + eight(1) + bias + four(1) + four(1) + "\1";
  const std::string norm = "VNrm" + kTwo + four(1) + four(1) + "\1";
  CHECK(index_of(model, Matrix::Ones(1, 1)) == "IxPT" + four(1) + eight(1) + kRest + four(2) + linear + norm + "IxF2" +
                                                   four(1) + eight(1) + kRest + eight(1) + kOne);
  second.activation = metric::Activation::relu;
  model.metric = metric::Network({first, second});
  CHECK_THROWS_AS(FaissIndex{model}, InputError);
}
