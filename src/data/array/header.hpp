#pragma once

#include <string_view>

#include "data/array/element.hpp"
#include "io/input.hpp"

namespace maha::data {

/// What the header of a file of one array says of the bytes behind it: rows of as many elements each.
struct ArrayHeader {
  const char* kind = "";  ///< what such a file is called in messages: `a NumPy array`
  Element element;
  Index rows = 0, cols = 0;
  bool by_columns = false;  ///< one column stands behind the other, as Fortran has them
  bool is_vector = false;   ///< of one dimension
};

bool is_npy(std::string_view start);
bool is_idx(std::string_view start);

/// Reads the header off a file of NumPy (format 1 to 3): an array of one dimension is a column, of two it is rows. Throws
/// InputError naming the file if it is broken, or the array is none of numbers or text in such a shape.
ArrayHeader read_npy_header(io::Input& input);

/// The same of IDX, the format of MNIST: what the first dimension counts are rows, the others make columns.
ArrayHeader read_idx_header(io::Input& input);

/// The header of an array of NumPy, as it has it itself: of format 1.
std::string npy_header(const ArrayHeader& header);

/// That of IDX. Throws InputError if there are more rows or columns than it can count.
std::string idx_header(const ArrayHeader& header);

}  // namespace maha::data
