#pragma once
/// The pictures there are: what the tools have come to, as panels and series.

#include <string>
#include <vector>

#include "data/experiment/comparison_results.hpp"
#include "data/table/named_columns.hpp"
#include "plot/picture.hpp"

namespace maha {

/// Something with a name, which is that of its series.
template <class T>
struct Named {
  std::string name;
  T value;
};

/// Accuracy (%) of each algorithm on each data set, with a bar of one standard deviation on either side; the key tells
/// the mean ranks where there are several data sets.
Picture comparison_figure(const ResultsSummary& results);

/// Rows in two dimensions, a panel for each way to see them.
struct ProjectionView {
  std::string title;
  Matrix Z;      ///< n x 2
  Vector share;  ///< 2: of all variance
};
/// Coloured and marked by class: y and classes as in Table, or empty. With more than eight classes of one character
/// each, that character is the mark, and there is no key; nor with more than 60. Where all rows lie on a line, each
/// class gets one of its own.
Picture projection_figure(const std::vector<ProjectionView>& views, const Labels& y,
                          const std::vector<std::string>& classes);

enum class TraceAxis { iteration, seconds };
/// The course of fits, as --trace writes it: objective (and bound, dashed; log scale if there are several), and below
/// it the gap, or the validation of fits without one.
Picture trace_figure(const std::vector<Named<NamedColumns>>& traces, TraceAxis along);

/// Eigenvalues of M, the largest first; divided by the largest if `relative`.
Picture spectrum_figure(const std::vector<Named<Vector>>& spectra, bool relative);

/// ROC curves as maha-verify --roc writes them, with the diagonal, the area under each in the key, and the point where
/// both kinds of error are equally frequent.
Picture roc_figure(const std::vector<Named<NamedColumns>>& curves);

/// Distances from anchors to the negatives that samplers drew, as maha-triplet --report-sampling writes them: the
/// share drawn in each interval, over its length, against what is expected; a panel for each sampler.
Picture sampling_figure(const NamedColumns& sampling);

}  // namespace maha
