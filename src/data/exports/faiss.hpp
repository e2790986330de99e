#pragma once

#include <string>

#include "core/machine/parallel.hpp"
#include "core/next_rows.hpp"
#include "data/model/model.hpp"
#include "io/output.hpp"

namespace maha::data {

/// An index of FAISS, an IndexPreTransform, that takes rows as they are, d numbers, and finds those at the least learned
/// distance: what is asked goes through the model's map (centred, times L, scaled to length 1 if a network does so) to an
/// IndexFlatL2 of rows that went through it. All numbers are float32, as FAISS has them. It reports squared distances.
class FaissIndex {
 public:
  /// Throws InputError if the model has a hidden layer or a kernel, which FAISS has no transformation for, or numbers
  /// that float32 cannot hold.
  explicit FaissIndex(const Model& model);

  /// Writes it with these rows in it, which FAISS numbers from 0; with none if there is no `next`. Throws InputError if a
  /// coordinate is beyond float32.
  void write(io::Output& out, const NextRows& next, const Threads& threads) const;

 private:
  std::string header(Index rows) const;
  void add_linear(const Matrix& A, const Vector& bias);
  void add_transform(const std::string& what_it_is, Index from, Index to);

  const Model& model_;
  Index rank_ = 0;  ///< 1 for a model of rank 0, all rows of which are one
  int count_ = 0;
  std::string transforms_;
};

}  // namespace maha::data
