#pragma once
/// The words by which options, models and experiments call things.

#include <initializer_list>
#include <utility>

#include "core/preprocessing_options.hpp"
#include "data/row_parser.hpp"
#include "eval/knn_classifier.hpp"

namespace maha {

template <class E>
using Words = std::initializer_list<std::pair<const char*, E>>;

inline constexpr Words<Votes> kVoteWords{
    {"shrink", Votes::shrink}, {"lowest", Votes::lowest}, {"weighted", Votes::weighted}};
inline constexpr Words<Scale> kScaleWords{{"none", Scale::none}, {"zscore", Scale::zscore}, {"minmax", Scale::minmax}};
inline constexpr Words<MissingField> kMissingWords{
    {"error", MissingField::error}, {"skip", MissingField::skip_row}, {"mean", MissingField::fill}};

}  // namespace maha
