#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "io/output.hpp"
#include "unit/data/csv_files.hpp"

namespace maha::test {

/// The bytes that write(output) makes of a file.
template <class Write>
std::string written(const Write& write) {
  const TempFile file("");
  io::Output out(file.path());
  write(out);
  out.commit();
  std::ifstream stream(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace maha::test
