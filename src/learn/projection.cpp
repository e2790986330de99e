#include "learn/projection.hpp"

#include "core/options/option_list.hpp"
#include "learn/rank_error.hpp"

namespace maha::learn {

void declare_rank(OptionList& all, Index& rank, const std::string& help) {
  all.number("--rank", rank, help, "R").at_least(1).or_zero().without_default().recorded_if_changed();
}

void require_rank(Index rank, Index features) {
  if (rank <= features) return;
  throw RankError(rank, features);
}

double ridge_for(const std::optional<double>& asked, const Vector& shares, const std::string& warning, Fit& fit) {
  if (asked) return *asked;
  if (shares.size() == 0 || !(shares.minCoeff() <= kNoShare)) return 0;
  fit.warnings.push_back({Warning::Code::ridge_added, warning});
  return kRidgeOfSingular;
}

}  // namespace maha::learn
