#include "data/reports/told_explanation.hpp"

#include <cmath>

#include "fuzz.hpp"

namespace maha::fuzz {

void explanation(std::string_view input) {
  Choices choices(input);
  static const std::optional<std::string> kQueries[] = {std::nullopt, "1", "b,b"};
  const std::optional<std::string> query = choices.of(kQueries);
  choices.byte();  // a line feed
  put_on_stdin(choices.rest());
  data::ToldExplanation told;
  if (!done([&] { told = data::read_explanation("-", query); })) return;
  require(!query || told.query == *query, "it is the row that is asked for");
  require(!told.radius || *told.radius >= 0, "a radius is 0 or more");
  const auto features = static_cast<Index>(told.features.size());
  for (const auto& row : told.rows) {
    require(row.contributions.size() == features, "each feature contributes");
    const double size = row.squared + row.contributions.cwiseAbs().sum();
    require(std::isfinite(size), "a squared distance is finite");
    const double sum = row.contributions.sum() + row.others;
    require(std::abs(sum - row.squared) <= 1e-8 * size, "contributions add up to the squared distance");
  }
}

}  // namespace maha::fuzz
