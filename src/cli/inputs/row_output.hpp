#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::cli {

/// The format that the ending of a file's name tells of, if it does. Throws UsageError for that of a packing, and for that
/// of another format than these, `written`.
std::optional<data::WrittenFormat> format_by_ending(const std::string& path,
                                                    const std::string& written = "csv, npy, libsvm, idx or arff");

/// Throws UsageError: the ending is of another format than these.
[[noreturn]] void refuse_ending(const std::string& path, const std::string& written);

/// The options that say in which format rows are written, and the writers of it.
class RowOutput {
 public:
  /// Declares --format and --type.
  RowOutput(App& app, Options& options);

  /// Decides the format, by --format or else by the ending of the file; that of labels apart by the ending of theirs, or
  /// else as that of the rows. Throws UsageError if --type does not go with it.
  void decide(const std::string& path, const std::optional<std::string>& labels = std::nullopt);

  data::WrittenFormat format() const { return format_; }

  /// Of an output that is open. Errors of the writer name no file.
  std::unique_ptr<data::RowWriter> writer(const std::string& path, const data::WrittenColumns& columns);

  /// For labels alone, which are whole numbers in arrays, if they are.
  std::unique_ptr<data::RowWriter> label_writer(const std::string& path, const data::WrittenColumns& columns);

 private:
  enum class Type { float64, float32, int64, int32, int16, uint8 };
  data::Element element() const;

  App& app_;
  std::optional<data::WrittenFormat> asked_;
  std::optional<Type> type_;
  data::WrittenFormat format_ = data::WrittenFormat::csv, label_format_ = format_;
};

}  // namespace maha::cli
