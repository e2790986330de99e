#pragma once

#include <memory>
#include <new>
#include <utility>

#include "core/types.hpp"

namespace maha {

/// n x d rows that nobody changes, contiguous. Copies show the same numbers, which last as long as any of them: a
/// matrix's own, or those that stand elsewhere, as in a file that is mapped.
class SharedRows : public Eigen::Map<const Matrix, Eigen::AlignedMax> {
 public:
  using View = Eigen::Map<const Matrix, Eigen::AlignedMax>;

  SharedRows() : View(nullptr, 0, 0) {}

  SharedRows(Matrix rows) : SharedRows(std::make_shared<Matrix>(std::move(rows))) {}
  template <class Rows>
  SharedRows(const Eigen::MatrixBase<Rows>& rows) : SharedRows(Matrix(rows)) {}

  /// Numbers that `owner` keeps where they are, aligned as those of a matrix.
  SharedRows(const double* numbers, Index rows, Index cols, std::shared_ptr<const void> owner)
      : View(numbers, rows, cols), owner_(std::move(owner)) {}

  SharedRows(const SharedRows&) = default;
  SharedRows(SharedRows&& other) noexcept
      : View(other), owner_(std::move(other.owner_)), matrix_(std::exchange(other.matrix_, nullptr)) {
    other.show(nullptr, 0, 0);
  }
  SharedRows& operator=(SharedRows other) noexcept {
    show(other.data(), other.rows(), other.cols());
    owner_.swap(other.owner_);
    matrix_ = other.matrix_;
    return *this;
  }
  ~SharedRows() = default;

  /// No matrix is made of them unasked: `Matrix(rows)` is a copy.
  operator Matrix() const = delete;

  /// Whether they are no matrix's: they take no memory of the process.
  bool stand_elsewhere() const { return !matrix_; }

  /// Gives them away as a matrix, without a copy if it is one that nobody shares.
  Matrix release() {
    const SharedRows all = std::move(*this);
    return all.matrix_ && all.owner_.use_count() == 1 ? std::move(*all.matrix_) : Matrix(all);
  }

 private:
  explicit SharedRows(const std::shared_ptr<Matrix>& rows)
      : SharedRows(rows->data(), rows->rows(), rows->cols(), rows) {
    matrix_ = rows.get();
  }

  void show(const double* numbers, Index rows, Index cols) noexcept {
    new (static_cast<View*>(this)) View(numbers, rows, cols);
  }

  std::shared_ptr<const void> owner_;
  Matrix* matrix_ = nullptr;  // what owns them, if it is one
};

}  // namespace maha
