#pragma once
/// Arrays as NumPy writes them.

#include <string>
#include <vector>

namespace maha::test {

/// A file of float64, row by row, of this shape: "(4, 3)".
inline std::string npy(const std::string& shape, const std::vector<double>& numbers) {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
  header.resize(117, ' ');
  std::string file = std::string("\x93NUMPY\1\0v\0", 10) + header + '\n';
  return file.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
}

}  // namespace maha::test
