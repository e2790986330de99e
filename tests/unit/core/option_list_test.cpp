#include "core/options/option_list.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "core/error.hpp"
#include "unit/refusal.hpp"

using namespace maha;

namespace {

enum class Shape { round, square };

struct Options {
  double share = 0.5;
  int count = 3;
  Index rank = 0;
  std::uint64_t seed = 1;
  std::string name = "none";
  bool fast = false, tidy = true;
  std::optional<double> width;
  std::optional<Index> most;
  std::optional<std::string> title;
  Shape shape = Shape::round;
  std::optional<Shape> hole;
};

void declare(OptionList& all, Options& o) {
  all.number("--share", o.share, "a share").between(0, 1);
  all.number("-c,--count", o.count, "a count", "C").at_least(2);
  all.number("--rank", o.rank, "a rank", "R").at_least(1).or_zero().recorded_if_changed();
  all.number("--seed", o.seed, "a seed").unrecorded();
  all.text("--name", o.name, "a name");
  all.flag("--fast", o.fast, "be fast");
  all.flag("--no-tidy", o.tidy, "be untidy", false);
  all.number("--width", o.width, "a width").above(0);
  all.number("--most", o.most, "a bound").recorded_after("share");
  all.text("--title", o.title, "a title", "TITLE");
  all.choice("--shape", o.shape, {{"round", Shape::round}, {"square", Shape::square}}, "a shape");
  all.choice("--hole", o.hole, {{"round", Shape::round}, {"square", Shape::square}}, "another");
}

/// The options with their list.
struct Listed : Options {
  Listed() { declare(all, *this); }
  OptionList all;
};

std::string refused(const std::string& name, const std::string& text) {
  return test::refusal<UsageError>([&] {
    Listed options;
    options.all.set({{name, text}});
    options.all.check();
  });
}

/// Keys and values, as "share=0.5 count=3".
std::string text(const Report& report) {
  std::string all;
  for (const auto& [key, value] : report.entries()) {
    all += (all.empty() ? "" : " ") + key + "=";
    if (const auto* const truth = std::get_if<bool>(&value)) all += *truth ? "yes" : "no";
    if (const auto* const whole = std::get_if<std::int64_t>(&value)) all += std::to_string(*whole);
    if (const auto* const number = std::get_if<double>(&value)) all += std::to_string(*number).substr(0, 4);
    if (const auto* const word = std::get_if<std::string>(&value)) all += *word;
  }
  return all;
}

/// What check says of a number of this range.
template <class Limit>
std::string out_of_range(double value, const Limit& limit) {
  OptionList all;
  limit(all.number("-x,--extent", value, ""));
  return test::refusal<UsageError>([&] { all.check(); });
}

}  // namespace

TEST_CASE("option list: text becomes values of each kind, by long and short name") {
  Listed o;
  o.all.set({{"share", "+0.25"},
             {"c", "7"},
             {"rank", "5"},
             {"seed", "9223372036854775807"},
             {"name", ""},
             {"fast", "true"},
             {"no-tidy", "on"},
             {"width", "1e-3"},
             {"most", "-2"},
             {"title", "a=b,c"},
             {"shape", "square"},
             {"hole", "round"}});
  CHECK(o.share == 0.25);
  CHECK(o.count == 7);
  CHECK(o.rank == 5);
  CHECK(o.seed == std::numeric_limits<std::int64_t>::max());
  CHECK(o.name.empty());
  CHECK(o.fast);
  CHECK_FALSE(o.tidy);
  CHECK(o.width == 1e-3);
  CHECK(o.most == -2);
  CHECK(o.title == "a=b,c");
  CHECK(o.shape == Shape::square);
  CHECK(o.hole == Shape::round);
  CHECK(o.all.given("count"));
  CHECK(o.all.given("c"));
  CHECK_FALSE(Listed().all.given("count"));
  o.all.set({{"fast", "false"}, {"no-tidy", "no"}});
  CHECK_FALSE(o.fast);
  CHECK(o.tidy);
}

TEST_CASE("option list: text that is no value is refused, naming the option") {
  CHECK(refused("share", "much") == "--share: 'much' is not a number");
  CHECK(refused("share", "inf") == "--share: 'inf' is not a number");
  CHECK(refused("share", "0.5 ") == "--share: '0.5 ' is not a number");
  CHECK(refused("c", "") == "-c,--count: '' is not a whole number");
  CHECK(refused("count", "1.5") == "-c,--count: '1.5' is not a whole number");
  CHECK(refused("count", "3000000000") == "-c,--count: 3000000000 is out of range");
  CHECK(refused("seed", "-1") == "--seed: -1 must be at least 0");
  CHECK(refused("seed", "9223372036854775808") == "--seed: 9223372036854775808 is out of range");
  CHECK(refused("shape", "oval") == "--shape: 'oval' is none of round|square");
  CHECK(refused("fast", "") == "--fast: '' is neither true nor false");
  CHECK(refused("speed", "1") == "there is no option 'speed': did you mean 'seed'?");
  CHECK(refused("velocity", "1") == "there is no option 'velocity'");
  CHECK(test::refusal<UsageError>([] {
          Listed().all.set({{"c", "2"}, {"count", "3"}});
        }) == "'c' and 'count' are one option");
}

TEST_CASE("option list: what a range says of a number outside, and that its bounds are in it or not") {
  const auto above = [](Option& option) { option.above(0); };
  CHECK(out_of_range(0, above) == "-x,--extent: must be above 0");
  CHECK(out_of_range(1e-300, above).empty());
  const auto at_least = [](Option& option) { option.at_least(1); };
  CHECK(out_of_range(0.5, at_least) == "-x,--extent: must be at least 1");
  CHECK(out_of_range(1, at_least).empty());
  const auto between = [](Option& option) { option.between(0, 1); };
  CHECK(out_of_range(0, between) == "-x,--extent: must lie in (0, 1)");
  CHECK(out_of_range(1, between) == "-x,--extent: must lie in (0, 1)");
  CHECK(out_of_range(0.5, between).empty());
  const auto within = [](Option& option) { option.within(0, 100); };
  CHECK(out_of_range(-1, within) == "-x,--extent: must lie in [0, 100]");
  CHECK(out_of_range(100.5, within) == "-x,--extent: must lie in [0, 100]");
  CHECK(out_of_range(0, within).empty());
  CHECK(out_of_range(100, within).empty());
  const auto half_open = [](Option& option) { option.at_least(0).below(1); };
  CHECK(out_of_range(1, half_open) == "-x,--extent: must lie in [0, 1)");
  CHECK(out_of_range(0, half_open).empty());
  CHECK(out_of_range(3, [](Option& option) { option.at_most(2.5); }) == "-x,--extent: must be at most 2.5");
  CHECK(out_of_range(2, [](Option& option) { option.below(2); }) == "-x,--extent: must be below 2");
  for (const double none : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(out_of_range(none, above) == "-x,--extent: must be a finite number");
  }
}

TEST_CASE("option list: ranges of whole and of optional numbers; 0 where it stands for none") {
  CHECK(refused("count", "1") == "-c,--count: must be at least 2");
  CHECK(refused("rank", "-1") == "--rank: must be at least 1");
  CHECK(refused("rank", "0").empty());
  CHECK(refused("width", "0") == "--width: must be above 0");
  CHECK(refused("share", "1") == "--share: must lie in (0, 1)");
}

TEST_CASE("option list: a struct that no text has set is checked as its list is") {
  Options options;
  check_ranges(options);
  options.share = 2;
  CHECK(test::refusal<UsageError>([&] { check_ranges(options); }) == "--share: must lie in (0, 1)");
  CHECK(options.share == 2);
}

TEST_CASE("option list: names, kinds and defaults, as help shows them") {
  Listed o;
  const auto shown = [&](const std::string& name) {
    const Option& option = o.all.at(name);
    return option.names() + " " + option.kind() + " [" + option.standing() + "]";
  };
  CHECK(shown("share") == "--share NUMBER [0.5]");
  CHECK(shown("c") == "-c,--count C [3]");
  CHECK(shown("seed") == "--seed N [1]");
  CHECK(shown("name") == "--name TEXT [none]");
  CHECK(shown("width") == "--width NUMBER []");
  CHECK(shown("shape") == "--shape round|square [round]");
  CHECK(shown("hole") == "--hole round|square []");
  CHECK(o.all.at("fast").is_flag());
  CHECK_FALSE(o.all.at("share").is_flag());
  CHECK(o.all.options().front().help() == "a share");
  CHECK(o.all.at("rank").without_default().standing().empty());
}

TEST_CASE("option list: what a model records, in the order of declaration") {
  Listed o;
  CHECK(text(o.all.parameters()) == "share=0.50 count=3 name=none shape=round");
  o.all.set({{"rank", "2"}, {"most", "9"}, {"no-tidy", "true"}, {"width", "2"}, {"hole", "square"}});
  CHECK(text(o.all.parameters()) ==
        "share=0.50 most=9 count=3 rank=2 name=none no_tidy=yes width=2.00 shape=round hole=square");
  bool wanted = false;
  o.all.at("share").recorded_if([&] { return wanted; });
  o.all.at("name").recorded_as([] { return Report::Value(std::string("a model")); });
  CHECK(text(o.all.parameters()).starts_with("most=9 count=3 rank=2 name=a model "));
  wanted = true;
  CHECK(text(o.all.parameters()).starts_with("share=0.50 most=9 "));
}

TEST_CASE("options: what a model recorded is read back as it was") {
  Listed first;
  first.all.set({{"share", "0.25"}, {"count", "7"}, {"fast", "true"}, {"width", "0.1"}, {"shape", "square"}});
  Listed second;
  second.all.read_back(first.all.parameters());
  CHECK(second.share == 0.25);
  CHECK(second.count == 7);
  CHECK(second.fast);
  CHECK(second.width == 0.1);
  CHECK(second.shape == Shape::square);
  CHECK_FALSE(second.most);
  CHECK(second.all.given("count"));
  CHECK_FALSE(second.all.given("rank"));
  second.all.read_back(Report().set("something_else", 1));
  CHECK_THROWS_WITH_AS(second.all.read_back(Report().set("count", 1)), "parameters.count must be at least 2",
                       InputError);
}
