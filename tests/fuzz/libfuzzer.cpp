/// Lets libFuzzer make up inputs for one target, MAHA_FUZZ_TARGET.

#include <chrono>
#include <ctime>

#include "fuzz.hpp"

namespace {

void run(const std::uint8_t* bytes, std::size_t size) {
  maha::fuzz::MAHA_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

/// An input may take a second. Where others have the processor meanwhile that is no second of ours: what took longer is
/// tried once more, by the clock of the process.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto begin = std::chrono::steady_clock::now();
  run(bytes, size);
  if (std::chrono::steady_clock::now() - begin < std::chrono::seconds(1)) return 0;
  const std::clock_t before = std::clock();
  run(bytes, size);
  maha::fuzz::require(std::clock() - before < CLOCKS_PER_SEC, "an input takes less than a second");
  return 0;
}
