#include "eval/confusion.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"

namespace maha {
namespace {

void check_ids(const Labels& labels, int classes) {
  for (const int c : labels) {
    if (c < 0 || c >= classes) {
      throw InputError("class " + std::to_string(c) + " is not one of " + std::to_string(classes));
    }
  }
}

}  // namespace

Confusion::Confusion(const Labels& truth, const Labels& predicted, int classes)
    : counts_(Counts::Zero(classes, classes)) {
  if (truth.size() != predicted.size()) {
    throw InputError(std::to_string(truth.size()) + " labels for " + std::to_string(predicted.size()) + " predictions");
  }
  check_ids(truth, classes);
  check_ids(predicted, classes);
  for (std::size_t i = 0; i < truth.size(); ++i) ++counts_(truth[i], predicted[i]);
}

std::optional<double> Confusion::share(Index part, Index whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<int> unseen_classes(const Labels& train, const Labels& test, int classes) {
  check_ids(train, classes);
  check_ids(test, classes);
  std::vector<char> seen(static_cast<std::size_t>(classes), 0);
  std::vector<int> unseen;
  for (const int c : train) seen[static_cast<std::size_t>(c)] = 1;
  for (const int c : test) {
    if (!seen[static_cast<std::size_t>(c)]) unseen.push_back(c);
    seen[static_cast<std::size_t>(c)] = 1;
  }
  std::sort(unseen.begin(), unseen.end());
  return unseen;
}

}  // namespace maha
