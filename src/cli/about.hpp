#pragma once

#include <string>

#include "core/error.hpp"
#include "io/output_error.hpp"

namespace maha::cli {

/// Returns what `work` returns. An InputError about `file` is made to name it, if it does not yet; errors about the
/// command line or an output pass unchanged.
template <class Work>
auto about(const std::string& file, Work&& work) {
  try {
    return work();
  } catch (const UsageError&) {
    throw;
  } catch (const io::OutputError&) {
    throw;
  } catch (const InputError& e) {
    const std::string message = e.what();
    throw InputError(message.starts_with(file + ":") ? message : file + ": " + message);
  }
}

}  // namespace maha::cli
