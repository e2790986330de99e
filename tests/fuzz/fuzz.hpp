#pragma once
/// What the targets share. A target takes any bytes, and does with them what tools do with a file or an option of these
/// bytes. It is content if that works or throws InputError; it ends the program if a promise is broken.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace maha::fuzz {

/// The targets: a source each in targets/.
void csv(std::string_view input);          ///< a table, with all options of how it is read
void explanation(std::string_view input);  ///< of maha-explain, as maha-plot reads it
void fit(std::string_view input);          ///< a learner with some options on a few rows
void journal(std::string_view input);      ///< of maha-compare
void model(std::string_view input);        ///< in JSON
void options(std::string_view input);      ///< a spec of maha-compare, or the parameters of a model
void pairs(std::string_view input);        ///< pairs, triplets or quadruplets of rows
void results(std::string_view input);      ///< of maha-compare, or the experiment alone
void statistics(std::string_view input);   ///< of rows, as maha-cov --stats writes them, and a fit to them

/// Takes choices from the first bytes of an input; where it ends, they are the first ones. '0' is the first choice, '1'
/// the second, so that inputs can be written by hand.
class Choices {
 public:
  explicit Choices(std::string_view input) : rest_(input) {}

  std::uint8_t byte();
  bool flag() { return below(2) == 1; }

  /// A number in [0, count).
  std::size_t below(std::size_t count) { return static_cast<std::uint8_t>(byte() - '0') % count; }

  template <class T, std::size_t N>
  const T& of(const T (&all)[N]) {
    return all[below(N)];
  }

  std::string_view rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// Prints a line if MAHA_FUZZ_TELL is set: what a target does, for whoever looks into an input.
void tell(const std::string& text);

/// Ends the program, saying what does not hold.
void require(bool holds, const char* what);

/// Whether something is done, and not refused by a message as users get them.
bool done(std::invocable auto&& work) {
  try {
    work();
    return true;
  } catch (const InputError& e) {
    require(*e.what() != '\0', "an error says what is wrong");
    tell(e.what());
    return false;
  }
}

/// Makes these bytes the standard input, from its beginning: readers of files take them from the path "-".
void put_on_stdin(std::string_view bytes);
void rewind_stdin();

}  // namespace maha::fuzz
