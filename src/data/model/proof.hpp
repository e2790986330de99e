#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha::data {

/// What a learner says for a bound, so that maha-prove can check it without the learner. docs/maha-prove.md describes
/// the file.
struct Proof {
  std::string algorithm;
  double objective = 0, bound = 0;  ///< what the model claims
  std::string model;                ///< digest() of the model's file
  std::vector<std::pair<std::string, Matrix>> numbers;

  /// Those of this name. Throws InputError if there are none.
  const Matrix& at(const std::string& name) const;
};

/// 16 hexadecimal digits: FNV-1a, 64 bits, of the bytes. A text with one other byte has another digest. It finds what was
/// altered, not who meant to deceive.
std::string digest(std::string_view text);

/// The proof as JSON, a row of numbers a line; the digest of all before it comes last.
std::string format_proof(const Proof& proof);

/// Reads it back, to the same bits. Throws InputError, one line without the file's name: what is wrong, or the digest is
/// another.
Proof parse_proof(std::string_view text);

}  // namespace maha::data
