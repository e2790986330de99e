# One interface target, maha_build, carries what all our own code is compiled with.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(MAHA_MARCH "x86-64-v3" CACHE STRING
    "Processor to build for (-march): x86-64-v3 needs AVX2 and FMA; x86-64 runs everywhere; native is this machine")
else()
  set(MAHA_MARCH "" CACHE STRING "Processor to build for (-march); empty is the compiler's default")
endif()

add_library(maha_build INTERFACE)
target_compile_features(maha_build INTERFACE cxx_std_20)
if(MAHA_MARCH)
  target_compile_options(maha_build INTERFACE -march=${MAHA_MARCH})
endif()
# Without contraction gcc and clang round alike, so distances tie alike. Eigen's kernels ask for FMA by name.
target_compile_options(maha_build INTERFACE -ffp-contract=off)
# gcc 12 makes one rounding of two all the same where it packs a sum and a difference of products into one instruction.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(maha_build INTERFACE -fno-tree-slp-vectorize)
endif()
# Our own tiles are the only parallelism, and memory is aligned alike in whatever links with us.
target_compile_definitions(maha_build INTERFACE EIGEN_DONT_PARALLELIZE EIGEN_MAX_ALIGN_BYTES=32)
if(MAHA_SANITIZE)
  target_compile_options(maha_build INTERFACE -fsanitize=${MAHA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # What is left out AddressSanitizer sees anyhow, or has no place to happen but where bytes of files are taken for
  # numbers, and Eigen takes twice as long to compile with it.
  if(NOT MAHA_SANITIZE_ALL)
    target_compile_options(maha_build INTERFACE -fno-sanitize=null,object-size,vptr,pointer-overflow
      $<$<NOT:$<BOOL:$<TARGET_PROPERTY:MAHA_TAKES_BYTES>>>:-fno-sanitize=alignment>)
  endif()
  # Where it stands fixed in memory a tool has less to set right when it starts, and the tests start thousands.
  target_link_options(maha_build INTERFACE -fsanitize=${MAHA_SANITIZE} -no-pie)
endif()

add_library(maha_warnings INTERFACE)
target_compile_options(maha_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  # gcc 12 warns of what std::string's own members do once they are inlined
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow>)
if(MAHA_WERROR)
  target_compile_options(maha_warnings INTERFACE -Werror)
endif()
