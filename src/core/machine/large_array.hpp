#pragma once
/// Memory for large arrays. Systems provide memory page by page on the first write, which at 4 KiB a page can take
/// longer than the work on it. Linux provides 2 MiB at once if asked to.

#include <cstddef>
#include <utility>

#include "core/types.hpp"

namespace maha {

/// Asks for large pages for the `bytes` from `begin` on, which must not have been written to yet. Only a hint.
void want_large_pages(void* begin, std::size_t bytes);

/// A matrix that is about to be written to for the first time.
inline void want_large_pages(Matrix& X) {
  want_large_pages(X.data(), static_cast<std::size_t>(X.size()) * sizeof(double));
}

/// `bytes` of zeros, 64-byte aligned, in large pages if there are enough of them.
class LargeMemory {
 public:
  explicit LargeMemory(std::size_t bytes = 0);
  ~LargeMemory();
  LargeMemory(LargeMemory&& other) noexcept
      : begin_(std::exchange(other.begin_, nullptr)), mapped_(std::exchange(other.mapped_, 0)) {}
  LargeMemory& operator=(LargeMemory&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(mapped_, other.mapped_);
    return *this;
  }

  void* begin() const { return begin_; }

 private:
  void* begin_ = nullptr;
  std::size_t mapped_ = 0;  // bytes mapped from the system; 0 if they are from the heap
};

/// Numbers, initially 0, 64-byte aligned.
template <class T>
class LargeArray {
 public:
  explicit LargeArray(Index size = 0) : memory_(static_cast<std::size_t>(size) * sizeof(T)) {}
  T* data() { return static_cast<T*>(memory_.begin()); }
  const T* data() const { return static_cast<const T*>(memory_.begin()); }

 private:
  LargeMemory memory_;
};

/// An n x d matrix of numbers, row-major without gaps, initially 0.
template <class T>
class LargeMatrix {
 public:
  using Rows = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  explicit LargeMatrix(Index rows = 0, Index cols = 0) : rows_(rows), cols_(cols), numbers_(rows * cols) {}
  Index rows() const { return rows_; }
  Index cols() const { return cols_; }
  T* row(Index i) { return numbers_.data() + i * cols_; }
  const T* row(Index i) const { return numbers_.data() + i * cols_; }
  Eigen::Map<const Rows> view() const { return {numbers_.data(), rows_, cols_}; }

 private:
  Index rows_, cols_;
  LargeArray<T> numbers_;
};

}  // namespace maha
