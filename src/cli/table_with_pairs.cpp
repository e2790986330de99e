#include "cli/table_with_pairs.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "data/io/input.hpp"
#include "data/table/pairs.hpp"

namespace maha::cli {

TableWithPairs::TableWithPairs(App& app, CsvInput& input, const std::string& without) : app_(app), input_(input) {
  app.input("file", file_, "CSV file of the rows; - is standard input");
  app.input("--pairs", pairs_file_,
            "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0" +
                (without.empty() ? "" : " (default: " + without + ")"));
  if (without.empty()) app.require("--pairs");
}

void TableWithPairs::read(const Model* model) {
  table = model ? input_.read(file_, learned_columns(*model)) : input_.read(file_);
  if (!pairs_file_) return;
  const RowNames rows(table);
  app_.about_to_read(*pairs_file_);
  pairs = read_pairs(*pairs_file_, rows, rows, Answers::required, input_.request.header, input_.companion()).pairs;
}

void TableWithPairs::require_both_kinds() const {
  const auto similar = std::count_if(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.similar; });
  if (similar > 0 && similar < std::ssize(pairs)) return;
  throw InputError(input_name(*pairs_file_) + ": there is no " + (similar == 0 ? "similar" : "dissimilar") + " pair");
}

}  // namespace maha::cli
