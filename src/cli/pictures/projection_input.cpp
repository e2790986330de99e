#include "cli/pictures/projection_input.hpp"

#include "cli/about.hpp"
#include "cli/inputs/model_io.hpp"
#include "plot/figures/figures.hpp"
#include "prepare/preprocessing.hpp"
#include "prepare/principal_plane.hpp"

namespace maha::cli {

ProjectionInput::ProjectionInput(App& app, Options& options)
    : app_(app), input_(app, options, data::LabelUse::optional) {
  options.rows("file", file_, "CSV file; - is standard input");
  options.input("-m,--model", model_file_, "model as a learner wrote it");
  options.add(scaling_);
}

plot::Picture ProjectionInput::figure() {
  prepare::check(scaling_);
  std::optional<data::Model> model;
  if (model_file_) model = read_model(app_, *model_file_);
  const data::Table table = model ? input_.read(file_, learned_columns(*model)) : input_.read(file_);
  const prepare::Preprocessing before =
      about(table.name, [&] { return prepare::fit_preprocessing(table.X, scaling_, app_.threads()); });

  std::vector<plot::ProjectionView> views;
  const auto add = [&](const std::string& title, const Matrix& rows) {
    prepare::PrincipalPlane plane = prepare::principal_plane(rows, app_.threads());
    views.push_back({title, std::move(plane.Z), std::move(plane.share)});
  };
  const std::string before_model = scaling_.kernel.any() ? "kernel features" : "scaled features";
  add(scaling_.any() ? before_model : "features", before.apply(table.X, app_.threads()));
  if (model)
    add("learned" + (model->algorithm ? " by " + *model->algorithm : ""), model->transform(table.X, app_.threads()));
  return plot::projection_figure(views, table.y, table.classes, table.columns.label_name());
}

}  // namespace maha::cli
