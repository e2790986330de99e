#pragma once
/// How far each query of a tile still looks, with what rounding may have done to the coordinates it is judged by.

#include <algorithm>
#include <vector>

#include "neighbors/filters/boxes.hpp"
#include "neighbors/rows/bounds.hpp"
#include "neighbors/rows/query_tile.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha {

/// A distance that is at least about - error and at most about + error.
struct Bracket {
  double about, error;
};

class Reaches {
 public:
  /// coarse_error: the largest of all rows that will be asked about.
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

  /// `limit`: the squared distance up to which rows count for query q now.
  void update(Index q, double limit) {
    Reach& r = reach_[static_cast<std::size_t>(q)];
    if (limit == r.limit) return;
    r.limit = limit;
    limit = std::min(limit, r.cap);
    r.exact = limit < 0 ? -1 : reach(limit, scale_, dims_);
    widest_gap_[q] = widest_gap(q);
    update_fine(q);
  }

  /// Enough rows are known to be within this scaled distance of query q, so that no row farther out counts.
  void cap(Index q, double scaled) {
    Reach& r = reach_[static_cast<std::size_t>(q)];
    const double distance = scaled / scale_;
    r.cap = distance * distance * (1 + 2 * gamma64(dims_ + 8)) + static_cast<double>(dims_) * 0x1p-1070;
    if (r.cap >= r.limit) return;
    const double limit = r.limit;
    r.limit = -kInfinity;
    update(q, limit);
  }

  /// The largest gap, as Boxes compute it, of the query's point and a box that may hold a row that counts; -1: none
  /// may.
  const Eigen::ArrayXf& widest_gaps() const { return widest_gap_; }

  /// From now on may_count() is asked about rows whose fine error is at most this.
  void set_fine_error(double error) { fine_error_ = error; }
  void update_fine(Index q) {
    if (fine_width_ > 0) reach_[static_cast<std::size_t>(q)].fine_squared = fine_squared(q);
  }

  /// No less than the scaled distance of any row that counts; -1: none counts.
  double exact(Index q) const { return reach_[static_cast<std::size_t>(q)].exact; }

  /// Bounds |alpha^(q) - alpha^(x)| in coarse and in fine coordinates, x being rows that count with at most this error.
  double coarse(Index q, double error) const { return widened(q, tile_.mapped.coarse_error, error); }
  double fine(Index q, double error) const { return widened(q, tile_.mapped.fine_error, error); }

  /// Whether a row at this squared fine distance, computed in float32, may count.
  bool may_count(Index q, float squared) const { return squared <= reach_[static_cast<std::size_t>(q)].fine_squared; }

  /// The scaled distance of a pair at this squared fine distance, where the fine coordinates are all.
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

}  // namespace maha
