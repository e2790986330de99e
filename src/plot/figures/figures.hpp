#pragma once
/// All pictures: results of the tools as panels and series.

#include <optional>
#include <string>
#include <vector>

#include "data/reports/told_explanation.hpp"
#include "data/table/named_columns.hpp"
#include "experiment/results/results_summary.hpp"
#include "plot/picture.hpp"

namespace maha::plot {

/// Something with the name of its series.
template <class T>
struct Named {
  std::string name;
  T value;
};

/// Accuracy (%) of each algorithm on each data set, with bars of one standard deviation; of a regression the RMSE, a
/// panel for each data set. With several data sets the key shows mean ranks.
Picture comparison_figure(const experiment::ResultsSummary& results);

/// The mean ranks of algorithms over several data sets on an axis, the best on the right, and bars that join those
/// whose ranks differ by less than `critical_difference` (J. Demsar, JMLR 7:1-30, 2006, figure 1). `level`: of
/// Nemenyi's test, which that is of. Throws InputError unless there are two data sets and two algorithms, each with a
/// rank.
Picture ranks_figure(const experiment::ResultsSummary& results, double critical_difference, double level);

/// How the error of a learner goes with one of its options, over algorithms whose specs differ in its value alone, a
/// number: a line for each learner with its other options, and a band of one standard deviation; algorithms without the
/// option are level lines. A panel for each data set, or, of errors of one line, a line for each. Values that span
/// more than two decades have a log axis. `option`: by its name, or the only one whose values differ. Throws InputError
/// if that is none, or if there are several.
Picture path_figure(const experiment::ResultsSummary& results, const std::optional<std::string>& option);

/// Neighbours, besides the row of another class, that an explanation's picture has colours for.
inline constexpr std::size_t kMostNeighbors = 6;

/// What features contribute to the squared distance of a row to its nearest neighbours and to the nearest row of
/// another class: bars for the first `top` features, as they came, and one that sums up the others.
Picture explanation_figure(const data::ToldExplanation& told, Index top);

/// Weights of features, the `top` largest by their size; `what` they are stands at the axis.
Picture weights_figure(const std::vector<std::string>& features, const Vector& weights, const std::string& what,
                       Index top);

/// Rows in two dimensions; one panel for each view.
struct ProjectionView {
  std::string title;
  Matrix Z;                          ///< n x 2
  Vector share;                      ///< 2: shares of the variance
  std::vector<std::string> names{};  ///< n, of the rows, for pictures in which these can be asked; or none
};
/// Rows coloured and marked by class: y and classes as in Table, or empty. A unit is as long on one axis as on the
/// other. More than eight classes whose names are single characters are marked by these, without a key. There is no key
/// for more than 60 classes either. If all rows lie on a line, each class is drawn on a line of its own. Classes that
/// are more than eight numbers, some of them not whole, or more than 30 whole ones, are quantities: rows then have
/// colours of a gradient, whose bar shows their column's name, `label`.
Picture projection_figure(const std::vector<ProjectionView>& views, const Labels& y,
                          const std::vector<std::string>& classes, const std::string& label = "");

enum class TraceAxis { iteration, seconds };
/// The course of fits by iteration, or by epoch of networks, as --trace writes it: the objective (and the bound,
/// dashed; log scale if there are several fits), and below it the gap, or the validation error of fits without a gap.
Picture trace_figure(const std::vector<Named<data::NamedColumns>>& traces, TraceAxis along);

/// Eigenvalues of M, largest first; divided by the largest if `relative`.
Picture spectrum_figure(const std::vector<Named<Vector>>& spectra, bool relative);

/// ROC curves as maha-verify --roc writes them, with the diagonal, the area under each curve in the key, and the points
/// of equal error.
Picture roc_figure(const std::vector<Named<data::NamedColumns>>& curves);

/// Distances from anchors to the negatives that samplers drew, as maha-triplet --report-sampling writes them: the
/// density of draws in each interval and the expected density; one panel for each sampler.
Picture sampling_figure(const data::NamedColumns& sampling);

}  // namespace maha::plot
