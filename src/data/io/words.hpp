#pragma once
/// The words by which options, models and experiments call things, beside those of core.

#include "core/words.hpp"
#include "data/rows/read_options.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha {

inline constexpr Words<Votes> kVoteWords{
    {"shrink", Votes::shrink}, {"lowest", Votes::lowest}, {"weighted", Votes::weighted}};
inline constexpr Words<MissingField> kMissingWords{
    {"error", MissingField::error}, {"skip", MissingField::skip_row}, {"mean", MissingField::fill}};

}  // namespace maha
