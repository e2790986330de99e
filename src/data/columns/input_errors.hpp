#pragma once
/// Errors about a file of rows, of which the tool knows more to say than who reads it: which command line may be meant.

#include "core/error.hpp"

namespace maha::data {

/// Nothing is in the file.
class NothingThere : public InputError {
 public:
  using InputError::InputError;
};

/// The rows are no records of text, which could be handed on as they came.
class NoRecords : public InputError {
 public:
  using InputError::InputError;
};

/// A label is required, and no column is one.
class NoLabel : public InputError {
 public:
  using InputError::InputError;
};

}  // namespace maha::data
