#pragma once

#include <initializer_list>
#include <string>

namespace maha::cli {

/// Ends a tool for which no memory is left, not even to throw or to catch: while options are declared, in a destructor,
/// while an error is being told. Asks for none, says so in a line, removes temporary files, and exits with 1. From
/// before main on, this is what std::terminate() does where memory was refused; to be linked is all that it takes.
[[noreturn]] void end_without_memory();

/// Makes those lines begin with this, after the tool's name: "rank 1 of 2: ".
void speak_as(const std::string& name);

/// Ends one whose next step cannot be taken and that can be told nothing, as in a signal handler: with a line of this
/// text, in parts. Removes temporary files, and exits with 1.
[[noreturn]] void end_with(std::initializer_list<const char*> line);

}  // namespace maha::cli
