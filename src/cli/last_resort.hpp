#pragma once

namespace maha::cli {

/// Ends a tool for which no memory is left, not even to throw or to catch: while options are declared, in a destructor,
/// while an error is being told. Asks for none, says so in a line, removes temporary files, and exits with 1. From
/// before main on, this is what std::terminate() does where memory was refused; to be linked is all that it takes.
[[noreturn]] void end_without_memory();

}  // namespace maha::cli
