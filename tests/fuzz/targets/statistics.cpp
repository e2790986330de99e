#include <optional>

#include "core/checksum.hpp"
#include "data/scatters/combine.hpp"
#include "data/scatters/rounding.hpp"
#include "data/scatters/scatter_file.hpp"
#include "fuzz.hpp"
#include "learn/scatters/scatters.hpp"
#include "learn/table.hpp"

namespace maha::fuzz {
namespace {

/// With a checksum behind them that fits: no other statistics are believed.
std::string checked(std::string_view input) {
  Checksum checksum;
  checksum.add_bytes(input);
  return std::string(input) + "checksum " + checksum.text() + "\n";
}

/// What a learner makes of them, of those that take them.
void fit(const data::ScatterFile& file, Choices& choices) {
  static const char* const kLearners[] = {"cov", "pca", "lda", "rca", "gmml", "kissme", "xqda"};
  const std::unique_ptr<learn::Learner> learner = learn::make_learner(choices.of(kLearners));
  if (choices.flag()) learner->preprocessing.scale = prepare::Scale::zscore;
  const auto* pairs = file.pairs ? &*file.pairs : nullptr;
  done([&] {
    learner->learn(learn::scatters_of(file.sums(), file.labeled, pairs ? &pairs->similar : nullptr,
                                      pairs ? &pairs->dissimilar : nullptr),
                   {});
  });
}

}  // namespace

void statistics(std::string_view input) {
  Choices choices(input);
  const std::string learner{static_cast<char>(choices.byte()), static_cast<char>(choices.byte())};
  choices.byte();  // a line feed
  std::optional<data::ScatterFile> file;
  if (!done([&] { file = data::parse_scatters(checked(choices.rest())); })) return;
  require(file->rows() >= 1 && file->dims >= 1, "there are rows and features");
  data::ScatterFile twice = *file;
  if (!done([&] { data::add(twice, *file, "itself"); })) return;
  require(twice.rows() == 2 * file->rows(), "rows add up");
  if (done([&] {
        require(data::subtract(twice, *file, "both"), "what was added is known as a part");
        data::left_by_rounding(twice);
      })) {
    require(twice.rows() == file->rows(), "what was added is taken away");
    for (std::size_t c = 0; c < file->classes.size(); ++c) {
      require(twice.classes[c].sums.sum == file->classes[c].sums.sum, "and leaves the same sums");
      if (file->classes[c].sums.rows > 1)
        require(twice.classes[c].sums.products == file->classes[c].sums.products, "and leaves the same products");
    }
  }
  Choices which(learner);
  fit(*file, which);
}

}  // namespace maha::fuzz
