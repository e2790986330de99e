#include "data/model/proof.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "core/error.hpp"

using namespace maha;

namespace {

data::Proof proof_of_two() {
  return {"lmnn",
          0.1 + 0.2,
          -1e-300,
          "0123456789abcdef",
          {{"weights", Matrix{{1, 1e-5}, {-0.25, 3}}}, {"none", Matrix(0, 0)}}};
}

}  // namespace

TEST_CASE("proof: digests are those of FNV-1a") {
  CHECK(data::digest("") == "cbf29ce484222325");
  CHECK(data::digest("a") == "af63dc4c8601ec8c");
  CHECK(data::digest("foobar") == "85944171f73967e8");
}

TEST_CASE("proof: what is written is read, to the same bits") {
  const data::Proof proof = proof_of_two(), back = data::parse_proof(data::format_proof(proof));
  CHECK(back.algorithm == proof.algorithm);
  CHECK(back.objective == proof.objective);
  CHECK(back.bound == proof.bound);
  CHECK(back.model == proof.model);
  CHECK(back.at("weights") == proof.at("weights"));
  CHECK(back.at("none").size() == 0);
  CHECK_THROWS_WITH_AS(back.at("roots"), "the proof has no roots", InputError);
}

TEST_CASE("proof: no character can be another one") {
  const std::string text = data::format_proof(proof_of_two());
  for (std::size_t k = 0; k < text.size(); ++k) {
    std::string other = text;
    other[k] = other[k] == '7' ? '8' : '7';
    CHECK_THROWS_AS(data::parse_proof(other), InputError);
    CHECK_THROWS_AS(data::parse_proof(text.substr(0, k)), InputError);
  }
}

TEST_CASE("proof: what is no proof is refused, and no number that JSON has not") {
  const auto with_digest = [](const std::string& text) {
    return text + "  \"digest\": \"" + data::digest(text) + "\"\n}\n";
  };
  const std::string head =
      "{\"format\":\"maha-proof\",\"version\":1,\"algorithm\":\"mmc\",\"objective\":1,\"bound\":1,\"model\":\"\",";
  CHECK(data::parse_proof(with_digest(head + "\"numbers\":{\"a\":[[1,2]]},\n")).at("a").cols() == 2);
  CHECK_THROWS_WITH_AS(data::parse_proof(with_digest(head + "\"numbers\":{\"a\":[[1,2],[1]]},\n")),
                       "a: row 2 is no list of 2", InputError);
  CHECK_THROWS_AS(data::parse_proof(with_digest(head + "\"numbers\":{\"a\":[[1,null]]},\n")), InputError);
  CHECK_THROWS_AS(data::parse_proof(with_digest(head + "\"numbers\":[],\n")), InputError);
  CHECK_THROWS_WITH_AS(data::parse_proof("{}"), "not a proof: it has no format", InputError);
  CHECK_THROWS_AS(data::parse_proof("[1]"), InputError);
  data::Proof infinite = proof_of_two();
  infinite.bound = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH_AS(data::format_proof(infinite), "a number of the proof is not finite", InputError);
}
