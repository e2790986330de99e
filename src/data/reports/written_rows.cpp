#include "data/reports/written_rows.hpp"

#include <vector>

#include "core/error.hpp"

namespace maha::data {

void require_values(const RowSource& source, const MatrixRef& X) {
  if (X.allFinite()) return;
  throw InputError(source.name() + ": values are missing, and the model has none to stand for them");
}

void write_rows(io::Output& output, Index n, const Threads& threads,
                const std::function<void(std::string& text, Index i)>& append) {
  constexpr Index kRowsOfText = 256;  // made together: some 10 kB
  std::vector<std::string> texts(static_cast<std::size_t>((n + kRowsOfText - 1) / kRowsOfText));
  threads.for_ranges(n, kRowsOfText, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) append(texts[static_cast<std::size_t>(begin / kRowsOfText)], i);
  });
  for (const std::string& text : texts) output.write(text);
}

}  // namespace maha::data
