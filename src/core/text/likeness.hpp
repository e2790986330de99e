#pragma once
/// What a misspelt name was meant to be.

#include <string>
#include <vector>

namespace maha {

/// The name that `word` is most like, if any is so like it that it is probably meant: one that begins with it alone, or
/// one that a slip or two of the fingers tell from it. Of names as like, the first.
const std::string* likeliest(const std::string& word, const std::vector<std::string>& names);

/// `: did you mean 'lmnn'?` for the end of a message about `word`, or nothing.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& names);

}  // namespace maha
