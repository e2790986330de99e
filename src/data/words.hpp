#pragma once
/// The words by which options, models and experiments call things, beside those of core.

#include "core/options/words.hpp"
#include "data/rows/read_options.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha::data {

inline constexpr Words<eval::Votes> kVoteWords{
    {"shrink", eval::Votes::shrink}, {"lowest", eval::Votes::lowest}, {"weighted", eval::Votes::weighted}};
inline constexpr Words<MissingField> kMissingWords{
    {"error", MissingField::error}, {"skip", MissingField::skip_row}, {"mean", MissingField::fill}};

}  // namespace maha::data
