#pragma once

#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::eval {

struct EnergyOptions {
  Index k = 3;                             ///< target neighbours, those of the fit
  double push_weight = 0.5;                ///< mu of the fit
  double margin = 0;                       ///< m: of the query against other classes
  bool drop_small_classes = false;         ///< the fit went on without the classes of at most k rows
  std::vector<std::string> class_names{};  ///< for messages
};

/// LMNN's energy classification: a query t gets the class c with the least
///   E(c) = (1-mu) sum_{j~>t} D(t,j) + mu sum_{j~>t, y_l != c} [m + D(t,j) - D(t,l)]_+
///          + mu sum_{y_i != c, j~>i} [1 + D(i,j) - D(i,t)]_+ ,
/// the change that it would make to LMNN's objective as a row of class c: j~>t are the k rows of c nearest to t, the
/// second sum is over rows that would invade its neighbourhood, the third over rows whose neighbourhood it would
/// invade. Weinberger & Saul, JMLR 10:207-244, 2009, section 5. The paper prints m = 1; its figures are met with m = 0.
///
/// X: n x r training rows, y their classes >= 0, queries: m x r, all mapped to where D is the squared Euclidean
/// distance. target_space: n x q, the training rows as the fit saw them, between which the k targets j~>i of a row are
/// the nearest of its class. Ties go to the lower class. Throws InputError if sizes differ, or if a class has at most k
/// rows, unless such shall be dropped: then its rows do not count, and no query gets it. Cost: range searches of
/// training rows among the queries and of queries among the training rows; a class is left out once a part of its
/// energy exceeds another's.
Labels classify_by_energy(const MatrixRef& X, const Labels& y, const MatrixRef& target_space, const MatrixRef& queries,
                          const EnergyOptions& options, const Threads& threads = Threads());

}  // namespace maha::eval
