#pragma once

#include <vector>

#include "data/table/table.hpp"

namespace maha::experiment {

/// The rows to fit to and the rows to test on. Each table has the classes of its own rows: what a fit learns does not
/// depend on what is asked of it. Labels are compared by ids that mean the same in both.
struct Split {
  Split(data::Table training, data::Table tested);

  data::Table train, test;
  Labels train_label, test_label;  ///< class ids in [0, classes)
  int classes = 0;                 ///< of both tables together
};

/// What parts of a table are to have in proportion: its classes, or the strata of its target.
Labels strata_of(const data::Table& table);

/// Cuts a table in two: rows with is_test 0 for training, the others for testing.
Split cut(const data::Table& table, const std::vector<int>& is_test);

/// Cuts a table in which values are missing, which become the means of the training rows. Throws InputError if a column
/// has no value there.
Split cut_and_fill(const data::Table& table, const std::vector<int>& is_test);

/// The same of tables that are apart already.
Split fill_both(data::Table train, data::Table test);

}  // namespace maha::experiment
