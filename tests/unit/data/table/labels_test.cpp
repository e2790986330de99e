#include "data/table/labels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace maha;
using namespace maha::data;

namespace {

std::vector<std::string> sorted_classes(const std::vector<std::string>& labels) {
  LabelCoder coder;
  Labels ids;
  for (const std::string& label : labels) ids.push_back(coder.encode(label));
  coder.sort({&ids});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    CHECK(coder.classes()[static_cast<std::size_t>(ids[i])] == labels[i]);
  }
  return coder.classes();
}

}  // namespace

TEST_CASE("classes are in the order of their numbers, or of their bytes, whatever the order of the rows") {
  CHECK(sorted_classes({"10", "9", "-1"}) == std::vector<std::string>{"-1", "9", "10"});
  CHECK(sorted_classes({"10", "9", "x"}) == std::vector<std::string>{"10", "9", "x"});
  CHECK(sorted_classes({"inf", "9", "-inf"}) == std::vector<std::string>{"-inf", "9", "inf"});
  for (const std::string word : {"nan", "NaN", "-nan"}) {  // parsed as a number, but in no order with others
    std::vector<std::string> labels{word};
    for (int i = 0; i < 40; ++i) labels.push_back(std::to_string(i));
    std::vector<std::string> expected = labels;
    std::sort(expected.begin(), expected.end());
    for (std::size_t turn = 0; turn < labels.size(); ++turn) {
      std::rotate(labels.begin(), labels.begin() + 1, labels.end());
      CHECK(sorted_classes(labels) == expected);
    }
  }
}
