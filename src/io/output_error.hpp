#pragma once

#include "core/error.hpp"

namespace maha::io {

/// An output that cannot be written. It names the output, whatever was being read or worked on.
class OutputError : public InputError {
 public:
  using InputError::InputError;
};

}  // namespace maha::io
