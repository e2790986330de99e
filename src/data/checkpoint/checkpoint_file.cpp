#include "data/checkpoint/checkpoint_file.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "core/checksum.hpp"
#include "core/error.hpp"

namespace maha::data {
namespace {

constexpr std::string_view kName = "maha-checkpoint ";
// The version of the format, of what fits name as their state, and whether numbers begin with their low bytes.
constexpr std::string_view kVersion = std::endian::native == std::endian::little ? "1 little-endian" : "1 big-endian";
constexpr std::size_t kDigits = 16;  // of a checksum

std::string checksum_of(std::string_view bytes) {
  Checksum checksum;
  checksum.add_bytes(bytes);
  return checksum.text();
}

std::string line(std::string_view key, const std::string& value) { return std::string(key) + " " + value + "\n"; }

std::string head_of(const CheckpointFile& file, std::size_t state) {
  return std::string(kName) + std::string(kVersion) + "\n" + line("maha", file.maha) + line("tool", file.tool) +
         line("options", file.options) + line("data", file.data) + line("state", std::to_string(state));
}

/// Takes the line `key value` off the front.
std::string take_line(std::string_view& bytes, std::string_view key) {
  const std::size_t end = bytes.find('\n');
  const std::string_view all = bytes.substr(0, end);
  if (end == std::string_view::npos || all.substr(0, key.size() + 1) != std::string(key) + " ")
    throw InputError("is no checkpoint: there is no line '" + std::string(key) + " ...'");
  bytes.remove_prefix(end + 1);
  return std::string(all.substr(key.size() + 1));
}

}  // namespace

void write_checkpoint(io::Output& out, const CheckpointFile& file, std::string_view state) {
  const std::string head = head_of(file, state.size());
  Checksum checksum;
  checksum.add_bytes(head);
  checksum.add_bytes(state);
  out.write(head);
  out.write(state);
  out.write(checksum.text() + "\n");
}

CheckpointFile parse_checkpoint(std::string_view bytes) {
  if (bytes.substr(0, kName.size()) != kName) throw InputError("is no checkpoint");
  const std::string_view opening = bytes.substr(kName.size(), bytes.find('\n') - kName.size());
  if (opening != kVersion) {
    throw InputError("is a checkpoint of another format: " + std::string(opening.substr(0, 40)) + " and not " +
                     std::string(kVersion));
  }
  // The checksum comes first: nothing of a file that was altered is believed.
  const std::size_t end = bytes.size() - std::min(bytes.size(), kDigits + 1);
  if (bytes.back() != '\n' || bytes.substr(end, kDigits) != checksum_of(bytes.substr(0, end)))
    throw InputError("is no whole checkpoint: its checksum is wrong, so it was cut off or altered");
  std::string_view rest = bytes.substr(0, end);
  rest.remove_prefix(rest.find('\n') + 1);
  CheckpointFile file;
  file.maha = take_line(rest, "maha");
  file.tool = take_line(rest, "tool");
  file.options = take_line(rest, "options");
  file.data = take_line(rest, "data");
  const std::string size = take_line(rest, "state");
  if (size != std::to_string(rest.size())) throw InputError("is no checkpoint: its size is wrong");
  file.state = rest;
  return file;
}

}  // namespace maha::data
