#pragma once

#include <string>
#include <vector>

#include "data/table/named_columns.hpp"
#include "data/table/table.hpp"
#include "experiment/results/results.hpp"
#include "plot/figures/figures.hpp"

namespace maha::page {

/// Results that maha-compare wrote, and the name of their file.
struct Part {
  std::string source;
  experiment::Results results;
  bool has_times = false;
};

/// Puts into results the times that maha-compare --times wrote beside them. Throws InputError naming the file's line:
/// a run that is not theirs, that is there twice, or that is missing, or no time.
void add_times(Part& part, const data::NamedColumns& times);

/// Rows to show in two dimensions, coloured by class.
struct Projection {
  std::string name;
  plot::ProjectionView view;         ///< of the rows that are shown, each with what is said of it
  Labels y;                          ///< their classes; empty without
  std::vector<std::string> classes;  ///< and how these are called
  std::string label;                 ///< the name of their column
  Index rows = 0;                    ///< that there are
};
inline constexpr Index kMostRows = 5000;  ///< of a projection

/// The rows of a table on a plane, n x 2, with the shares of their variance along its directions; of more than
/// kMostRows so many, from all over the table.
Projection projection_of(const data::Table& table, const Matrix& Z, const Vector& share);

struct PageOptions {
  std::string title;           ///< empty: what was compared
  double significance = 0.05;  ///< of Nemenyi's test, by which mean ranks are told apart
};

/// One HTML page about results, whole in itself: nothing is loaded, and whatever names they have, only the page's own
/// script runs. The same results give the same bytes.
std::string report_page(const std::vector<Part>& parts, const std::vector<Projection>& projections,
                        const PageOptions& options);

}  // namespace maha::page
