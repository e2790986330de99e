#pragma once

#include <stdexcept>
#include <string>

namespace maha {

/// Data, a model or an argument that cannot be used. The message is what the user reads: what was found, and what
/// was wanted. A numerical outcome (not converged, singular) is part of a result and never thrown.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What another command line would mend: exit status 2 where an InputError is 1.
class UsageError : public InputError {
 public:
  using InputError::InputError;
};

}  // namespace maha
