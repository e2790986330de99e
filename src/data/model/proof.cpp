#include "data/model/proof.hpp"

#include <algorithm>
#include <cmath>

#include "core/checksum.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

constexpr const char* kProofFormat = "maha-proof";
constexpr std::string_view kDigestKey = "  \"digest\": \"";

std::string finite(double value) {
  if (!std::isfinite(value)) throw InputError("a number of the proof is not finite");
  return format_number(value);
}

std::string rows_of(const Matrix& numbers) {
  std::string text = "[";
  for (Index i = 0; i < numbers.rows(); ++i) {
    text += i > 0 ? ",\n      [" : "\n      [";
    for (Index j = 0; j < numbers.cols(); ++j) text += (j > 0 ? ", " : "") + finite(numbers(i, j));
    text += "]";
  }
  return text + "\n    ]";
}

const io::Json& member(const io::Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (!object.is_object() || found == object.end()) throw InputError(std::string("not a proof: it has no ") + key);
  return *found;
}

double number_of(const io::Json& value, const std::string& key) {
  if (!value.is_number()) throw InputError(key + " has " + io::brief(value) + ", not a number");
  return value.get<double>();
}

std::string text_of(const io::Json& object, const char* key) {
  const io::Json& value = member(object, key);
  if (!value.is_string()) throw InputError(std::string(key) + " is " + io::brief(value) + ", not a text");
  return value.get<std::string>();
}

Matrix matrix_of(const io::Json& rows, const std::string& key) {
  if (!rows.is_array()) throw InputError(key + " is " + io::brief(rows) + ", not a list of rows");
  Matrix numbers(std::ssize(rows), rows.empty() || !rows[0].is_array() ? 0 : std::ssize(rows[0]));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const io::Json& row = rows[i];
    if (!row.is_array() || std::ssize(row) != numbers.cols())
      throw InputError(key + ": row " + std::to_string(i + 1) + " is no list of " + std::to_string(numbers.cols()));
    for (std::size_t j = 0; j < row.size(); ++j)
      numbers(static_cast<Index>(i), static_cast<Index>(j)) = number_of(row[j], key);
  }
  return numbers;
}

/// Throws InputError unless the text ends in a line with the digest of all before it.
void check_digest(std::string_view text) {
  const std::size_t line = text.rfind(kDigestKey);
  if (line == std::string_view::npos) throw InputError("not a proof: it has no digest");
  if (text.substr(line) != std::string(kDigestKey) + digest(text.substr(0, line)) + "\"\n}\n")
    throw InputError("it was altered: its digest is that of other numbers");
}

}  // namespace

const Matrix& Proof::at(const std::string& name) const {
  const auto found =
      std::find_if(numbers.begin(), numbers.end(), [&](const auto& entry) { return entry.first == name; });
  if (found == numbers.end()) throw InputError("the proof has no " + name);
  return found->second;
}

std::string digest(std::string_view text) {
  Checksum checksum;
  checksum.add_bytes(text);
  return checksum.text();
}

std::string format_proof(const Proof& proof) {
  std::string text = "{\n  \"format\": \"" + std::string(kProofFormat) + "\",\n  \"version\": 1,\n";
  text += "  \"algorithm\": \"" + proof.algorithm + "\",\n";
  text += "  \"objective\": " + finite(proof.objective) + ",\n  \"bound\": " + finite(proof.bound) + ",\n";
  text += "  \"model\": \"" + proof.model + "\",\n  \"numbers\": {";
  for (const auto& [name, numbers] : proof.numbers)
    text +=
        std::string(&name == &proof.numbers.front().first ? "" : ",") + "\n    \"" + name + "\": " + rows_of(numbers);
  text += "\n  },\n";
  return text + std::string(kDigestKey) + digest(text) + "\"\n}\n";
}

Proof parse_proof(std::string_view text) {
  const io::Json root = io::parse_json(text);
  if (text_of(root, "format") != kProofFormat || number_of(member(root, "version"), "version") != 1)
    throw InputError("not a proof of version 1 that maha wrote");
  check_digest(text);
  Proof proof;
  proof.algorithm = text_of(root, "algorithm");
  proof.objective = number_of(member(root, "objective"), "objective");
  proof.bound = number_of(member(root, "bound"), "bound");
  proof.model = text_of(root, "model");
  const io::Json& numbers = member(root, "numbers");
  if (!numbers.is_object()) throw InputError("numbers is " + io::brief(numbers) + ", not an object");
  for (const auto& [name, rows] : numbers.items()) proof.numbers.emplace_back(name, matrix_of(rows, name));
  return proof;
}

}  // namespace maha::data
