#pragma once

#include <stdexcept>
#include <string>

namespace maha {

/// Data, a model or an argument that cannot be used. The user reads the message: it says what was found and what was
/// wanted. A numerical outcome (not converged, singular) is part of the result and never thrown.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An error that another command line would fix: exit status 2, where an InputError has 1.
class UsageError : public InputError {
 public:
  using InputError::InputError;
};

}  // namespace maha
