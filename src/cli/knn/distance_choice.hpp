#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "prepare/preprocessing.hpp"

namespace maha::cli {

/// The distance of a tool that measures under any: that of a model (-m), or Euclidean, over the features as they are or
/// preprocessed by --scale, --kernel and --pca.
class DistanceChoice {
 public:
  /// Declares -m and the options of preprocessing.
  explicit DistanceChoice(App& app);

  bool has_model() const { return model_path_.has_value(); }
  std::string model_name() const { return model_path_.value_or(""); }

  /// Throws UsageError if there are both a model and a preprocessing, or options of it that contradict each other.
  void check() const;

  /// Reads the model, if there is one.
  void read_model();

  /// Reads the first file: with the columns of the model, or fitting the preprocessing to its rows. X has those that are
  /// dealt to this rank; to fit a preprocessing, each rank holds all of them meanwhile.
  data::Table read(CsvInput& input, const std::string& path);

  const std::optional<data::Model>& model() const { return model_; }  ///< after read_model()
  /// The distance as a metric over the features of the files; after read(). Throws InputError if it is that of a
  /// kernel or of a network.
  metric::Metric metric() const;
  const prepare::PreprocessingOptions& scaling() const { return scaling_; }
  const prepare::Preprocessing& preprocessing() const { return *preprocessing_; }  ///< without a model, after read()

 private:
  App& app_;
  std::optional<std::string> model_path_;
  prepare::PreprocessingOptions scaling_;
  std::optional<data::Model> model_;
  std::optional<prepare::Preprocessing> preprocessing_;
};

}  // namespace maha::cli
