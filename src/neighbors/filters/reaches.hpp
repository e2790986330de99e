#pragma once
/// How far each query of a tile still looks, allowing for the rounding of the coordinates that it is judged by.

#include <algorithm>
#include <vector>

#include "neighbors/filters/boxes.hpp"
#include "neighbors/rows/bounds.hpp"
#include "neighbors/rows/query_tile.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha::neighbors {

/// A distance between about - error and about + error.
struct Bracket {
  double about, error;
};

class Reaches {
 public:
  /// coarse_error: the largest among all rows that will be asked about.
  Reaches(const Rotation& rotation, double coarse_error, const QueryTile& tile)
      : tile_(tile),
        scale_(rotation.scale()),
        coarse_error_(coarse_error),
        dims_(rotation.dims()),
        coarse_width_(rotation.coarse_width()),
        fine_width_(tile.mapped.fine.cols()),
        fine_rounding_(1 + 2 * gamma32(fine_width_ + 4)),
        reach_(static_cast<std::size_t>(tile.size())),
        widest_gap_(Eigen::ArrayXf::Constant(tile.size(), -1.0f)) {}

  /// Sets the squared distance up to which rows now count for query q.
  void update(Index q, double limit) {
    Reach& r = reach_[static_cast<std::size_t>(q)];
    if (limit == r.limit) return;
    r.limit = limit;
    limit = std::min(limit, r.cap);
    r.exact = limit < 0 ? -1 : reach(limit, scale_, dims_);
    widest_gap_[q] = widest_gap(q);
    update_fine(q);
  }

  /// Enough rows are known to be within this scaled distance of query q, so rows farther out no longer count.
  void cap(Index q, double scaled) {
    Reach& r = reach_[static_cast<std::size_t>(q)];
    const double distance = scaled / scale_;
    r.cap = distance * distance * (1 + 2 * gamma64(dims_ + 8)) + static_cast<double>(dims_) * 0x1p-1070;
    if (r.cap >= r.limit) return;
    const double limit = r.limit;
    r.limit = -kInfinity;
    update(q, limit);
  }

  /// For each query the largest gap, as Boxes compute it, to a box that may hold a row that counts; -1 if none may.
  const Eigen::ArrayXf& widest_gaps() const { return widest_gap_; }

  /// Tells may_count() that rows from now on have a fine error of at most this.
  void set_fine_error(double error) { fine_error_ = error; }
  void update_fine(Index q) {
    if (fine_width_ > 0) reach_[static_cast<std::size_t>(q)].fine_squared = fine_squared(q);
  }

  /// An upper bound on the scaled distance of rows that count; -1 if none counts.
  double exact(Index q) const { return reach_[static_cast<std::size_t>(q)].exact; }

  /// Upper bounds on |alpha^(q) - alpha^(x)| in coarse and in fine coordinates, for rows x that count and have at most
  /// this error.
  double coarse(Index q, double error) const { return widened(q, tile_.mapped.coarse_error, error); }
  double fine(Index q, double error) const { return widened(q, tile_.mapped.fine_error, error); }

  /// Whether a row at this squared fine distance, as computed in float32, may count.
  bool may_count(Index q, float squared) const { return squared <= reach_[static_cast<std::size_t>(q)].fine_squared; }

  /// The scaled distance of a pair at this squared fine distance, if the fine coordinates leave nothing out.
  Bracket by_fine(Index q, float squared) const {
    const double about = std::sqrt(static_cast<double>(squared));
    const double rounding = about * (fine_rounding_ - 1) + std::sqrt(kUnderflow32);
    return {about, (rounding + tile_.mapped.fine_error[tile_.position(q)] + fine_error_) * kSlack};
  }

 private:
  struct Reach {
    double limit = -kInfinity;
    double cap = kInfinity;
    double exact = -1;
    float fine_squared = -1;
  };

  double widened(Index q, const Vector& own, double error) const {
    const double reach = exact(q);
    return reach < 0 ? -1 : (reach + own[tile_.position(q)] + error) * kSlack;
  }
  float widest_gap(Index q) const {
    const double reach = coarse(q, coarse_error_);
    if (reach < 0) return -1;
    const double rounding = 1.01 * kUnit32 * tile_.mapped.norm[tile_.position(q)] + kUnderflow32;
    return Boxes::most_computed(reach + rounding, coarse_width_);
  }
  float fine_squared(Index q) const {
    const double reach = fine(q, fine_error_);
    if (reach < 0) return -1;
    return round_up(std::min(reach * reach * kSlack * fine_rounding_ + kUnderflow32, 0x1p126));
  }

  const QueryTile& tile_;
  const double scale_, coarse_error_;
  const Index dims_, coarse_width_, fine_width_;
  const double fine_rounding_;
  double fine_error_ = 0;
  std::vector<Reach> reach_;
  Eigen::ArrayXf widest_gap_;
};

}  // namespace maha::neighbors
