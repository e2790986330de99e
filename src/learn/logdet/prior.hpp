#pragma once
/// The option --prior, of learners that stay near to a metric, and what it stands for.

#include <string>
#include <vector>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/samples.hpp"
#include "learn/warning.hpp"

namespace maha::learn::logdet {

/// Its usual value: the Euclidean distance.
inline const std::string kIdentity = "identity";

/// Whether the prior is read from a file.
bool prior_is_model(const std::string& name);

void declare_prior(OptionList& all, std::string& name);
void describe_prior(Hooks& hooks, const std::string& name);

/// Throws InputError if the prior is read from a file and the samples have none.
void check_prior(const Samples& samples, const std::string& name);

/// The samples' own prior or, as the name says, the identity or the inverse covariance of X. Adds a warning if that is
/// the pseudo-inverse of a singular covariance. Throws InputError if a fit by `method` near it would not fit into
/// memory.
metric::Metric prior_of(const Samples& samples, const std::string& name, const std::string& method, const Run& run,
                        std::vector<Warning>& warnings);

}  // namespace maha::learn::logdet
