#include "prove/prove.hpp"

#include <map>

#include "core/text/number.hpp"

namespace maha::prove {
namespace {

constexpr double kAgree = 1e-8;  // relative: learners lose some digits of the figures that they report to rounding

std::string shown(Interval a) { return "[" + format_number(a.lo) + ", " + format_number(a.hi) + "]"; }

}  // namespace

Interval prove(const Given& given) {
  const auto& [model, proof, X, y, pairs, triplets] = given;
  require(model.algorithm == proof.algorithm, "the proof is of maha-" + proof.algorithm);
  require(model.objective && model.bound, "the model has no objective and bound, as of a fit that was stopped at once");
  require(model.objective == proof.objective && model.bound == proof.bound,
          "the proof is of another objective or bound");
  const std::map<std::string, Proven (*)(const Given&)> proofs{
      {"lmnn", prove_lmnn}, {"mmc", prove_mmc}, {"dml-eig", prove_dml_eig}, {"itml", prove_itml}, {"lsml", prove_lsml}};
  const auto known = proofs.find(proof.algorithm);
  require(known != proofs.end(), "no proof is known of maha-" + proof.algorithm);
  const auto [objective, bound, maximum] = known->second(given);
  const double slack = kAgree * std::abs(proof.objective), of_bound = kAgree * std::abs(proof.bound);
  require(objective.lo - slack <= proof.objective && proof.objective <= objective.hi + slack,
          "the metric's objective is in " + shown(objective) + ", not " + format_number(proof.objective));
  require(maximum ? bound <= proof.bound + of_bound : bound >= proof.bound - of_bound,
          "the bound that follows is " + format_number(bound) + ", not " + format_number(proof.bound));
  return maximum ? Interval(objective.lo, bound) : Interval(bound, objective.hi);
}

}  // namespace maha::prove
