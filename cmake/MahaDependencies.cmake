# Libraries come from the system. All that are missing are named at once, with the command that installs them.

set(MAHA_MISSING "")
macro(maha_find package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND MAHA_MISSING ${debian})
  endif()
endmacro()

maha_find(Threads libc6-dev)
maha_find(Eigen3 libeigen3-dev 3.4)
maha_find(spectra libspectra-dev)
maha_find(CLI11 libcli11-dev)
maha_find(nlohmann_json nlohmann-json3-dev)
maha_find(FastFloat libfast-float-dev)
maha_find(ZLIB zlib1g-dev)
maha_find(Boost libboost-dev)
if(MAHA_TESTS)
  maha_find(doctest doctest-dev)
endif()

if(MAHA_MISSING)
  list(JOIN MAHA_MISSING " " packages)
  message(FATAL_ERROR "maha needs packages that are not installed. On Debian or Ubuntu:\n"
    "  sudo apt-get install ${packages}\n")
endif()
