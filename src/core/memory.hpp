#pragma once

#include <string>

namespace maha {

/// The bytes of a d x d matrix.
inline double square_matrix_bytes(double d) { return d * d * static_cast<double>(sizeof(double)); }

/// The bytes of memory that this process may have: the machine's, or the limit on the address space if that is less.
double memory_at_hand();

/// Throws InputError, saying how much is needed and how much there is, if `bytes` are more than the memory that this
/// process may have: asked before a computation starts whose need grows faster than its data.
void require_memory(double bytes, const std::string& what);

/// Has the allocator keep what is freed for the next block, where it would hand it back to the system: tools work block
/// by block, and a page that comes anew is cleared anew. Costs no more than 64 MB that stay with the process.
void keep_freed_memory();

}  // namespace maha
