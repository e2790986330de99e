#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// FNV-1a over bytes, and over the bits of numbers.
class Checksum {
 public:
  void add_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  void add(std::uint64_t bits) {
    for (int byte = 0; byte < 8; ++byte, bits >>= 8) add_byte(bits & 0xFF);
  }
  void add_number(double number) { add(std::bit_cast<std::uint64_t>(number)); }
  void add_bytes(std::string_view bytes) {
    for (const char c : bytes) add_byte(static_cast<unsigned char>(c));
  }
  void add(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      add(name.size());
      add_bytes(name);
    }
  }

  /// Eight bytes at once, and as many times as quick: another sum than add() comes to.
  void add_word(std::uint64_t bits) { hash_ = std::rotl(hash_ ^ bits, 29) * 0x100000001b3ULL; }
  void add_numbers(const double* numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add_word(std::bit_cast<std::uint64_t>(numbers[i]));
  }

  std::uint64_t value() const { return hash_; }

  /// In hexadecimal, 16 digits.
  std::string text() const;

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace maha
