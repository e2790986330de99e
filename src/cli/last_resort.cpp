#include "cli/last_resort.hpp"

#include <cxxabi.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <typeinfo>

#include "cli/exit_status.hpp"
#include "io/temporary_file.hpp"

namespace maha::cli {
namespace {

std::atomic<bool> refused{false};
std::terminate_handler otherwise = nullptr;

/// An exception that there was no memory for ends a process without being there to be looked at.
[[noreturn]] void refuse() {
  refused = true;
  throw std::bad_alloc();
}

std::array<char, 64> rank_name{};  // "rank 1 of 2: "

void write_error(const char* text) { (void)!::write(STDERR_FILENO, text, std::strlen(text)); }

[[noreturn]] void end() {
  const std::type_info* const thrown = abi::__cxa_current_exception_type();
  const bool of_memory =
      thrown ? *thrown == typeid(std::bad_alloc) || *thrown == typeid(std::bad_array_new_length) : refused.load();
  if (of_memory) end_without_memory();
  otherwise();
  std::abort();
}

/// Before all other objects are made, some of which ask for memory.
__attribute__((constructor(101))) void prepare() {
  otherwise = std::set_terminate(end);
  std::set_new_handler(refuse);
}

}  // namespace

void speak_as(const std::string& name) { name.copy(rank_name.data(), rank_name.size() - 1); }

void end_without_memory() { end_with({"not enough memory"}); }

void end_with(std::initializer_list<const char*> line) {
  io::remove_temporary_files();
  write_error(program_invocation_short_name);
  write_error(": ");
  write_error(rank_name.data());
  for (const char* part : line) write_error(part);
  write_error("\n");
  ::_exit(kBadData);
}

}  // namespace maha::cli
