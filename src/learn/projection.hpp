#pragma once
/// What learners that keep the leading directions of an eigenproblem have in common.

#include <optional>
#include <string>

#include "core/types.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn {

/// Where a scatter is singular: small beside all of it, and enough to keep distances in bounds.
inline constexpr double kRidgeOfSingular = 1e-3;
/// The share of a whole scatter that rounding may leave of a part that is 0.
inline constexpr double kNoShare = 1e-10;

/// The option --rank R; 0: not given.
void declare_rank(OptionList& all, Index& rank, const std::string& help);

/// Throws InputError if more directions are asked for than there are features.
void require_rank(Index rank, Index features);

/// The ridge that was asked for. Otherwise 0, or kRidgeOfSingular with this warning of the fit where one of the
/// directions has no share of the whole.
double ridge_for(const std::optional<double>& asked, const Vector& shares, const std::string& warning, Fit& fit);

}  // namespace maha::learn
