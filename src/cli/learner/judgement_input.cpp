#include "cli/learner/judgement_input.hpp"

#include "core/error.hpp"
#include "data/pairs/quadruplets.hpp"
#include "data/pairs/triplets.hpp"

namespace maha::cli {

void JudgementInput::declare(App& app, learn::From from) {
  of_quadruplets_ = from == learn::From::labels_or_quadruplets;
  if (!of_quadruplets_ && from != learn::From::labels_or_triplets) return;
  option_ = of_quadruplets_ ? "--quadruplets" : "--triplets";
  const std::string columns = of_quadruplets_ ? "i,j,k,l (i,j is nearer than k,l)" : "anchor,near,far";
  app.input(option_, file_, "in place of labels: CSV file " + columns + ", rows by number, or with --id by id");
  app.choice(option_ + "-header", header_, {{"yes", data::Header::yes}, {"no", data::Header::no}},
             "whether its first line is a header (default: found out)");
}

void JudgementInput::check() const {
  if (!given() && header_ != data::Header::guess) throw UsageError(option_ + "-header: goes with " + option_ + " FILE");
}

void JudgementInput::read(App& app, const data::Table& table, const data::CsvDialect& dialect, Companions& into) const {
  if (!given()) return;
  app.about_to_read(*file_);
  const data::RowNames rows(table);
  if (of_quadruplets_) {
    into.quadruplets = data::read_quadruplets(*file_, rows, header_, dialect);
  } else {
    into.triplets = data::read_triplets(*file_, rows, header_, dialect);
  }
}

}  // namespace maha::cli
