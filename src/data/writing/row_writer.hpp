#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "data/array/element.hpp"
#include "data/rows/row_source.hpp"
#include "io/output.hpp"

namespace maha::data {

/// The formats in which rows are written.
enum class WrittenFormat { csv, npy, libsvm, idx, arff };

/// What a tool has for labels that a format has no place for: the ends of messages.
struct LabelRemedies {
  const char* of_text = "--drop it, or number the classes first: maha-convert --classes";
  const char* of_rows = "--drop it";  ///< that are to stand without labels
};

/// What is written of each row: an id, the features, a label or target, in this order.
struct WrittenColumns {
  std::optional<std::string> id;
  std::vector<std::string> features;  ///< names; empty where they have none
  Index dims = 0;
  std::optional<std::string> label;  ///< its name, empty where it has none
  bool label_is_target = false;
  LabelRemedies remedies{};
};

/// The columns of a file as they are handed on.
WrittenColumns written_columns(const Columns& columns);

/// Writes blocks of rows in a format. What it cannot hold is an InputError that says what to do, never left out.
class RowWriter {
 public:
  RowWriter() = default;
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  virtual ~RowWriter() = default;

  virtual void write(const RowBlock& block) = 0;

  /// After the last block.
  virtual void finish() {}
};

/// `element`: of arrays, npy and IDX; the other formats pass it over. The output must outlive the writer.
std::unique_ptr<RowWriter> row_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                      const Element& element, const Threads& threads);

// One for each format; row_writer() chooses.
std::unique_ptr<RowWriter> csv_writer(io::Output& out, const WrittenColumns& columns, const Threads& threads);
std::unique_ptr<RowWriter> array_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                        const Element& element);
std::unique_ptr<RowWriter> libsvm_writer(io::Output& out, const WrittenColumns& columns, const Threads& threads);
std::unique_ptr<RowWriter> arff_writer(io::Output& out, const WrittenColumns& columns);

/// Labels alone as an array of this element; without one, of whole numbers, int64 or in IDX int32, or of float64 if they
/// are no such numbers, for which they wait in memory.
std::unique_ptr<RowWriter> label_array_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                              const std::optional<Element>& element);

/// The rows of a matrix as an array of NumPy. Throws InputError if a number does not fit.
void write_array(io::Output& out, const Matrix& rows, const Element& element);

/// The number that a label is, for formats that hold only numbers. Throws InputError if it is text.
double label_number(const std::string& label, const LabelRemedies& remedies);

}  // namespace maha::data
