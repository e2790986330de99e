#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

// Other tests lean on these files; this one reads them by itself, so that a fault of the reader is not taken for
// theirs.

namespace {

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) result.push_back(cell);
  return result;
}

bool is_number(const std::string& cell) {
  char* end = nullptr;
  std::strtod(cell.c_str(), &end);
  return !cell.empty() && end == cell.c_str() + cell.size();
}

struct Facts {
  std::size_t features = 0;
  int rows = 0, faults = 0;
  std::map<std::string, int> classes;
};

Facts facts(const std::string& name, const std::string& last = "class") {
  std::ifstream file(std::string(MAHA_SOURCE_DIR "/datasets/") + name + ".csv");
  Facts result;
  std::string line;
  std::getline(file, line);
  const auto header = cells(line);
  result.faults += header.empty() || header.back() != last || std::ranges::any_of(header, is_number);
  result.features = header.size() - 1;
  while (std::getline(file, line)) {
    auto row = cells(line);
    ++result.rows;
    ++result.classes[row.back()];
    result.faults += row.size() != header.size();
    row.pop_back();
    result.faults += !std::ranges::all_of(row, is_number);
  }
  return result;
}

}  // namespace

TEST_CASE("the data sets have the rows, features and classes that their README states") {
  struct Expected {
    const char* name;
    int rows;
    std::size_t features;
    std::map<std::string, int> classes;
  };
  const std::vector<Expected> all{{"iris", 150, 4, {{"setosa", 50}, {"versicolor", 50}, {"virginica", 50}}},
                                  {"wine", 178, 13, {{"class_0", 59}, {"class_1", 71}, {"class_2", 48}}},
                                  {"wdbc", 569, 30, {{"malignant", 212}, {"benign", 357}}},
                                  {"digits",
                                   1797,
                                   64,
                                   {{"0", 178},
                                    {"1", 182},
                                    {"2", 177},
                                    {"3", 183},
                                    {"4", 181},
                                    {"5", 182},
                                    {"6", 181},
                                    {"7", 179},
                                    {"8", 174},
                                    {"9", 180}}},
                                  {"balance-scale", 625, 4, {{"L", 288}, {"B", 49}, {"R", 288}}}};
  for (const auto& expected : all) {
    CAPTURE(expected.name);
    const Facts found = facts(expected.name);
    CHECK(found.rows == expected.rows);
    CHECK(found.features == expected.features);
    CHECK(found.classes == expected.classes);
    CHECK(found.faults == 0);
  }
}

TEST_CASE("diabetes has a number in place of a class, and the mean and range of it that are known") {
  const Facts found = facts("diabetes", "progression");
  CHECK(found.rows == 442);
  CHECK(found.features == 10);
  CHECK(found.faults == 0);
  double sum = 0, low = 1000, high = 0;
  for (const auto& [text, count] : found.classes) {
    const double value = std::strtod(text.c_str(), nullptr);
    sum += count * value;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  CHECK(sum / 442 == doctest::Approx(152.133484));  // the intercept of least squares over centred features, 152.133
  CHECK(low == 25);
  CHECK(high == 346);
}
