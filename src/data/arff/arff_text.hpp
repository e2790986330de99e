#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/input.hpp"

namespace maha::data {

bool is_arff(std::string_view start);

/// An ARFF file as the CSV that it could have been: the names of the attributes, in the line of `@data`, and rows with
/// quotes as CSV has them, sparse ones made dense. Every line stays where it is, so that messages have its number.
class ArffText {
 public:
  struct Attribute {
    std::string name;
    bool is_nominal = false;
    std::string zero = "0";                       ///< what stands for it in a sparse row that leaves it out
    std::set<std::string, std::less<>> values{};  ///< if it is nominal

    bool allows(std::string_view value) const;
  };

  /// Reads the header. Throws InputError naming file and line if it is broken.
  explicit ArffText(std::unique_ptr<io::Input> input);

  const std::vector<Attribute>& attributes() const { return attributes_; }
  const std::string& name() const { return input_->name(); }

  /// The CSV, as io::Input reads it: fewer bytes than wanted only at the end.
  std::size_t read(char* buffer, std::size_t size);

 private:
  struct Row {
    std::vector<std::string> values{};
    std::vector<bool> missing{};
  };

  bool next_line(std::string_view& line);
  bool read_more();
  bool take_header_line(std::string_view line);
  void take_attribute(std::string_view rest);
  std::string_view take_values(std::string_view rest, Attribute& attribute) const;
  std::string_view take_type(std::string_view rest, const Attribute& attribute) const;
  void take_row(std::string_view line);
  void take_sparse_row(std::string_view line);
  void check_values(std::string_view line) const;
  void fail_first_wrong(std::string_view line) const;
  [[noreturn]] void fail_value(std::size_t attribute, std::string_view value) const;
  [[noreturn]] void fail_weight() const;
  std::string take_word(std::string_view& rest, const char* ends) const;
  void append(const std::string& field, bool missing, bool first);
  void append(const Row& row);
  [[noreturn]] void fail(const std::string& what) const;

  std::unique_ptr<io::Input> input_;
  std::vector<Attribute> attributes_;
  std::size_t first_nominal_ = std::size_t(-1);  // its place among the attributes
  std::string in_, out_;
  std::size_t in_used_ = 0, out_used_ = 0;
  bool ended_ = false;
  long line_ = 0;
};

}  // namespace maha::data
