// Reports in words that the processor is too old, instead of a SIGILL at the first AVX2 instruction. It has to run
// before any code built for x86-64-v3. So this file alone is compiled for plain x86-64, is linked into each executable
// as an object, runs before every other constructor, and calls nothing outside the C library.

#include <cpuid.h>
#include <unistd.h>

namespace {

/// Whether the processor supports all of x86-64-v3 (System V ABI, AMD64 supplement, table 3.1) and the system saves its
/// registers.
bool has_x86_64_v3() {
  constexpr unsigned leaf1_ecx = bit_SSE3 | bit_SSSE3 | bit_FMA | bit_CMPXCHG16B | bit_SSE4_1 | bit_SSE4_2 | bit_MOVBE |
                                 bit_POPCNT | bit_OSXSAVE | bit_AVX | bit_F16C;
  constexpr unsigned leaf7_ebx = bit_BMI | bit_AVX2 | bit_BMI2;
  constexpr unsigned extended_ecx = bit_LAHF_LM | bit_LZCNT;
  constexpr unsigned sse_and_avx_state = 6;

  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1_ecx) != leaf1_ecx) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & leaf7_ebx) != leaf7_ebx) return false;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || (c & extended_ecx) != extended_ecx) return false;
  __asm__("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
  return (a & sse_and_avx_state) == sse_and_avx_state;
}

// 101 is the first priority that is not reserved for the compiler.
__attribute__((constructor(101))) void check_processor() {
  if (has_x86_64_v3()) return;
  static const char message[] =
      "maha: this processor lacks AVX2 or FMA, for which maha was built; build it with cmake -DMAHA_MARCH=x86-64\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message, sizeof message - 1);
  _exit(1);
}

}  // namespace
