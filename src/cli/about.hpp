#pragma once

#include <string>

#include "core/error.hpp"

namespace maha::cli {

/// What `work` returns. An InputError that it throws names `file`, of which it is, if it does not yet; what only the
/// command line has to do with stays as it is.
template <class Work>
auto about(const std::string& file, Work&& work) {
  try {
    return work();
  } catch (const UsageError&) {
    throw;
  } catch (const InputError& e) {
    const std::string message = e.what();
    throw InputError(message.starts_with(file + ":") ? message : file + ": " + message);
  }
}

}  // namespace maha::cli
