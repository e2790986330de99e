#include "data/writing/class_numbers.hpp"

#include <map>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/table/named_columns.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {

ClassNumbers::ClassNumbers(const std::vector<std::string>& classes) {
  for (const std::string& name : classes) add(std::to_string(listed_.size()), name);
}

ClassNumbers ClassNumbers::read(const std::string& path) {
  const NamedColumns table(path);
  const std::vector<std::string> numbers = table.texts("number"), names = table.texts("class");
  ClassNumbers classes;
  classes.file_ = table.file();
  std::map<Index, std::string> taken;  // the class of a number
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const auto number = whole_number(numbers[i]);
    if (!number) table.fail(row, in_quotes(numbers[i]) + " is no whole number");
    if (classes.numbers_.contains(names[i]))
      table.fail(row, "the class " + in_quotes(names[i]) + " stands there twice");
    const auto [other, is_new] = taken.try_emplace(*number, names[i]);
    if (!is_new) table.fail(row, "the number " + numbers[i] + " is that of " + in_quotes(other->second) + " too");
    classes.add(std::to_string(*number), names[i]);
  }
  return classes;
}

void ClassNumbers::add(const std::string& number, const std::string& name) {
  listed_.emplace_back(number, name);
  numbers_.emplace(name, number);
}

void ClassNumbers::apply(RowBlock& block) const {
  for (std::size_t i = 0; i < block.labels.size(); ++i) {
    const auto found = numbers_.find(block.labels[i]);
    if (found != numbers_.end()) {
      block.labels[i] = found->second;
      continue;
    }
    std::vector<std::string> names;
    for (const auto& [number, name] : listed_) names.push_back(name);
    throw InputError("row " + std::to_string(block.row[i]) + ": the class " + in_quotes(block.labels[i]) +
                     " is none of " + file_ + ", which has " + listing(names));
  }
}

std::string ClassNumbers::csv() const {
  std::string text = "number,class\n";
  for (const auto& [number, name] : listed_) text += io::csv_line({number, name});
  return text;
}

}  // namespace maha::data
