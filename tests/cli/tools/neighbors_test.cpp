#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "harness.hpp"

using namespace maha::test;

namespace {

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> all{""};
  for (const char c : line) {
    if (c == ',') {
      all.emplace_back();
    } else {
      all.back() += c;
    }
  }
  return all;
}

/// The last fields of a CSV text's rows, header left out, from the `from`-th on.
std::vector<std::vector<std::string>> columns_from(const std::string& csv, std::size_t from) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : lines(csv)) {
    const auto all = fields(line);
    rows.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(from), all.end());
  }
  rows.erase(rows.begin());
  return rows;
}

}  // namespace

TEST_CASE("maha-knn, maha-predict and maha-neighbors agree, under a model, on every row") {
  const Sandbox box;
  CHECK(box.run(kSplitWine).status == 0);
  CHECK(box.run("maha-cov train.csv -o cov.json").status == 0);
  const std::string options = " -k 4 -m cov.json --train train.csv ";
  CHECK(box.run("maha-knn --votes lowest --predictions knn.csv" + options + "test.csv").status == 0);
  const auto knn = columns_from(box.read("knn.csv"), 0);  // row,label,k,predicted
  const auto predicted = columns_from(box.run("maha-predict --votes lowest" + options + "test.csv").out, 14);
  const auto neighbors = columns_from(box.run("maha-neighbors" + options + "test.csv").out, 0);
  const auto training = columns_from(box.read("train.csv"), 13);

  std::map<std::string, std::map<std::string, int>> votes;  // of each query: class -> rows
  for (const auto& row : neighbors) ++votes[row[0]][training[std::stoul(row[2]) - 1][0]];
  REQUIRE(knn.size() == 53);
  REQUIRE(predicted.size() == 53);
  REQUIRE(neighbors.size() == 4 * 53);
  int differ = 0;
  for (std::size_t i = 0; i < knn.size(); ++i) {
    std::string winner;
    int most = 0;
    for (const auto& [label, count] : votes[knn[i][0]]) {
      if (count > most) most = count, winner = label;
    }
    differ += knn[i][3] != winner;
    differ += predicted[i][0] != winner;
    differ += std::stod(predicted[i][1]) != most / 4.0;
  }
  CHECK(differ == 0);
}

TEST_CASE("maha-neighbors: by number or id, k or a radius, distances or their squares") {
  const Sandbox box;
  box.write("ref.csv", "id,x,y\na,0,0\nb,3,4\n\"c,c\",0,2\nd,0,2\n");
  box.write("query.csv", "y,id,x\n0,q,0\n2,r,1\n");
  const std::string head = "query,rank,neighbor,distance\n";
  const std::string on = " --unlabeled --train ref.csv ";
  CHECK(box.run("maha-neighbors -k 3 --id id query.csv" + on).out ==
        head + "q,1,a,0\nq,2,\"c,c\",2\nq,3,d,2\nr,1,\"c,c\",1\nr,2,d,1\nr,3,a,2.23606797749979\n");
  CHECK(box.run("maha-neighbors --radius 2 --id 1" + on, box.read("query.csv")).out ==
        head + "q,1,a,0\nq,2,\"c,c\",2\nq,3,d,2\nr,1,\"c,c\",1\nr,2,d,1\n");
  CHECK(box.run("maha-neighbors --radius 4 --squared --drop id --leave-one-out" + on).out ==
        head + "1,1,3,4\n1,2,4,4\n3,1,4,0\n3,2,1,4\n4,1,3,0\n4,2,1,4\n");
  CHECK(box.run("maha-neighbors -k 1 --leave-one-out --id id" + on).out ==
        head + "a,1,\"c,c\",2\nb,1,\"c,c\",3.605551275463989\n\"c,c\",1,d,0\nd,1,\"c,c\",0\n");
  box.write("m.json", R"({"format":"maha-model","version":1,"metric":{"M":[[0,0],[0,4]]},"features":["x","y"]})");
  CHECK(box.run("maha-neighbors -q -k 1 -m m.json --id id query.csv" + on).out == head + "q,1,a,0\nr,1,\"c,c\",0\n");
}

TEST_CASE("maha-neighbors: skipped rows keep their numbers; queries need no labels") {
  const Sandbox box;
  const Outcome run =
      box.run("maha-neighbors -k 1 --missing skip --train datasets/iris.csv",
              "petal_width,petal_length,sepal_width,sepal_length\n.2,1.4,3.5,5.1\n.2,,3,5\n1.8,5.1,3,5.9\n");
  CHECK(run.status == 0);
  CHECK(run.out == "query,rank,neighbor,distance\n1,1,1,0\n3,1,150,0\n");
  CHECK(contains(run.err, "warning: standard input: 1 of 3 rows skipped"));
}

TEST_CASE("maha-predict: the input as it came with two columns more, a line for each row") {
  const Sandbox box;
  box.write("train.csv", "x;y;class\n0;0;a\n0;1;a\n9;9;b\n");
  const Outcome run =
      box.run("maha-predict -k 3 --missing skip --train train.csv", "note;y;x\r\n\"one\nnote\"; 0 ;0.0\r\n?;;\n;8;8\n");
  CHECK(run.status == 0);
  CHECK(run.out == "note;y;x;predicted;vote_share\r\n\"one\nnote\"; 0 ;0.0;a;0.6666666666666666\r\n?;;;;\n" +
                       std::string(";8;8;a;0.6666666666666666\n"));
  CHECK(contains(run.err, "1 of 3 rows skipped"));
  CHECK(box.run("maha-predict -k 1 --train train.csv", "x,y,class\n8,8,\n").out ==
        "x,y,class,predicted,vote_share\n8,8,,b,1\n");
  CHECK(box.run("maha-predict -k 1 -n --train -", "0,a\n1,b\n").status == 2);
  box.write("bare.csv", "0,a\n1,b\n");
  CHECK(box.run("maha-predict -k 1 --train bare.csv", "0.9\n0.1\n").out == "0.9,b,1\n0.1,a,1\n");
  CHECK(box.run("maha-predict -k 1 --train bare.csv", "0.9,a\n0.1,a\n").out == "0.9,a,b,1\n0.1,a,a,1\n");
}

TEST_CASE("maha-predict: --centroids takes the nearest class mean, in the space of the model") {
  const Sandbox box;
  box.write("train.csv", "x,y,class\n-9,0,a\n1,0,a\n2,0,b\n4,0,b\n");  // means -4 and 3
  CHECK(box.run("maha-predict --centroids --train train.csv", "x,y\n-0.6,0\n-0.4,0\n").out ==
        "x,y,predicted,vote_share\n-0.6,0,a,1\n-0.4,0,b,1\n");
  CHECK(box.run("maha-predict --centroids -k 3 --train train.csv datasets/iris.csv").status == 2);
  CHECK(box.run("maha-predict --centroids --votes lowest --train train.csv datasets/iris.csv").status == 2);
}

TEST_CASE("maha-neighbors and maha-predict: the same bytes on any number of threads and from pipes") {
  const Sandbox box;
  CHECK(box.run(kSplitWine).status == 0);
  for (const char* tool : {"maha-neighbors -k 5 --pca 4 --train ", "maha-neighbors --radius 30 --train ",
                           "maha-predict -k 5 --standardize --train "}) {
    const std::string command = tool;
    const std::string expected = box.run(command + "train.csv test.csv -j 1").out;
    CHECK(lines(expected).size() > 50);
    for (const char* rest :
         {"train.csv test.csv -j 3", "<(gzip -c train.csv) - < test.csv", "- test.csv < train.csv"}) {
      CHECK(box.run(command + rest).out == expected);
    }
    CHECK(box.run(command + "train.csv test.csv -o out && cat out").out == expected);
    CHECK(box.run(command + "train.csv test.csv > /dev/full").status == 1);
  }
}

TEST_CASE("maha-neighbors --exclude-same-id: the query itself is left out by its id, and k are kept") {
  const Sandbox box;
  box.write("ref.csv", "id,x,y\na,0,0\nb,3,4\nc,0,2\nb,0,0\n");
  box.write("query.csv", "y,id,x\n0,a,0\n0,new,0\n4,b,3\n");
  const std::string head = "query,rank,neighbor,distance\n";
  const std::string search = "maha-neighbors --exclude-same-id --id id --unlabeled --train ref.csv ";
  CHECK(box.run(search + "-k 2 query.csv").out ==
        head + "a,1,b,0\na,2,c,2\nnew,1,a,0\nnew,2,b,0\nb,1,c,3.605551275463989\nb,2,a,5\n");
  CHECK(box.run(search + "--radius 2", box.read("query.csv")).out ==
        head + "a,1,b,0\na,2,c,2\nnew,1,a,0\nnew,2,b,0\nnew,3,c,2\n");
  CHECK(box.run(search + "-k 1 --leave-one-out").out == head + "a,1,b,0\nb,1,c,3.605551275463989\nc,1,a,2\nb,1,a,0\n");
  CHECK(box.run(search + "--radius 1 --leave-one-out").out == head + "a,1,b,0\nb,1,a,0\n");
  check_refused(box.run(search + "-k 3 query.csv"), 1,
                "query.csv: row 3: k = 3 is more than the number of rows with another id than 'b', 2");
  check_refused(box.run("maha-neighbors -q --exclude-same-id --unlabeled --drop id --train ref.csv query.csv"), 2,
                "--exclude-same-id: which column has the ids? --id COLUMN");
  // A column without a name, as pandas writes it, has the ids; rows without an id are of no subject.
  box.write("frame.csv", ",x\na,0\na,1\n,2\n,3\n");
  CHECK(box.run("maha-neighbors --exclude-same-id --unlabeled -k 1 --leave-one-out --train frame.csv").out ==
        head + "a,1,,2\na,1,,1\n,1,a,1\n,1,,1\n");
  // Without itself, a file searched for itself by id gives what --leave-one-out gives by row.
  CHECK(box.run("awk -F, -v OFS=, '{ print (NR == 1 ? \"id\" : \"r\" NR), $0 }' datasets/iris.csv > iris.csv").status ==
        0);
  const std::string own = "maha-neighbors --id id --train iris.csv -k 4 ";
  const std::string expected = box.run(own + "--leave-one-out").out;
  CHECK(lines(expected).size() == 601);
  CHECK(box.run(own + "--exclude-same-id iris.csv").out == expected);
  CHECK(box.run(own + "--exclude-same-id -j 3 - < <(gzip -c iris.csv)").out == expected);
}

TEST_CASE("maha-neighbors and maha-predict: what is wrong is one line, and whose fault it is") {
  const Sandbox box;
  box.write("train.csv", "x,y,class\n1,2,a\n3,4,b\n");
  const auto fails = [&](int status, const std::string& command, const std::string& message) {
    check_refused(box.run(command, "x,y\n1,2\n"), status, message);
  };
  for (const std::string tool : {"maha-neighbors", "maha-predict"}) {
    fails(2, tool, "--train");
    fails(2, tool + " --train - -", "standard input can be read only once");
    fails(2, tool + " --train train.csv -k 0", "at least 1");
    fails(1, tool + " --train train.csv -k 3", "train.csv: k = 3 is more than the number of rows, 2");
    fails(1, tool + " --train absent.csv", "absent.csv");
    fails(1, tool + " --train train.csv -k 1 absent.csv", "absent.csv");
    fails(1, tool + " --train datasets/wine.csv", "no column 'alcohol'");
    fails(2, tool + " --train train.csv -m m.json --standardize", "--scale and --pca go without a model");
  }
  fails(2, "maha-neighbors --train train.csv -k 1 --radius 1", "not both");
  fails(2, "maha-neighbors --train train.csv --radius -1", "at least 0");
  fails(2, "maha-neighbors --train train.csv --leave-one-out -k 1 train.csv", "no second file");
  fails(1, "maha-neighbors --train train.csv --leave-one-out -k 2", "more than the number of other rows, 1");
  const Outcome twice = box.run("maha-predict -k 1 --train train.csv", "x,y,predicted\n1,2,a\n");
  CHECK(twice.status == 1);
  CHECK(contains(twice.err, "has a column 'predicted' already"));
}

TEST_CASE("maha-neighbors --radius takes in a row at the distance that is written") {
  const Sandbox box;
  const std::string search = "maha-neighbors --leave-one-out --train datasets/iris.csv";
  const auto near = columns_from(box.run(search + " -k 3").out, 0);
  REQUIRE(near.size() == 450);
  for (std::size_t i = 2; i < 450; i += 45) {  // the third of every fifteenth row
    CAPTURE(near[i][0]);
    const auto within = columns_from(box.run(search + " --radius " + near[i][3]).out, 0);
    CHECK(std::count(within.begin(), within.end(), near[i]) == 1);
  }
}
