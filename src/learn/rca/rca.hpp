#pragma once

#include <cstdint>
#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::rca {

struct RcaOptions {
  // Of labels, where samples have no chunks of their own.
  std::optional<Index> chunks{};  ///< how many to draw, >= 1; unset: 100, or as many as there are
  Index chunk_size = 2;           ///< rows of each, >= 2
  std::uint64_t seed = 1;

  Index rank = 0;  ///< number of directions, >= 1; 0: all
  /// Share of the total scatter added to that within chunks; unset: 0, or 1e-3 where that is singular.
  std::optional<double> ridge{};
};

/// The options of maha-rca.
void declare(OptionList& all, RcaOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, RcaOptions& options);

/// Relevant component analysis: M = S_w^-1, S_w the scatter of the rows about the means of their chunks (divisor: the
/// number of rows in chunks). A chunk is a set of rows known to be of one class, whichever it is; other rows do not
/// count. Bar-Hillel, Hertz, Shental & Weinshall, JMLR 6:937-965, 2005, section 2. With a rank R it is preceded by the
/// discriminant analysis of chunks of their section 5.2: V of d x R minimises |V'S_w V| / |V'S_t V|, S_t the scatter of
/// all rows in chunks about their mean, and M = V (V'S_w V)^-1 V'.
///
/// Both come from S_w v = c S_t v, the smallest c first, solved where S_t is the identity: L has the rows v', with
/// v'S_w v = 1. So no invertible linear map of the features changes a distance. Directions in which no two rows in
/// chunks differ get no weight. Where S_w is singular beside S_t, a ridge is added, S_w + ridge S_t, with a warning:
/// the pseudo-inverse would ignore just the directions in which rows of a chunk agree. Each row of L has a positive
/// largest entry.
///
/// The samples' chunks, or else chunks drawn by their labels (prepare/draw/draw_chunks.hpp). Extras: rank; chunks,
/// their number; ridge, if one was added; residual, the largest |S_w v - c S_t v| relative to |S_t v|, in those
/// coordinates. Throws InputError if no chunk has two rows, for more chunks than there are, a rank above d, and values
/// whose squares overflow. Cost: m d min(m, d) + min(m, d)^3 of m rows in chunks.
Fit fit_rca(const Samples& samples, const RcaOptions& options = {}, const Run& run = {});

/// The same of rows known by the scatters of their classes, each of which is a chunk. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const RcaOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::rca
