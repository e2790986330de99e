#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "data/table/table.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Why a query is near its neighbours, and why it gets its class.
struct Explanation {
  /// A row of the training file beside the query.
  struct Beside {
    Index row;
    double distance;            ///< unsquared
    RowVector contributions{};  ///< of each feature to the squared distance, which they add up to
  };

  Index query;    ///< of the queries
  int predicted;  ///< class
  double vote_share;
  double radius = std::numeric_limits<double>::infinity();  ///< points nearer than this get the same class
  bool exact = false;                                       ///< whether there are points of another class right beyond
  std::vector<Beside> neighbors;                            ///< nearest first
  std::optional<Beside> other{};                            ///< the nearest row of another class
  RowVector contrast{};  ///< contributions to `other` less those to the nearest row of the class; if there is `other`
  Index next = -1;  ///< the row of another class that wins from the border on, where the radius is attained, if known
  RowVector border{};  ///< the features there; if `next` is known
};

enum class ExplanationForm { csv, json, text };

/// Writes explanations, features in the order of the size of their contrast: those first that tell the query best from
/// the nearest row of another class; without such a row, in the order of the sizes of their contributions.
///
/// CSV: `query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,contrast,
/// query_label`, a line for each feature of each neighbour, ranks from 1, and of the row of another class, its rank
/// `other`; `contrast` is empty but for that, as is the query's own label where it has none. An infinite radius is
/// empty. JSON: an object a line for each query, null for what
/// there is none of. Text: a table for each query.
class ExplanationWriter {
 public:
  /// Keeps references. most: of each row no more features than this are told one by one. Throws InputError if names are
  /// not UTF-8, for JSON.
  ExplanationWriter(io::Output& out, ExplanationForm form, const Table& train, const Table& queries, Index most);

  void write(const Explanation& explanation);

 private:
  std::vector<Index> order(const Explanation& explanation) const;
  void write_csv(const Explanation& e);
  void write_json(const Explanation& e);
  void write_text(const Explanation& e);
  std::string class_name(Index row) const;
  std::string own_label(Index query) const;

  io::Output& out_;
  ExplanationForm form_;
  const Table &train_, &queries_;
  Index most_;
  std::vector<std::string> features_;
  bool first_ = true;
};

}  // namespace maha::data
