#include "learn/scatters/gathering.hpp"

#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/rows_by_class.hpp"
#include "learn/powers.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn {

void ScatterGathering::open(std::size_t classes, Index d) {
  if (classes <= classes_.size()) return;
  const double held = 3.0 * static_cast<double>(classes);  // d x d matrices, exact ones among them
  require_memory((held + 6) * square_matrix_bytes(static_cast<double>(d)),
                 "the scatters of " + std::to_string(classes) + " classes of " + std::to_string(d) + " features");
  while (classes_.size() < classes)
    classes_.push_back({{d, linalg::MomentOrder::scatter, classes == 1 ? threads_ : Threads()}, linalg::ColumnSums(d)});
}

void ScatterGathering::add(const MatrixRef& X, const Labels& y) {
  if (X.rows() == 0) return;
  if (y.empty()) {
    open(1, X.cols());
    classes_.front().add(X);
    return;
  }
  const std::vector<std::vector<Index>> rows = rows_by_class(y);
  open(rows.size(), X.cols());
  threads_.for_ranges(static_cast<Index>(rows.size()), 1, [&](Index begin, Index end) {
    for (auto c = static_cast<std::size_t>(begin); c < static_cast<std::size_t>(end); ++c) {
      if (!rows[c].empty()) classes_[c].add(X(rows[c], Eigen::all));
    }
  });
}

std::vector<linalg::ScatterSums> ScatterGathering::finish() {
  if (classes_.empty()) throw InputError("no rows");
  std::vector<linalg::ScatterSums> sums;
  for (Class& of : classes_) {
    const linalg::Moments moments = of.moments.finish();
    require_powers(moments, moments.squares, Powers::squares);
    if (!of.columns.finite()) throw InputError("the values are too large: their sums overflow");
    sums.push_back(linalg::sums_of(moments, of.columns));
  }
  return sums;
}

linalg::ScatterSums difference_sums(const MatrixRef& X, const Pairs& pairs, bool similar, const Threads& threads) {
  const Pairs kind = prepare::pairs_with(pairs, similar);
  const Vector ones = Vector::Ones(static_cast<Index>(kind.size()));
  const SquareMatrix S = prepare::pair_scatter(X, kind, ones, threads);
  if (!S.allFinite()) throw InputError("the values are too large: their squares overflow");
  return linalg::sums_of_differences(ones.size(), S);
}

}  // namespace maha::learn
