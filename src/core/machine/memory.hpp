#pragma once

#include <string>

namespace maha {

/// The bytes of a d x d matrix.
inline double square_matrix_bytes(double d) { return d * d * static_cast<double>(sizeof(double)); }

/// The bytes of memory that this process may use: the machine's, or the limit on the address space or on its own data if
/// that is less.
double memory_at_hand();

/// Throws InputError, saying how much is needed and how much there is, if `bytes` exceed the memory that this process
/// may use. To be called before computations whose memory grows faster than their data.
void require_memory(double bytes, const std::string& what);

/// Makes the allocator keep freed memory for the next block instead of returning it to the system. Tools work block by
/// block, and the system clears every page it hands out again. At most 64 MB stay with the process.
void keep_freed_memory();

}  // namespace maha
