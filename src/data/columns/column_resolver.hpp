#pragma once
/// The state of resolve_columns, shared by the sources that implement it.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "data/columns/column_names.hpp"
#include "data/columns/columns.hpp"

namespace maha::data {

/// The work of resolve_columns, one function for each step.
class Resolver {
 public:
  using Names = std::vector<std::string>;

  Resolver(const ColumnRequest& request, const Names& first, const Names* second, const FieldReader& fields,
           const std::string& file)
      : request_(request), first_(first), second_(second), fields_(fields), file_(file), names_(first.size(), file) {
    columns_.count = first.size();
  }

  Columns resolve();

 private:
  [[noreturn]] void fail(const std::string& what) const { throw InputError(file_ + ": " + what); }
  void drop_columns();
  void decide_header();
  std::vector<bool> features_like(const Columns& other) const;
  std::vector<bool> likely_features() const;
  void take_names();
  std::set<std::size_t> called_by_number(const Names& columns) const;
  bool takes_all() const;
  void check_ends(const std::set<std::size_t>& called) const;
  void check_nameless(const std::set<std::size_t>& called) const;
  std::string nameless_hint(std::vector<std::size_t> nameless) const;
  void take_index();
  bool is_free(std::size_t c) const { return !dropped_.count(c) && columns_.id != c && columns_.label != c; }
  void take_the_rest();
  void take_features_by_name();
  std::string wanted(const char* otherwise, Index count) const;
  void take_positions(const Columns& other);
  void check_dims() const;

  // column_label.cpp
  std::optional<std::size_t> last_free() const;
  void decide_label();
  std::optional<std::size_t> label_of_model() const;
  void check_label_is_free() const;
  void say_of_coordinate();
  std::string value(std::size_t column) const;
  bool is_text(std::size_t column) const;
  bool is_named(std::size_t column) const;
  std::optional<std::size_t> rival_of(std::size_t last) const;
  bool asks() const;
  bool is_clear_label(std::size_t column) const;
  bool has_named_rival() const;
  void check_rival(std::size_t last) const;
  std::size_t free_columns() const;
  bool takes_as_label(std::size_t last);
  void decide_label_beside(const std::set<std::size_t>& taken);
  void take_last_as_label(const std::set<std::size_t>& taken);

  const ColumnRequest& request_;
  const Names& first_;
  const Names* second_;
  const FieldReader& fields_;
  const std::string& file_;
  ColumnNames names_;
  Columns columns_;
  std::set<std::size_t> dropped_;
};

}  // namespace maha::data
