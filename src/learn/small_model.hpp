#pragma once

#include <string>

#include "core/types.hpp"

namespace maha::learn {

/// Throws InputError if a model with `rows` x d numbers would have more than a gigabyte of text, for which its readers
/// need several times the memory: "`what` is a full matrix of 8000 x 8000, a model of 1.3 GB`remedy`".
void require_small_model(Index rows, Index d, const std::string& what, const std::string& remedy);

}  // namespace maha::learn
