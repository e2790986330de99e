#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/inputs/model_rows.hpp"
#include "data/model/model_csv.hpp"

namespace maha::cli {

/// `maha-model export`: a metric's matrix, or its map, for other programs.
class ModelExport {
 public:
  /// Declares --as, --format, --type, and --data with how its rows are read.
  ModelExport(App& app, Options& options);

  /// Writes the model in `file` to `output`; the matrix as a model's JSON where `json` is asked for.
  void run(const std::string& file, const std::string& output, bool json);

 private:
  enum class Format { csv, npy, onnx, faiss, json };
  enum class Type { float64, float32 };

  Format chosen_format(const std::string& output, bool json) const;
  void check(Format format) const;
  void write_index(const data::Model& model, const std::string& output);

  App& app_;
  std::optional<data::MetricForm> form_;
  std::optional<Format> asked_;
  std::optional<Type> type_;
  std::optional<ModelRows> rows_;
};

}  // namespace maha::cli
