#include "bad_files.hpp"

#include <algorithm>
#include <cmath>

#include "npy.hpp"

namespace maha::test {
namespace {

using All = std::vector<Bad>;

std::string model_with(const std::string& rest) { return R"({"format":"maha-model","version":1,)" + rest + "}"; }

const std::string kGoodRows = "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n";

const All kBadOfAnyKind{
    {"", {"BAD: No such file or directory"}, "absent.file"},
    {"", {"BAD: is a folder"}, "folder.file"},
    {"", {"BAD: Permission denied"}, "locked.file"},
    {"", {"BAD: the gzip data end too early"}, "cut.file"},
    {"", {"BAD: the zstd data end too early"}, "cut.zstd.file"},
};

/// Wrong for whoever reads records, whatever for.
const All kBadRecords{
    {"", {"BAD: is empty"}},
    {"\n \n", {"BAD: is empty"}},
    {"x,y,class\n", {"BAD: has a header and no rows"}},
    {"x,y,class\n1,2,a\n1,2\n", {"BAD:3: 2 fields where 3 columns are expected"}},
    {"x,y,class\n1,2\n1,2,b\n", {"BAD:2: 2 fields where 3 columns are expected"}},
    {"x,y,class\n1,2,a\n1,2,b,3\n", {"BAD:3: 4 fields where 3 columns are expected"}},
    {"x,y,class\n1,2,a\n3,\"4,b\n", {"BAD:3: column 2: a quote opened in this record is never closed"}},
    {"x,y,class\n1,2,a\n\n1,2,\"b\n3,4,c\n", {"BAD:4: column 3: a quote opened in this record is never closed"}},
    {std::string("x,y,class\n1,2,a\n1,\0,b\n", 22), {"BAD:3: column 2: NUL byte"}},
    {"x,x,class\n1,2,a\n3,4,b\n", {"BAD: two columns are named 'x'; the columns are x, x, class"}},
    {"# cm\nx,y,class\n1,2,a\n", {"BAD:1: is this line a comment? --comment '#'"}},
    {"sep=;\nx;y;class\n1;2;a\n",
     {"BAD:1: 'sep=;' tells Excel the delimiter and is no row: --comment sep= passes it over"}},
    {"x,y,class\r1,2,a\r",
     {R"(BAD:1: lines end in a carriage return alone, as on old Macs: put it through tr '\r' '\n')"}},
    {"\xff\xfex,y,class\n", {"BAD: is UTF-16, and not UTF-8: put it through iconv -f UTF-16 -t UTF-8"}},
};

/// Wrong for whoever reads the numbers in them.
const All kBadNumbers{
    {"x,y,class\n1,2,a\n1,\"2\"3,b\n", {"BAD:3: column 2 (y): text after a closing quote"}},
    {"x,y,class\n1,2,a\n1,2x,b\n", {"BAD:3: column 2 (y): '2x' is not a number"}},
    {"x,y,class\n1,2,a\n1,inf,b\n", {"BAD:3: column 2 (y): 'inf' is not a finite number"}},
    {"x,y,class\n1,2,a\n-1e999,2,b\n", {"BAD:3: column 1 (x): '-1e999' is out of range"}},
    {"x,y,class\n1,2,a\n1,,b\n", {"BAD:3: column 2 (y): is empty: --missing skip or mean"}},
    {"x,y,class\n1,2,a\n?,2,b\n", {"BAD:3: column 1 (x): '?' stands for a missing value: --missing skip or mean"}},
    {"x,y,class\none,2,a\n",
     {"BAD: text where numbers should be, in column 1 (x): --drop x",
      "BAD: text where numbers should be, in column 1 (x)"}},
    {"x;y;class\n1,5;2;a\n1;2,5;b\n", {"BAD:2: column 1 (x): '1,5' is not a number: decimal comma? --decimal ,"}},
};

/// An array of NumPy of this shape that begins with numbers and then 0; `bytes` of it.
std::string npy(const std::string& shape, const std::vector<double>& numbers, std::size_t bytes) {
  std::string file = maha::test::npy(shape, numbers);
  file.resize(bytes, '\0');
  return file;
}

const std::string kNoLines =
    "BAD: its rows are not CSV, and only lines of CSV can be copied to the output: maha-convert BAD | COMMAND";

/// The same for other formats. Where records are handed on, there must be some.
const All kBadFormats{
    {npy("(1, 4, 3)", {}, 224),
     {"BAD: is an array of 3 dimensions: make it rows and columns, as by X.reshape(len(X), -1)"}},
    {npy("(4, 3)", {}, 40), {"BAD: ends in its header"}},
    {npy("(4, 3)", {1, 2, 3}, 190), {"BAD: ends in row 3 of 4, which its header tells of", kNoLines}},
    {npy("(2, 3)", {1, 2, 1, 3, HUGE_VAL, 2}, 176), {"BAD: row 2: column 2: inf is not a finite number", kNoLines}},
    {std::string("\0\0\x08\2\0\0\0\2\0\0\0\3\1\2\1\4", 16),
     {"BAD: ends in row 2 of 2, which its header tells of", kNoLines}},
    {"1 1:1 2:2\n2 1:1 2:x\n", {"BAD:2: '2:x' is not index:value"}},
    {"@relation r\n@attribute x numeric\n@attribute y numeric\n@attribute class {a,b}\n@data\n1,2,a\n3,'4,b\n",
     {"BAD:7: a quote opened in this line is never closed"}},
    {"@relation r\n@attribute x numeric\n@attribute y numeric\n@attribute class {a,b}\n@data\n1,2,a\n3,4,c\n",
     {"BAD:7: 'c' is no value of the attribute 'class', which has a, b"}},
    {"+1 1:a\n", {"BAD:1: '1:a' is not index:value"}},
};

/// Where two files are read, the first of them says so.
std::vector<std::string> no_column(const std::string& name) {
  const std::string text = ": no column '" + name + "'; the columns are x, y, class";
  return {"BAD" + text, "good.csv" + text};
}

/// And for whoever reads their labels.
const All kBadLabels{
    {"x,y,class\n1,2,a\n3,4,\n", {"BAD:3: column 3 (class): the label is empty: --missing skip"}},
    {kGoodRows, no_column("kind"), "bad.file", " --label kind"},
    {kGoodRows, no_column("4"), "bad.file", " --label 4"},
    {kGoodRows, no_column("z"), "bad.file", " --drop z"},
    {kGoodRows, no_column("-4"), "bad.file", " --id -4"},
};

const All kBadTargets{
    {"x,y,class\n1,2,a\n3,,b\n", {"BAD:3: column 2 (y): is empty, in the target: --missing skip"}},
    {"x,y,class\n1,2,a\n3,NA,b\n",
     {"BAD:3: column 2 (y): 'NA' stands for a missing value, in the target: --missing skip"}},
    {"x,y,class\n1,2,a\n3,high,b\n", {"BAD:3: column 2 (y): 'high' is not a number"}},
    {"x,y,class\n1,2,a\n3,inf,b\n", {"BAD:3: column 2 (y): 'inf' is not a finite number"}},
    {"x,height,class\n1,2,a\n3,4,b\n", {"BAD: no column 'y'; the columns are x, height, class"}},
};

const std::string kOneClass = "all 4 rows are of one class, 'a': there is no dissimilar pair";

const All kBadClasses{{"x,y,class\n1,2,a\n3,4,a\n2,2,a\n5,1,a\n",
                       {"BAD: " + kOneClass, "BAD: all 4 rows are of one class, 'a': there is nothing to tell apart",
                        "BAD: LMNN needs two classes of more than 1 row: class a has 4 of 4"}}};

const All kBadModels{
    {"", {"BAD: not JSON: at line 1, column 1, where it ends"}},
    {"x,y\n1,2\n", {"BAD: not JSON: at line 1, column 1"}},
    {R"({"version":1,"metric":{"M":[[1,0],[0,1]]}})", {R"(BAD: no "format": "maha-model", so this is no model)"}},
    {R"({"format":"other","version":1,"metric":{"M":[[1,0],[0,1]]}})", {R"(BAD: format is "other", not "maha-model")"}},
    {R"({"format":"maha-model","version":2,"metric":{"M":[[1,0],[0,1]]}})",
     {"BAD: version is 2, not 1, the one this program reads"}},
    {model_with(R"("metric":{})"), {"BAD: metric holds neither M nor L, weights nor layers"}},
    {model_with(R"("metric":{"M":[[1,0]]})"), {"BAD: metric.M has 1 row and 2 columns: not square"}},
    {model_with(R"("metric":{"M":[[1,0],[0]]})"), {"BAD: metric.M row 2 has 1 entry, row 1 has 2"}},
    {model_with(R"("metric":{"M":[[1,null],[0,1]]})"), {"BAD: metric.M row 1, column 2 is null, not a number"}},
    {model_with(R"("metric":{"M":[[1,0],[0,1e999]]})"),
     {"BAD: at line 1, column 60: the number 1e999 is out of range"}},
    {model_with(R"("metric":{"M":[[1,0.5],[0.4,1]]})"),
     {"BAD: metric.M is not symmetric: row 2, column 1 is 0.4, but row 1, column 2 is 0.5"}},
    {model_with(R"("metric":{"M":[[1,2],[2,1]]})"),
     {"BAD: metric.M at row 2, column 1 is 2: not positive semidefinite, at most 1 goes with the diagonal"}},
    {model_with(R"("metric":{"M":[[1,0],[0,1]]},"features":["x","x"])"), {"BAD: features has the name 'x' twice"}},
    {model_with(R"("metric":{"M":[[1,0],[0,1]]},"features":["x"])"),
     {"BAD: features has 1 name, the metric is over 2 features"}},
    {model_with(R"("metric":{"M":[[1,0],[0,1]]},"center":[0])"),
     {"BAD: center has 1 entry, the metric is over 2 features"}},
};

/// Models that are sound, and do not go with the rows.
const All kBadOtherModels{
    {model_with(R"("metric":{"M":[[1,0,0],[0,1,0],[0,0,1]]})"),
     {"good.csv: has 2 features, and BAD has 3", "BAD: is over 3 features, and not over 2",
      "BAD: is over 3 features, and not over 2, beside model.json",
      "model.json: is over 2 features, and not over 3, beside BAD",
      "not proved: BAD is not the model that the proof was written with"}},
};

/// Beside rows that have other names.
const All kBadNames{{model_with(R"("metric":{"M":[[1,0],[0,1]]},"features":["x","height"])"),
                     {"good.csv: no column 'height', a feature of BAD; the columns are x, y, class"}}};

const All kBadNetworks{
    {model_with(R"("metric":{"layers":[{"weights":[[1,0],[0,1]]}]})"),
     {"BAD: the model is a network, which has no matrix M", "BAD: is over 2 features, and not over 1"}}};

const All kBadPairs{
    {"", {"BAD: has no pair"}},
    {"i,j,similar\n", {"BAD: has no pair behind what looks like a header"}},
    {"i,j,similar\n1,2,0\n1,9,1\n", {"BAD:3: column 2: row 9: good.csv has 4"}},
    {"i,j,similar\n1,2,0\n0,1,1\n", {"BAD:3: column 1: row 0: rows count from 1"}},
    {"i,j,similar\n1,2,0\n1,x,1\n", {"BAD:3: column 2: 'x' is no row number (rows called by id need --id COLUMN)"}},
    {"i,j,similar\n1,2,0\n1,2\n", {"BAD:3: 2 fields, where the first line has 3"}},
    {"i,j,similar\n1,2,0\n1,\"2,1\n", {"BAD:3: column 2: a quote opened in this record is never closed"}},
    {"i,j,similar\n1,2,0\n2,2,1\n", {"BAD:3: a pair of row '2' with itself"}},
    {"i,j,similar\n1,2,0\n1,3,maybe\n", {"BAD:3: column 3: 'maybe' is no answer: 1, 0, -1, true or false are"}},
};

const All kBadOneKindOfPairs{
    {"i,j,similar\n1,3,1\n2,4,1\n", {"BAD: there is no dissimilar pair"}},
    {"i,j,similar\n1,2,0\n3,4,0\n", {"BAD: there is no similar pair"}},
};

const All kBadTriplets{
    {"", {"BAD: has no triplet"}},
    {"anchor,near,far\n1,3,2\n1,9,2\n", {"BAD:3: column 2: row 9: good.csv has 4"}},
    {"anchor,near,far\n1,3,2\n1,3\n", {"BAD:3: 2 fields, where the first line has 3"}},
    {"anchor,near,far\n1,3,2\n1,1,2\n", {"BAD:3: column 2: row '1' twice in a triplet"}},
};

const All kBadQuadruplets{
    {"", {"BAD: has no quadruplet"}},
    {"i,j,k,l\n1,3,2,4\n1,9,2,4\n", {"BAD:3: column 2: row 9: good.csv has 4"}},
    {"i,j,k,l\n1,3,2,4\n1,3,2\n", {"BAD:3: 3 fields, where the first line has 4"}},
    {"i,j,k,l\n1,3,2,4\n1,3,3,1\n", {"BAD:3: the same pair twice in a quadruplet"}},
    {"i,j,k,l,weight\n1,3,2,4,1\n1,3,2,4,-1\n", {"BAD:3: column 5: '-1' is no weight: a number above 0 is"}},
};

const All kBadTraces{
    {"", {"BAD: is empty"}},
    {"iteration,objective,gap\n", {"BAD: has a header and no rows"}},
    {"iteration,objective,gap\n0,9,1\n1,x,1\n", {"BAD:3: column 2 (objective): 'x' is not a number"}},
    {"iteration,objective,gap\n0,9,1\n1,2\n", {"BAD:3: 2 fields where 3 columns are expected"}},
    {"iteration,gap\n0,9\n", {"BAD: no column 'objective'; the columns are iteration, gap"}},
};

const std::string kRates = "false_positive_rate,true_positive_rate\n0,0\n";

const All kBadRocs{
    {"", {"BAD: is empty"}},
    {kRates + "0.2,x\n1,1\n", {"BAD:3: column 2 (true_positive_rate): 'x' is not a number"}},
    {kRates + "0.5,0.5\n0.2,0.6\n", {"BAD:4: rates must rise from 0 to 1, row by row"}},
    {kRates + "0.5,nan\n1,1\n", {"BAD:3: rates must rise from 0 to 1, row by row"}},
    {kRates + "0.5,1.5\n", {"BAD:3: rates must rise from 0 to 1, row by row"}},
};

const std::string kShares = "sampler,from,to,share,expected\nuniform,0,1,0.4,";

const All kBadSamplings{
    {kShares + "0.3\nuniform,1,1,0.6,0.7\n", {"BAD:3: from must be below to"}},
    {kShares + "0.3\nuniform,1,2,inf,0.7\n", {"BAD:3: a share is not finite"}},
    {kShares + "x\n", {"BAD:2: column 5 (expected): 'x' is not a number"}},
};

const All kBadResults{
    {"", {"BAD: not JSON: at line 1, column 1, where it ends"}},
    {"{}", {"BAD: format is not maha-results, which maha-compare --format json writes"}},
    {"x,y\n1,2\n", {"BAD: not JSON: at line 1, column 1"}},
    {R"({"format":"maha-results","version":1})",
     {"BAD: the comparison has no experiment", "BAD: the comparison has no list of datasets"}},
};

const std::string kOneResult =
    R"({"format":"maha-results","version":1,"datasets":[{"name":"d"}],"algorithms":["lda"],"summary":[)"
    R"({"dataset":"d","algorithm":"lda","accuracy":0.5,"sd":0}])";

const All kBadPaths{
    {kOneResult + "}", {"BAD: no two algorithms differ in the value of one option alone, a number"}},
    {kOneResult + R"(,"experiment":{"algorithms":[{"name":"x","spec":"lda"}]}})",
     {"BAD: experiment.algorithms[1].name: 'x' is not in the list of them"}},
};

const std::string kExplained =
    "query,predicted,radius,rank,neighbor,label,distance,feature,query_value,neighbor_value,contribution,contrast\n";

const All kBadExplanations{
    {"", {"BAD: is empty"}},
    {kExplained, {"BAD: has a header and no rows"}},
    {"x,y\n1,2\n", {"BAD: no column 'query'; the columns are x, y"}},
    {kExplained + "1,a,,1,2,a,1,x,1,2,1\n", {"BAD:2: 11 fields where 12 columns are expected"}},
    {kExplained + "1,a,,1,2,a,far,x,1,2,1,\n", {"BAD:2: column 7 (distance): 'far' is not a number"}},
    {kExplained + "1,a,soon,1,2,a,1,x,1,2,1,\n", {"BAD:2: the radius 'soon' is no number from 0 on"}},
    {kExplained + "1,a,,1,2,a,inf,x,1,2,1,\n",
     {"BAD: the distance of row 2 or a contribution to it is no number, or too large"}},
    {kExplained + "1,a,,1,2,a,1,x,1,2,1,\n1,a,,2,3,a,1,y,1,2,1,\n",
     {"BAD:3: each neighbour wants a line for each feature, in the same order"}},
    {kExplained + "1,a,,1,2,a,1,x,1,2,1,\n",
     {"BAD: no row '5' is explained; explained are 1"},
     "bad.file",
     " --query 5"},
    {"{x", {"BAD: not JSON: at line 1, column 2"}},
    {"{}", {"BAD: explanation has no query"}},
    {R"({"query":"1","predicted":"a","radius":-1})", {"BAD: explanation.radius is -1, and not from 0.0 on"}},
    {R"({"query":"1","predicted":"a","features":["x"]})", {"BAD: explanation has no list of neighbors"}},
    {R"({"query":"1","predicted":"a","features":["x"],"neighbors":[{"row":"2","label":"a","distance":1}]})",
     {"BAD: explanation.neighbors[1] has no list of 1 contributions"}},
};

const All kBadFolds{
    {"", {"BAD: has 0 folds for the 4 rows of good.csv"}},
    {"1\n2\n", {"BAD: has 2 folds for the 4 rows of good.csv"}},
};

const All kBadMatrices{
    {"", {"BAD: is empty"}},
    {"1,2\n3,x\n", {"BAD:2: column 2: 'x' is not a number"}},
    {"1,2\n2,1\n", {"BAD: M at row 2, column 1 is 2: not positive semidefinite, at most 1 goes with the diagonal"}},
    {"1,2\n3\n", {"BAD:2: 1 field where 2 columns are expected"}},
    {"1,2,3\n2,1,3\n", {"BAD: M has 2 rows and 3 columns: not square"}},
};

const All kBadStatistics{
    {"", {"BAD: is empty"}},
    {"x,y\n1,2\n", {"BAD: is no statistics of rows, as `maha-cov --stats` writes"}},
    {"maha-statistics 9\n", {"BAD: is statistics in version '9' of the format, and not 1"}},
    {"maha-statistics 1\n{\"dims\":2}\n",
     {"BAD: is no whole statistics of rows: its checksum is wrong, so it was cut off or altered"}},
    {"maha-statistics 1\n{\"dims\":2}\nchecksum 18e98111757a8da6\n",
     {"BAD: is no statistics of rows: line 2 is not about what was expected there"}},
};

All of_kind(Kind kind) {
  const auto together = [](std::initializer_list<All> parts) {
    All all;
    for (const All& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
  };
  switch (kind) {
    case Kind::rows:
      return together({kBadRecords, kBadNumbers, kBadLabels, kBadFormats});
    case Kind::targets:
      return together({kBadRecords, kBadTargets});
    case Kind::new_rows:  // whose labels nobody reads
      return together({kBadRecords, kBadNumbers, kBadFormats});
    case Kind::records:  // whose numbers nobody reads
      return together({kBadRecords, kBadLabels});
    case Kind::classes:
      return kBadClasses;
    case Kind::any_model:
      return kBadModels;
    case Kind::model:
      return together({kBadModels, kBadOtherModels});
    case Kind::model_of_rows:
      return together({kBadModels, kBadOtherModels, kBadNames});
    case Kind::metric:
      return together({kBadModels, kBadNetworks});
    case Kind::pairs:
      return kBadPairs;
    case Kind::answers:
      return together({kBadPairs, kBadOneKindOfPairs});
    case Kind::triplets:
      return kBadTriplets;
    case Kind::quadruplets:
      return kBadQuadruplets;
    case Kind::trace:
      return kBadTraces;
    case Kind::roc:
      return kBadRocs;
    case Kind::sampling:
      return kBadSamplings;
    case Kind::results:
      return kBadResults;
    case Kind::paths:
      return together({kBadResults, kBadPaths});
    case Kind::explanation:
      return kBadExplanations;
    case Kind::folds:
      return kBadFolds;
    case Kind::matrix:
      return kBadMatrices;
    case Kind::statistics:
      return kBadStatistics;
  }
  return {};
}

}  // namespace

std::vector<Bad> bad_files(Kind kind) {
  All all = of_kind(kind);
  all.insert(all.end(), kBadOfAnyKind.begin(), kBadOfAnyKind.end());
  return all;
}

void write_bad_files(const Sandbox& box) {
  box.run("mkdir folder.file; echo 1,2,a > locked.file; chmod 0 locked.file");
  for (const std::string packer : {"gzip | head -c 40 > cut.file", "zstd | head -c 40 > cut.zstd.file"})
    box.run("for i in $(seq 60); do echo $i,$i,a; done | " + packer);
}

}  // namespace maha::test
