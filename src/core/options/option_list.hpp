#pragma once
/// Options, each declared once, beside the variable that it sets. From the declaration come parsing (of command lines
/// and of maha-compare's specs), help, range errors, and the parameters that a model records.

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "core/options/takes.hpp"
#include "core/options/words.hpp"
#include "core/report.hpp"
#include "core/types.hpp"

namespace maha {

/// T, also for an optional T.
template <class T>
struct HeldBy {
  using Type = T;
};
template <class T>
struct HeldBy<std::optional<T>> {
  using Type = T;
};
template <class Variable>
using Held = typename HeldBy<Variable>::Type;

/// Reads an option's text as a number. Throws UsageError, beginning with the option's names, if it is not a number or
/// does not fit the type.
template <class Number>
Number number_from(const std::string& names, const std::string& text);

/// One option. Its declaration may add a range, and whether models record it. By default they record it if it has a
/// value, unless it is a flag that is off.
class Option {
 public:
  using Value = std::optional<Report::Value>;  ///< nothing: not given, or not to be recorded

  /// `value` returns what the variable holds now; `standing` is the default that help shows.
  Option(std::string names, std::string kind, std::string help, std::function<void(const std::string&)> set,
         std::function<Value()> value, std::string standing);

  Option& above(double bound) { return bounded(low_, {bound, true}); }
  Option& at_least(double bound) { return bounded(low_, {bound, false}); }
  Option& below(double bound) { return bounded(high_, {bound, true}); }
  Option& at_most(double bound) { return bounded(high_, {bound, false}); }
  Option& between(double low, double high) { return above(low).below(high); }      ///< (low, high)
  Option& within(double low, double high) { return at_least(low).at_most(high); }  ///< [low, high]
  Option& or_zero();  ///< 0 is in range too, and means none

  Option& without_default();  ///< help shows no default, since its text gives it
  Option& unrecorded();
  Option& recorded_if(std::function<bool()> condition);
  Option& recorded_if_changed();                         ///< from its value at declaration
  Option& recorded_as(std::function<Value()> value);     ///< instead of its own value
  Option& recorded_after(const std::string& long_name);  ///< after that option, wherever this one is declared

  /// What its value is, where that does not follow from its declaration. Of a kind with alternatives, `oas|VALUE`, it
  /// is what the last one stands for; the others are words.
  Option& taking(Takes takes) {
    takes_ = takes;
    return *this;
  }

  const std::string& names() const { return names_; }          ///< "-k,--neighbors"
  const std::string& long_name() const { return long_name_; }  ///< "neighbors"
  const std::string& kind() const { return kind_; }            ///< "N"; empty for a flag
  const std::string& help() const { return help_; }
  const std::string& standing() const { return standing_; }
  bool is_flag() const { return kind_.empty(); }
  Takes takes() const { return takes_; }
  std::vector<std::string> words() const;  ///< that it takes as they are

  /// One side of its range; infinite if there is none. `open`: it is not in the range itself.
  struct Bound {
    double at;
    bool open = false;
  };
  const Bound& low() const { return low_; }
  const Bound& high() const { return high_; }
  bool zero_too() const { return zero_; }         ///< 0 is in range, wherever that begins
  bool is_called(const std::string& name) const;  ///< whether this is its long or short name, without dashes
  bool given() const { return given_; }
  Value value() const { return value_(); }  ///< what the variable holds now

  /// Sets the variable, for a flag to true or false. Throws UsageError.
  void set(const std::string& text);

  /// Throws UsageError if the variable holds a number out of range.
  void check() const;

  /// Appends what a model records, if anything, with keys such as `max_iterations`.
  void record(Report& report) const;
  /// Sets the variable to what was recorded of it, if anything. Throws InputError, `parameters.rank must be at least
  /// 1` for the place `parameters`, if it is nothing that the option takes.
  void read_back(const Report& recorded, const std::string& place);
  const std::string& recorded_behind() const { return behind_; }

 private:
  Option& bounded(Bound& side, Bound bound) {
    side = bound;
    return *this;
  }
  bool in_range(double number) const;
  std::string range() const;
  std::string key() const;

  std::string names_, long_name_, kind_, help_, standing_, behind_;
  std::function<void(const std::string&)> set_;
  std::function<Value()> value_, recorded_;
  Value first_;  // at declaration
  std::function<bool()> condition_;
  Bound low_{-std::numeric_limits<double>::infinity()}, high_{std::numeric_limits<double>::infinity()};
  bool zero_ = false, given_ = false;
  Takes takes_ = Takes::text;
};

/// An option by name, long or short, without dashes, and the text of its value.
struct Setting {
  std::string name, value;
};

/// A list of options. Their variables must outlive it; the values at declaration are the defaults. An optional variable
/// is nullopt if its option is not given.
class OptionList {
 public:
  OptionList() = default;
  OptionList(const OptionList&) = delete;
  OptionList& operator=(const OptionList&) = delete;

  /// A number; an integer if the variable is one.
  template <class Variable>
  Option& number(const std::string& names, Variable& variable, const std::string& help, const std::string& kind = "") {
    using Number = Held<Variable>;
    const auto set = [names, &variable](const std::string& text) { variable = number_from<Number>(names, text); };
    const char* const usual = std::is_floating_point_v<Number> ? "NUMBER" : "N";
    return add(names, kind.empty() ? usual : kind, help, set, variable)
        .taking(std::is_floating_point_v<Number> ? Takes::number : Takes::whole);
  }

  template <class Variable>
  Option& text(const std::string& names, Variable& variable, const std::string& help,
               const std::string& kind = "TEXT") {
    return add(
        names, kind, help, [&variable](const std::string& text) { variable = text; }, variable);
  }

  /// One of a few words.
  template <class Variable>
  Option& choice(const std::string& names, Variable& variable, std::type_identity_t<Words<Held<Variable>>> words,
                 const std::string& help) {
    std::vector<std::string> spelled;
    std::vector<Held<Variable>> meanings;
    for (const auto& [word, meaning] : words) {
      spelled.emplace_back(word);
      meanings.push_back(meaning);
    }
    const auto set = [&variable, meanings](std::size_t i) { variable = meanings[i]; };
    const auto which = [&variable, meanings]() -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < meanings.size(); ++i) {
        if (variable == meanings[i]) return i;
      }
      return std::nullopt;
    };
    Option& option = choose(names, spelled, help, set, which);
    return kOptional<Variable> ? option.without_default() : option;
  }

  /// An option without a value. If it is given, the variable becomes `meaning`.
  Option& flag(const std::string& names, bool& variable, const std::string& help, bool meaning = true);
  /// The same, with an action instead of a variable.
  Option& flag(const std::string& names, const std::function<void()>& action, const std::string& help);

  /// An option that passes its text to `set`, which throws UsageError to refuse it. `value` returns what the model
  /// records and, at declaration, the default.
  Option& custom(const std::string& names, const std::string& help, const std::string& kind,
                 std::function<void(const std::string&)> set, std::function<Option::Value()> value);

  std::deque<Option>& options() { return options_; }

  /// The option with that long or short name, without dashes. Throws UsageError if there is none.
  Option& at(const std::string& name);
  const Option& at(const std::string& name) const;
  bool given(const std::string& name) const { return at(name).given(); }

  /// Sets options, each at most once. Throws UsageError.
  void set(const std::vector<Setting>& settings);

  /// Throws UsageError naming the first option that is out of range.
  void check() const;

  /// What a model records: names and values, in the order of declaration.
  Report parameters() const;

  /// Sets the options that these parameters record; what else they hold is passed over. Throws InputError,
  /// which names what is wrong as the place's.
  void read_back(const Report& parameters, const std::string& place = "parameters");

 private:
  template <class Variable>
  static constexpr bool kOptional = !std::is_same_v<Held<Variable>, Variable>;

  template <class T>
  static Report::Value recorded(const T& value) {
    if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(value);
    if constexpr (!std::is_integral_v<T>) return value;
  }

  template <class Variable>
  Option& add(const std::string& names, const std::string& kind, const std::string& help,
              std::function<void(const std::string&)> set, const Variable& variable) {
    if constexpr (kOptional<Variable>) {
      return custom(names, help, kind, std::move(set),
                    [&variable] { return variable ? Option::Value(recorded(*variable)) : std::nullopt; })
          .without_default();
    } else {
      return custom(names, help, kind, std::move(set), [&variable] { return Option::Value(recorded(variable)); });
    }
  }

  Option& choose(const std::string& names, const std::vector<std::string>& words, const std::string& help,
                 std::function<void(std::size_t)> set, const std::function<std::optional<std::size_t>()>& which);

  std::deque<Option> options_;
};

/// Throws UsageError, naming the option, if a value in `options` is out of the range given by declare(OptionList&,
/// Options&).
template <class Options>
void check_ranges(const Options& options) {
  OptionList all;
  declare(all, const_cast<Options&>(options));  // only reads them
  all.check();
}

}  // namespace maha
