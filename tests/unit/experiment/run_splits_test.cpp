#include "experiment/splits/run_splits.hpp"

#include <doctest/doctest.h>

#include <set>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::experiment;

namespace {

DataSet iris() {
  DataSet set;
  set.name = "iris";
  set.file = MAHA_SOURCE_DIR "/datasets/iris.csv";
  return set;
}

Protocol three_folds() {
  Protocol protocol;
  protocol.folds = 3;
  protocol.inner_folds = 4;
  return protocol;
}

}  // namespace

TEST_CASE("the rows of a run are cut once for all who ask, in any thread") {
  const Protocol protocol = three_folds();
  const SplitData data(iris(), protocol, Threads(), {});
  const auto splits = std::make_shared<RunSplits>(data, 1, protocol);
  std::vector<const Split*> seen(32);
  Threads(4).for_tiles(32, [&](Index i) { seen[static_cast<std::size_t>(i)] = &splits->outer(); });
  CHECK(std::set<const Split*>(seen.begin(), seen.end()).size() == 1);
  CHECK(splits->outer().train.rows() == data.facts().runs[1].train_rows);
  CHECK(splits->outer().test.rows() == data.facts().runs[1].test_rows);
}

TEST_CASE("the inner folds of a run are its training rows, each tested once") {
  const Protocol protocol = three_folds();
  const SplitData data(iris(), protocol, Threads(), {});
  RunSplits splits(data, 0, protocol);
  std::multiset<Index> tested;
  for (Index fold = 0; fold < 4; ++fold) {
    const Split split = splits.inner(fold);
    CHECK(split.train.rows() + split.test.rows() == 100);
    tested.insert(split.test.row.begin(), split.test.row.end());
  }
  const std::vector<Index>& rows = splits.outer().train.row;
  CHECK(tested == std::multiset<Index>(rows.begin(), rows.end()));
}

TEST_CASE("a split: labels have ids that mean the same in both tables, and a fit sees those of its own rows alone") {
  data::Table table;
  table.X = Matrix::Random(6, 2);
  table.y = {0, 0, 1, 2, 2, 2};
  table.row = {1, 2, 3, 4, 5, 6};
  table.classes = {"2", "10", "b"};
  table.columns.features = {0, 1};
  table.columns.label = 2;
  const Split split = cut(table, {0, 1, 1, 0, 0, 1});
  CHECK(split.train.classes == std::vector<std::string>{"2", "b"});
  CHECK(split.train.y == Labels{0, 1, 1});
  CHECK(split.test.classes == std::vector<std::string>{"10", "2", "b"});
  CHECK(split.classes == 3);
  CHECK(split.train_label == Labels{1, 2, 2});
  CHECK(split.test_label == Labels{1, 0, 2});
}

TEST_CASE("the means that stand for missing values are those of a run's training rows") {
  const test::TempFile whole("1,a\n,a\n4,b\n9,b\n");
  DataSet set;
  set.name = "s";
  set.file = whole.path();
  set.missing = data::MissingField::fill;
  Protocol protocol;
  protocol.folds = 2;
  const SplitData data(set, protocol, Threads(), {});
  for (const Index run : {0, 1}) {
    const auto split = data.split(run);
    double sum = 0, count = 0;
    for (Index i = 0; i < 2; ++i) {
      if (split->train.row[static_cast<std::size_t>(i)] == 2) continue;
      sum += split->train.X(i, 0);
      ++count;
    }
    for (const data::Table* part : {&split->train, &split->test}) {
      for (Index i = 0; i < 2; ++i) {
        if (part->row[static_cast<std::size_t>(i)] == 2) CHECK(part->X(i, 0) == sum / count);
      }
    }
  }
}

TEST_CASE("a run that cannot be cut fails in every cell that asks") {
  const test::TempFile train("1,,a\n2,,b\n"), tested("1,2,a\n3,4,b\n");
  DataSet set;
  set.name = "s";
  set.parts = {{train.path(), tested.path()}};
  set.header = data::Header::no;
  set.missing = data::MissingField::fill;
  const Protocol protocol;
  const SplitData data(set, protocol, Threads(), {});
  RunSplits splits(data, 0, protocol);
  CHECK_THROWS_AS(splits.outer(), InputError);
  CHECK_THROWS_AS(splits.inner(0), InputError);
}

TEST_CASE("the checksum of a run is of its rows, their names, and which are tested") {
  const auto checksums = [](const std::string& text, Index folds, std::uint64_t seed) {
    const test::TempFile file(text);
    DataSet set;
    set.name = "s";
    set.file = file.path();
    Protocol protocol;
    protocol.folds = folds;
    protocol.seed = seed;
    std::set<std::string> all;
    const SplitData data(set, protocol, Threads(), {});
    for (const RunName& run : data.facts().runs) all.insert(run.checksum);
    return all;
  };
  const std::string text = "x,y\n1,a\n2,a\n3,b\n4,b\n5,b\n6,a\n";
  const std::set<std::string> one = checksums(text, 3, 1);
  CHECK(one.size() == 3);
  CHECK(checksums(text, 3, 1) == one);
  for (const std::string changed : {"x,y\n1,a\n2,a\n3,b\n4,b\n5,b\n7,a\n", "z,y\n1,a\n2,a\n3,b\n4,b\n5,b\n6,a\n",
                                    "x,y\n1,c\n2,c\n3,d\n4,d\n5,d\n6,c\n"}) {
    for (const std::string& checksum : checksums(changed, 3, 1)) CHECK_FALSE(one.contains(checksum));
  }
  for (const std::string& checksum : checksums(text, 2, 1)) CHECK_FALSE(one.contains(checksum));
  std::string long_text = text;
  for (int i = 10; i < 40; ++i) long_text += std::to_string(i) + (i % 2 == 0 ? ",a\n" : ",b\n");
  CHECK(checksums(long_text, 3, 2) != checksums(long_text, 3, 1));
}

TEST_CASE("the checksum of a run of files that are apart is that of its own files") {
  const test::TempFile a("1,a\n2,b\n"), b("1,a\n5,b\n"), ab("1,a\n2,b\n1,a\n"), rest("5,b\n");
  const auto checksums = [](std::vector<DataSet::Parts> parts) {
    DataSet set;
    set.name = "s";
    set.parts = std::move(parts);
    set.header = data::Header::no;
    std::vector<std::string> all;
    const Protocol protocol;
    const SplitData data(set, protocol, Threads(), {});
    for (const RunName& run : data.facts().runs) all.push_back(run.checksum);
    return all;
  };
  const auto both = checksums({{a.path(), b.path()}, {b.path(), a.path()}});
  CHECK(both[0] != both[1]);
  CHECK(checksums({{b.path(), a.path()}})[0] == both[1]);
  CHECK(checksums({{ab.path(), rest.path()}})[0] != both[0]);  // the same rows, cut elsewhere
}
