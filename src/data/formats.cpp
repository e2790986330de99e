#include "data/formats.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/csv/rows.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kStart = 1024;  // bytes by which a format is recognised

template <class Rows>
std::unique_ptr<RowSource> open_as(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                   const ReadOptions& options, const Threads& threads) {
  return std::make_unique<Rows>(std::move(input), request, options, threads);
}

/// CSV has no mark, and says itself what a file is that cannot be CSV.
bool is_anything(const std::string&, std::string_view) { return true; }

constexpr RowFormat kFormats[] = {
    {"CSV", is_anything, open_as<CsvRows>},  // the last: it takes what nobody else knows
};

}  // namespace

std::span<const RowFormat> row_formats() { return kFormats; }

std::unique_ptr<RowSource> open_rows(const std::string& path, const ColumnRequest& request, const ReadOptions& options,
                                     const Threads& threads, std::span<const RowFormat> formats) {
  auto input = std::make_unique<io::Input>(path);
  const std::string start(input->start(kStart));
  std::vector<std::string> names;
  for (const RowFormat& format : formats) {
    names.emplace_back(format.name);
    if (!format.recognises(path, start)) continue;
    std::unique_ptr<RowSource> rows = format.open(std::move(input), request, options, threads);
    if (options.keep_records) rows->record_text();  // throws if there is none
    return rows;
  }
  throw InputError(input->name() + ": is in no format that is read here: " + listing(names));
}

}  // namespace maha::data
