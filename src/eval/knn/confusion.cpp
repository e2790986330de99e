#include "eval/knn/confusion.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace maha::eval {
namespace {

void check_ids(const Labels& labels, int classes) {
  for (const int c : labels) {
    if (c < 0 || c >= classes) {
      throw InputError("class " + std::to_string(c) + " is not one of " + std::to_string(classes));
    }
  }
}

}  // namespace

Confusion::Confusion(const Labels& truth, const Labels& predicted, int classes) {
  if (truth.size() != predicted.size()) {
    throw InputError(std::to_string(truth.size()) + " labels for " + std::to_string(predicted.size()) + " predictions");
  }
  check_ids(truth, classes);
  check_ids(predicted, classes);
  of_class_.resize(static_cast<std::size_t>(classes));
  for (std::size_t i = 0; i < truth.size(); ++i) {
    answers_.emplace_back(truth[i], predicted[i]);
    ++of_class_[static_cast<std::size_t>(truth[i])].rows;
    ++of_class_[static_cast<std::size_t>(predicted[i])].predicted;
    if (truth[i] != predicted[i]) continue;
    ++of_class_[static_cast<std::size_t>(truth[i])].right;
    ++right_in_all_;
  }
  rows_ = static_cast<Index>(truth.size());
  std::sort(answers_.begin(), answers_.end());
}

std::vector<Index> Confusion::counts(int t) const {
  std::vector<Index> counts(of_class_.size(), 0);
  for (auto at = std::lower_bound(answers_.begin(), answers_.end(), std::pair(t, 0));
       at != answers_.end() && at->first == t; ++at) {
    ++counts[static_cast<std::size_t>(at->second)];
  }
  return counts;
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

}  // namespace maha::eval
