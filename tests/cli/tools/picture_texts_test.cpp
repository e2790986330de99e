/// maha-plot: in no picture two texts overlap, and none leaves it, however long they are and however many.

#include <doctest/doctest.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// A text in an SVG of gnuplot, and the rectangle that it takes, in pixels.
struct TextBox {
  std::string text;
  double left, right, top, bottom;
};

/// The width of a text in DejaVu Sans, in units of its size, by kinds of letters.
double width_of(const std::string& text) {
  const auto among = [](char c, const char* group) { return std::strchr(group, c) != nullptr; };
  double width = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      width += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xE3 ? 1 : 0.6;
    } else {
      width += among(c, "ijlI.,:; '|()[]") ? 0.33 : among(c, "mwMW%@") ? 0.9 : c >= 'A' && c <= 'Z' ? 0.68 : 0.6;
    }
  }
  return width;
}

std::string plain(std::string text) {
  for (const auto& [entity, character] : {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&amp;", "&"}}) {
    text = std::regex_replace(text, std::regex(entity), character);
  }
  return text;
}

/// What stands behind the last `before` in a line, up to `end`.
std::string between(const std::string& line, const std::string& before, char end) {
  const std::size_t at = line.rfind(before);
  if (at == std::string::npos) return "";
  return line.substr(at + before.size(), line.find(end, at + before.size()) - at - before.size());
}

/// gnuplot has the place of a text on the line before it.
std::vector<TextBox> text_boxes(const std::string& svg) {
  std::vector<TextBox> boxes;
  std::string place;
  for (const std::string& line : lines(svg)) {
    if (contains(line, "<text>")) {
      const std::string shown = plain(between(line, "<text>", '<')), x = between(place, "translate(", ',');
      const std::string y = between(place, "translate(" + x + ",", ')'), anchor = between(place, "text-anchor=\"", '"');
      const double size = std::stod(between(place, "font-size=\"", '"'));
      const double width = size * width_of(shown), above = 0.73 * size, below = 0.22 * size;
      const double before = anchor == "start" ? 0 : anchor == "middle" ? width / 2 : width;
      if (contains(place, ") rotate(270")) {  // to the left: up is left, along is up
        boxes.push_back(
            {shown, std::stod(x) - above, std::stod(x) + below, std::stod(y) + before - width, std::stod(y) + before});
      } else {
        boxes.push_back(
            {shown, std::stod(x) - before, std::stod(x) - before + width, std::stod(y) - above, std::stod(y) + below});
      }
    }
    place = line;
  }
  return boxes;
}

/// What is wrong with the places of a picture's texts; "" if nothing is.
std::string fault(const std::string& svg) {
  const std::string head = svg.substr(0, svg.find("viewBox"));
  const double width = std::stod(between(head, " width=\"", '"')), height = std::stod(between(head, " height=\"", '"'));
  const std::vector<TextBox> boxes = text_boxes(svg);
  if (boxes.size() < 3) return "hardly any text";
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const TextBox& a = boxes[i];
    if (a.left < 0 || a.top < 0 || a.right > width || a.bottom > height) return "'" + a.text + "' leaves the picture";
    for (std::size_t j = 0; j < i; ++j) {
      const TextBox& b = boxes[j];
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        return "'" + a.text + "' lies on '" + b.text + "'";
      }
    }
  }
  return "";
}

std::string number(int i) { return std::to_string(i); }

std::string feature_name(int f) {
  return f % 3 ? "f" + number(f) : "mean_of_all_measurements_" + number(f) + "_OF_THE_CELL_NUCLEI";
}

/// Results of many algorithms on many data sets, with long names that differ at one place.
std::string long_results(int algorithms, int sets) {
  nlohmann::json json = {{"format", "maha-results"}, {"version", 1}};
  const auto algorithm = [](int a) {
    return a % 2 ? "a" + number(a) : "lmnn:neighbors=" + number(a) + ",push-weight=0.5,max-iterations=1000,rank=10";
  };
  const auto set = [](int s) {
    return s % 3 ? "s" + number(s) : "measurements of the year " + number(2000 + s) + ", WIDE";
  };
  for (int a = 0; a < algorithms; ++a) {
    json["algorithms"].push_back(algorithm(a));
    json["ranks"].push_back({{"algorithm", algorithm(a)}, {"rank", 1 + (a * 7 % algorithms)}});
  }
  for (int s = 0; s < sets; ++s) {
    json["datasets"].push_back({{"name", set(s)}});
    for (int a = 0; a < algorithms; ++a) {
      json["summary"].push_back(
          {{"dataset", set(s)}, {"algorithm", algorithm(a)}, {"accuracy", 0.5 + 0.04 * ((a + s) % 11)}, {"sd", 0.02}});
    }
  }
  return json.dump();
}

/// An explanation by many features with long names, as CSV, of a row with so many neighbours.
std::string long_explanation(int features, int neighbors) {
  std::string text =
      "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,contrast\n";
  for (int n = 1; n <= neighbors; ++n) {
    const bool other = n == neighbors;
    for (int f = 0; f < features; ++f) {
      text += "a row with an id that goes on,\"flowers of kind 1, WIDE\",1234.5," + (other ? "other" : number(n)) +
              ",row " + number(n * 12345) + " of the training file,\"flowers of kind " + number(other) +
              ", WIDE\",1e3," + feature_name(f) + ",0,0," + number((f * 7919 + n * 104729) % 9973 - 3000) + ",\n";
    }
  }
  return text;
}

/// A model of so many features with weights of all sizes.
std::string long_weights(int features) {
  nlohmann::json json = {{"format", "maha-model"}, {"version", 1}};
  for (int f = 0; f < features; ++f) {
    json["features"].push_back(feature_name(f));
    json["metric"]["weights"].push_back((f * 7919 % 9973) * 1e3);
  }
  return json.dump();
}

/// Results of learners with long specs over a grid.
std::string long_grid(int lines, int values, int sets, double factor) {
  nlohmann::json json = {{"format", "maha-results"}, {"version", 1}, {"ranks", nlohmann::json::array()}};
  for (int s = 0; s < sets; ++s) json["datasets"].push_back({{"name", "measurements of the year " + number(2000 + s)}});
  double value = 0.001;
  for (int v = 0; v < values; ++v, value *= factor) {
    for (int l = 0; l < lines; ++l) {
      const std::string spec =
          "lmnn:neighbors=" + number(l) + ",max-iterations=1000,rank=10,push-weight=" + nlohmann::json(value).dump();
      json["algorithms"].push_back(spec);
      for (int s = 0; s < sets; ++s) {
        json["summary"].push_back({{"dataset", "measurements of the year " + number(2000 + s)},
                                   {"algorithm", spec},
                                   {"accuracy", 0.5 + 0.04 * ((v + l + s) % 11)},
                                   {"sd", 0.02}});
      }
    }
  }
  return json.dump();
}

/// Rows on a circle, each with the label that `label` gives it.
template <class Label>
std::string rows_with(int rows, Label label) {
  std::string text = "x,y,z,kind\n";
  for (int i = 0; i < rows; ++i) {
    text += number(i * i % 97) + "e5," + number(i * 31 % 89) + "e5," + number(i % 7) + "," + label(i) + "\n";
  }
  return text;
}

void prepare_awkward(const Sandbox& box) {
  const std::string head = R"({"format":"maha-model","version":1,"metric":)";
  box.write("long.csv", rows_with(200, [](int i) { return "\"flowers of kind " + number(i % 40) + ", WIDE\""; }));
  box.write("few.csv", rows_with(50, [](int i) { return std::string(i % 2 ? "yes" : "no"); }));
  box.write("line.json", head + R"({"L":[[1,0,0]]},"features":["x","y","z"]})");
  box.write("plane.json", head + R"({"L":[[1,0,0],[0,1e-9,0]]},"features":["x","y","z"],"algorithm":"hand"})");
  box.write("ages.csv", rows_with(90, [](int i) { return number(i) + ".25"; }));
  box.write("many.json", long_results(21, 12));
  box.write("two.json", long_results(2, 2));
  std::string trace = "iteration,objective,bound,gap,seconds\n", roc = "false_positive_rate,true_positive_rate\n";
  for (int i = 0; i <= 12345; i += 823) {
    trace += number(i) + "," + number(1234567 - i) + ".5," + number(1234000 - i) + ",1e-" + number(i / 800) + ",1\n";
  }
  box.write("trace of a fit with a very long name that goes on.csv", trace);
  box.write("net.csv", "iteration,objective,validation,contribute,rate,seconds\n1,0.5,0.2,1,1,1\n3,0.25,0.1,1,1,2\n");
  for (int i = 0; i < 12; ++i) {
    box.write("curve " + number(i) + " of a long name.csv", roc + "0,0." + number(i + 10) + "\n0.5,0.9\n");
    box.write(
        "pairs verified with the model that was fitted to all rows of the measurements, part " + number(i) + ".csv",
        roc + "0.1,0.7\n");
    box.write("model number " + number(i) + " of many more.json",
              head + R"({"weights":[1e)" + number(i) + ",1e-" + number(5 * i) + R"(,1]}})");
  }
  std::string sampling = "sampler,from,to,share,expected\n";
  for (const char* sampler : {"uniform", "hard", "a sampler whose name is as long as this sentence", "easy", "fifth"}) {
    for (int i = 0; i < 10; ++i)
      sampling += std::string(sampler) + "," + number(i) + "e-5," + number(i + 1) + "e-5,0.1,0.1\n";
  }
  box.write("sampling.csv", sampling);
  box.write("why.csv", long_explanation(40, 9));
  box.write("why1.csv", long_explanation(2, 2));
  box.write("weights.json", long_weights(90));
  box.write("grid.json", long_grid(9, 7, 3, 10));
  box.write("narrow.json", long_grid(1, 5, 4, 1.5));
}

const std::vector<std::string> kAwkward{
    "projection --label kind -m plane.json --standardize long.csv",
    "projection --label kind -m line.json long.csv",
    "projection --label kind -m plane.json ages.csv",
    "projection --label kind few.csv",
    "trace trace*.csv",
    "trace trace*.csv net.csv",
    "trace --by seconds net.csv",
    "spectrum --relative plane.json",
    "spectrum model*.json",
    "roc curve*.csv",
    "roc pairs*.csv",
    "sampling sampling.csv",
    "compare many.json",
    "compare two.json",
    "ranks many.json",
    "ranks two.json",
    "explain why.csv",
    "explain --top 39 why.csv",
    "explain why1.csv",
    "weights weights.json",
    "weights --top 90 weights.json",
    "weights --top 1 weights.json",
    "path --option push-weight grid.json",
    "path narrow.json",
};

const std::string kColumn = " --width 336 --title 'a title that is long enough for more than one line of it'";

bool can_draw_here(const Sandbox& box) {
  const bool can = box.run("gnuplot --version").status == 0;
  if (!can) MESSAGE("pictures are not tested: there is no gnuplot here");
  return can;
}

}  // namespace

TEST_CASE("pictures: no text on another and none cut off, at the size of a column, of a page and as they are") {
  const Sandbox box;
  if (!can_draw_here(box)) return;
  prepare_awkward(box);
  for (const std::string& command : kAwkward) {
    for (const std::string& size : {std::string(), kColumn, std::string(" --width 700 --height 1500")}) {
      const Outcome drawn = box.run("maha-plot -q " + command + size);
      CHECK_MESSAGE(drawn.status == 0, drawn.err);
      CHECK_MESSAGE(fault(drawn.out) == "", command << size << ": " << fault(drawn.out));
    }
  }
}

TEST_CASE("pictures: figures behind names that are too long for the key are whole, and the names still differ") {
  const Sandbox box;
  prepare_awkward(box);
  for (const std::string size : {"", " --width 336"}) {
    const auto key_of = [&](const std::string& command) {
      std::string text;
      for (const std::string& line : lines(box.run("maha-plot -q " + command + size + " --script").out)) {
        if (line.starts_with("set label \"")) text += between(line, "set label \"", '"');
      }
      std::erase(text, ' ');  // which lines do not end with
      return text;
    };
    const std::string curves = key_of("roc pairs*.csv"), ranks = key_of("compare many.json");
    const std::string fits = key_of("trace trace*.csv net.csv");
    for (int i = 0; i < 12; ++i) {
      CHECK_MESSAGE(contains(curves, "part" + number(i) + ":AUC0.800,EER25.0%"), curves);
    }
    for (int a = 0; a < 21; ++a) {
      const std::string rank = "rank=10(rank" + number(1 + a * 7 % 21) + ".00)";
      if (a % 2 == 0) CHECK_MESSAGE(contains(ranks, rank), ranks);
    }
    CHECK_MESSAGE(contains(fits, "thatgoeson,bound"), fits);
  }
}

TEST_CASE("pictures: the check of texts sees texts that overlap and texts that leave") {
  const auto svg = [](const std::string& place) {
    const auto text = [](const std::string& at, const std::string& shown) {
      return "<g transform=\"translate(" + at +
             "\" font-family=\"x\" font-size=\"10.00\" text-anchor=\"middle\">\n<text>" + shown + "</text>\n</g>\n";
    };
    return "<svg\n width=\"100\" height=\"50\" viewBox\n" + text("50,20)", "long") + text("50,40)", "low") +
           text(place, "other");
  };
  CHECK(fault(svg("20,20)")) == "");
  CHECK(fault(svg("20,20) rotate(270.00)")) == "");
  CHECK(fault(svg("30,20)")) == "'other' lies on 'long'");
  CHECK(fault(svg("92,20)")) == "'other' leaves the picture");
  CHECK(fault(svg("20,5)")) == "'other' leaves the picture");
}

TEST_CASE("pictures: a size without room is refused, with one that does") {
  const Sandbox box;
  prepare_awkward(box);
  for (const std::string& command : kAwkward) {
    for (const std::string size : {"--width 60", "--width 336 --height 60"}) {
      const Outcome refused = box.run("maha-plot " + command + " --script " + size);
      CHECK(refused.status == 2);
      static const std::regex wanted("(--width \\d+) and (--height \\d+) at least");
      std::smatch found;
      REQUIRE_MESSAGE(std::regex_search(refused.err, found, wanted), refused.err);
      const Outcome drawn = box.run("maha-plot " + command + " --script " + found[1].str() + " " + found[2].str());
      CHECK_MESSAGE(drawn.status == 0, drawn);
    }
  }
}

TEST_CASE("maha-plot projection: a unit is as long on one axis as on the other, at every size") {
  const Sandbox box;
  prepare_awkward(box);
  for (const std::string size : {"", "--width 336", "--width 900 --height 300"}) {
    const std::string script = box.run("maha-plot projection --label kind few.csv --script " + size).out;
    const auto after = [&](const std::string& what) {
      const std::size_t at = script.find(what) + what.size();
      return script.substr(at, script.find('\n', at) - at);
    };
    const auto range = [&](const std::string& axis) {
      const std::string text = after("set " + axis + "range [");
      return std::stod(text.substr(text.find(':') + 1)) - std::stod(text);
    };
    const auto side = [&](const char* low, const char* high) {
      return std::stod(after(std::string("set ") + high + "margin at screen ")) -
             std::stod(after(std::string("set ") + low + "margin at screen "));
    };
    const std::string pixels = after("set terminal svg size ");
    const double width = std::stod(pixels) * side("l", "r");
    const double height = std::stod(pixels.substr(pixels.find(',') + 1)) * side("b", "t");
    CHECK(range("x") / width == doctest::Approx(range("y") / height).epsilon(1e-3));
  }
}

TEST_CASE("maha-plot projection: labels that are quantities are colours of a gradient, others are classes") {
  const Sandbox box;
  prepare_awkward(box);
  const std::string ages = box.run("maha-plot projection --label kind ages.csv --script").out;
  CHECK(contains(ages, "set cbrange [0.25:89.25]"));
  CHECK(contains(ages, "linecolor palette"));
  CHECK(contains(ages, "set label \"kind\""));
  box.write("codes.csv", rows_with(200, [](int i) { return number(i % 26); }));
  box.write("years.csv", rows_with(200, [](int i) { return number(1950 + i % 31); }));
  CHECK_FALSE(contains(box.run("maha-plot projection --label kind codes.csv --script").out, "palette"));
  CHECK(contains(box.run("maha-plot projection --label kind years.csv --script").out, "set cbrange [1950:1980]"));
}

TEST_CASE("maha-plot ranks: names, ranks, the critical difference, and what it refuses") {
  const Sandbox box;
  prepare_awkward(box);
  const std::string two = box.run("maha-plot ranks two.json --script").out;
  CHECK(contains(two, "\"CD = 1.39\""));  // 1.960 sqrt(2 * 3 / (6 * 2))
  CHECK(contains(two, "Nemenyi, level 0.05"));
  CHECK(contains(two, "set x2range [2.38"));  // two ranks, and a critical difference longer than from one to the other
  CHECK(contains(two, "set x2tics (\"1\" 1, \"2\" 2)"));
  const std::string bolder = box.run("maha-plot ranks two.json --significance 0.1 --script").out;
  CHECK(contains(bolder, "\"CD = 1.16\""));
  CHECK(contains(bolder, "Nemenyi, level 0.1"));
  check_refused(box.run("maha-plot ranks none.json --significance 1"), 2, "--significance: must lie in (0, 1)");
  box.write("one.json", long_results(2, 1));
  check_refused(box.run("maha-plot ranks one.json"), 1, "one.json: mean ranks are of two algorithms and two data sets");
  check_refused(box.run("sed 's/\"rank\":1\\b/\"rank\":null/' two.json | maha-plot ranks"), 1,
                "standard input: an algorithm has no mean rank");
  check_refused(box.run("maha-plot ranks line.json"), 1, "line.json: format is not maha-results");
}
