#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

#include "learn/fit.hpp"

/// What a fit came to, by the name that a model gives it; nullopt if there is no such number.
inline std::optional<double> value_of(const maha::learn::Fit& fit, const std::string& key) {
  if (key == "objective") return fit.objective;
  if (key == "bound") return fit.bound;
  if (key == "gap") return fit.gap;
  if (key == "iterations") return fit.iterations ? std::optional(static_cast<double>(*fit.iterations)) : std::nullopt;
  if (key == "rows") return fit.rows ? std::optional(static_cast<double>(*fit.rows)) : std::nullopt;
  const maha::Report::Value* value = fit.extras.find(key);
  if (!value) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(value)) return static_cast<double>(*whole);
  return std::get<double>(*value);
}

inline double number(const maha::learn::Fit& fit, const std::string& key) {
  const std::optional<double> value = value_of(fit, key);
  REQUIRE(value.has_value());
  return *value;
}

inline bool converged(const maha::learn::Fit& fit) { return fit.converged.value(); }

/// The samples with a model to start from, or a prior.
inline maha::learn::Samples started(maha::learn::Samples samples, maha::learn::Learned init) {
  samples.init = std::move(init);
  return samples;
}
inline maha::learn::Samples with_prior(maha::learn::Samples samples, maha::metric::Metric prior) {
  samples.prior = std::move(prior);
  return samples;
}
