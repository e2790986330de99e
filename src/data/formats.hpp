#pragma once
/// The formats of files of rows. A new one is a RowSource in a folder of its own and a line in formats.cpp.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/machine/parallel.hpp"
#include "data/columns/columns.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_source.hpp"
#include "io/input.hpp"

namespace maha::data {

struct RowFormat {
  const char* name;

  /// Whether a file is of this format, by its path and by what it begins with, unpacked: 1024 bytes, or all it has.
  bool (*recognises)(const std::string& path, std::string_view start);

  /// Opens it, from its first byte on. Throws InputError naming the file.
  std::unique_ptr<RowSource> (*open)(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                     const ReadOptions& options, const Threads& threads);
};

/// All of them; the first that recognises a file has it.
std::span<const RowFormat> row_formats();

/// The format of a file, whose start is looked at. Throws InputError naming it if it is in none of them.
const RowFormat& format_of(io::Input& input, std::span<const RowFormat> formats = row_formats());

/// Opens a file in the format that it is in. Throws InputError naming the file if it cannot be read, if it is in none
/// of them, or if its records are to be kept and it has none.
std::unique_ptr<RowSource> open_rows(const std::string& path, const ColumnRequest& request, const ReadOptions& options,
                                     const Threads& threads = Threads(),
                                     std::span<const RowFormat> formats = row_formats());
std::unique_ptr<RowSource> open_rows(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                     const ReadOptions& options, const Threads& threads = Threads(),
                                     std::span<const RowFormat> formats = row_formats());

}  // namespace maha::data
