#include "data/arff/rows.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "data/columns/column_hints.hpp"
#include "data/csv/rows.hpp"
#include "data/rows/row_filter.hpp"

namespace maha::data {
namespace {

/// Whether the last attribute is the label, though it may have numbers for classes, and no name that says so.
bool has_nominal_label(const std::vector<ArffText::Attribute>& attributes, const ColumnRequest& request) {
  const bool is_open = !request.label && !request.unlabeled && !request.target && !request.model_label &&
                       !request.like && !request.dims && request.features.empty();
  const bool is_named =
      std::any_of(attributes.begin(), attributes.end(), [](const auto& a) { return named_like_a_label(a.name); });
  return is_open && !is_named && attributes.back().is_nominal;
}

}  // namespace

std::unique_ptr<RowSource> open_arff(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                     const ReadOptions& options, const Threads& threads) {
  ReadOptions of_csv = options;
  ColumnRequest asked = request;
  if (request.header == Header::no) throw InputError(input->name() + ": is ARFF, whose columns have names: no -n");
  asked.header = Header::guess;
  refuse_csv_options(options, asked, input->name(), "ARFF");
  asked.header = Header::yes;
  of_csv.dialect.delimiter = ',';
  const std::string name = input->name();
  auto text = std::make_shared<ArffText>(std::move(input));
  const std::string last = text->attributes().back().name;
  const bool dropped = std::find(asked.drop.begin(), asked.drop.end(), last) != asked.drop.end() || asked.id == last;
  if (!dropped && has_nominal_label(text->attributes(), asked)) asked.label = last;
  auto csv = std::make_unique<io::Input>(name, [text](char* to, std::size_t size) { return text->read(to, size); });
  return std::make_unique<CsvRows>(std::move(csv), asked, of_csv, threads);
}

}  // namespace maha::data
