#include "data/formats.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/arff/rows.hpp"
#include "data/array/rows.hpp"
#include "data/csv/rows.hpp"
#include "data/libsvm/rows.hpp"
#include "data/scatters/scatter_file.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kStart = 1 << 16;  // bytes by which a format is recognised: comments may stand before what counts

template <class Rows>
std::unique_ptr<RowSource> open_as(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                   const ReadOptions& options, const Threads& threads) {
  return std::make_unique<Rows>(std::move(input), request, options, threads);
}

/// CSV has no mark, and says itself what a file is that cannot be CSV.
bool is_anything(const std::string&, std::string_view) { return true; }

template <bool (*is_it)(std::string_view)>
bool by_content(const std::string&, std::string_view start) {
  return is_it(start);
}

constexpr RowFormat kFormats[] = {
    {"npy", by_content<is_npy>, open_array<read_npy_header>},
    {"IDX", by_content<is_idx>, open_array<read_idx_header>},
    {"ARFF", by_content<is_arff>, open_arff},
    {"LIBSVM", by_content<is_libsvm>, open_as<LibsvmRows>},
    {"CSV", is_anything, open_as<CsvRows>},  // the last: it takes what nobody else knows
};

}  // namespace

std::span<const RowFormat> row_formats() { return kFormats; }

const RowFormat& format_of(io::Input& input, std::span<const RowFormat> formats) {
  const std::string start(input.start(kStart));
  if (start.starts_with(kScatterMark))
    throw InputError(input.name() + ": is statistics of rows and no rows: a learner takes them by --from");
  std::vector<std::string> names;
  for (const RowFormat& format : formats) {
    names.emplace_back(format.name);
    if (format.recognises(input.name(), start)) return format;
  }
  throw InputError(input.name() + ": is in no format that is read here: " + listing(names));
}

std::unique_ptr<RowSource> open_rows(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                     const ReadOptions& options, const Threads& threads,
                                     std::span<const RowFormat> formats) {
  const RowFormat& format = format_of(*input, formats);
  std::unique_ptr<RowSource> rows = format.open(std::move(input), request, options, threads);
  if (options.keep_records) rows->record_text();  // throws if there is none
  return rows;
}

std::unique_ptr<RowSource> open_rows(const std::string& path, const ColumnRequest& request, const ReadOptions& options,
                                     const Threads& threads, std::span<const RowFormat> formats) {
  return open_rows(std::make_unique<io::Input>(path), request, options, threads, formats);
}

}  // namespace maha::data
