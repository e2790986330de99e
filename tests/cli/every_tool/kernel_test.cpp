/// --kernel: learners write models over the raw features, and every tool takes them or refuses them in one line.

#include <doctest/doctest.h>

#include <sstream>

#include "../../unit/data/model/schema.hpp"
#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

std::vector<double> column(const std::string& csv, std::size_t which) {
  std::vector<double> values;
  for (const std::string& line : lines(csv)) {
    std::istringstream fields(line);
    std::string field;
    for (std::size_t f = 0; f <= which; ++f) std::getline(fields, field, ',');
    if (!field.empty() && field.find_first_not_of("0123456789.e-+") == std::string::npos)
      values.push_back(std::stod(field));
  }
  return values;
}

}  // namespace

TEST_CASE("kernels: the model of each learner fits the schema, and what measures distances takes it") {
  const Sandbox box;
  const Schema schema(Json::parse(read_text(MAHA_SOURCE_DIR "/docs/model.schema.json")));
  box.run("maha-pairs --count 200 datasets/iris.csv -o pairs.csv");
  const std::string options = " -q --standardize --kernel rbf --landmarks 30 ", rows = "datasets/iris.csv";
  for (const std::string learner :
       {"cov --ridge 0.01", "pca --rank 3", "lda", "mmc --pairs pairs.csv", "itml --pairs pairs.csv",
        "gmml --pairs pairs.csv", "kissme --pairs pairs.csv", "lmnn -k 2 --max-iterations 30",
        "siamese --epochs 2 --layers 4,2", "triplet --epochs 2 --layers 3"}) {
    CAPTURE(learner);
    const Outcome fit = box.run("maha-" + learner + options + rows + " -o m.json");
    REQUIRE_MESSAGE(fit.status == 0, fit);
    const Json model = Json::parse(box.read("m.json"));
    CHECK(schema.check(model) == "");
    CHECK(model["preprocessing"] == Json({{"scale", "zscore"}, {"kernel", "rbf"}, {"landmarks", 30}}));
    CHECK(model["metric"]["kernel"]["landmarks"].size() == 30);
    CHECK_FALSE(model.contains("center"));
    for (const std::string& use :
         {"maha-knn -q --leave-one-out --json -m m.json --train " + rows, "maha-transform -m m.json " + rows,
          "maha-predict --train " + rows + " -m m.json " + rows,
          "maha-neighbors -k 2 --train " + rows + " -m m.json " + rows,
          "maha-distance --pairs pairs.csv -m m.json " + rows, "maha-verify --pairs pairs.csv -m m.json " + rows,
          std::string("maha-model check m.json"), std::string("maha-model show m.json")}) {
      const Outcome outcome = box.run(use);
      CHECK_MESSAGE(outcome.status == 0, outcome);
      CHECK(outcome.err == "");
    }
  }
  CHECK(contains(box.run("maha-model show m.json").out, "kernel: rbf\n"));
}

TEST_CASE("kernels: new rows through a pipe, in another order of columns, are at the distance of the same rows") {
  const Sandbox box;
  box.run("maha-lda --kernel laplace --landmarks 25 datasets/iris.csv -o m.json");
  const std::string z = box.run("maha-transform -m m.json datasets/iris.csv").out;
  CHECK(box.run("maha-transform -m m.json < datasets/iris.csv").out == z);
  CHECK(box.run("(head -1 datasets/iris.csv; tail -3 datasets/iris.csv) | maha-transform -m m.json | tail -3").out ==
        box.run("maha-transform -m m.json datasets/iris.csv | tail -3").out);
  const Outcome turned =
      box.run("awk -F, -v OFS=, '{print $4,$2,$5,$1,$3}' datasets/iris.csv | maha-transform -m m.json");
  CHECK(turned.out == z);
  CHECK(box.run("maha-lda --kernel laplace --landmarks 25 -j 3 datasets/iris.csv").out == box.read("m.json"));
  CHECK(box.run("maha-lda --kernel laplace --landmarks 25 - < datasets/iris.csv").out == box.read("m.json"));
  CHECK(box.run("maha-lda --kernel laplace --landmarks 25 --kernel-seed 2 datasets/iris.csv").out !=
        box.read("m.json"));
}

TEST_CASE("kernels: without a model the tools measure in the kernel's features, as a polynomial of degree 1 shows") {
  const Sandbox box;
  box.write("pairs.csv", "1,2,1\n1,60,0\n7,150,0\n9,10,1\n");
  const std::string degree_1 = " --kernel polynomial --degree 1 --bandwidth 1 ";
  const std::string measure = "maha-distance --pairs pairs.csv datasets/iris.csv --standardize";
  const std::vector<double> a = column(box.run(measure).out, 2), b = column(box.run(measure + degree_1).out, 2);
  REQUIRE(a.size() == 4);
  REQUIRE(b.size() == 4);
  for (std::size_t p = 0; p < 4; ++p) CHECK(a[p] == doctest::Approx(b[p]).epsilon(1e-9));
  const std::string knn = "maha-knn --leave-one-out --standardize --train datasets/wine.csv";
  CHECK(box.run(knn + degree_1).out == box.run(knn).out);
  const Json report = Json::parse(box.run(knn + " --json --kernel rbf --bandwidth 4").out);
  CHECK(report["parameters"] == Json({{"scale", "zscore"}, {"kernel", "rbf"}, {"bandwidth", 4}}));
  const Outcome verifier =
      box.run("maha-verify --calibrate accuracy --kernel rbf --pairs pairs.csv datasets/iris.csv -o v.json");
  CHECK(verifier.status == 0);
  const std::string with_model =
      box.run("maha-distance --pairs pairs.csv -m v.json datasets/iris.csv | cut -d, -f1-3").out;
  CHECK(column(with_model, 2) ==
        column(box.run("maha-distance --kernel rbf --pairs pairs.csv datasets/iris.csv").out, 2));
  CHECK(box.run("maha-pairs --nearest 2 --kernel rbf datasets/iris.csv").status == 0);
}

TEST_CASE("kernels: the energy rule measures the fit's target neighbours in the features that the fit had") {
  const Sandbox box;
  CHECK(box.run("maha-lmnn -q --standardize --kernel rbf --landmarks 20 --pca 6 datasets/wine.csv -o m.json").status ==
        0);
  const Outcome energy = box.run("maha-knn --rule energy -m m.json --json --train datasets/wine.csv datasets/wine.csv");
  CHECK(energy.status == 0);
  CHECK(Json::parse(energy.out)["accuracy"] > 0.95);
  std::string broken = box.read("m.json");
  broken.replace(broken.find("\"landmarks\": 20"), 15, "\"landmarks\": 1 ");
  box.write("broken.json", broken);
  check_refused(box.run("maha-knn --rule energy -m broken.json --train datasets/wine.csv datasets/wine.csv"), 1,
                "broken.json: its preprocessing.landmarks must be at least 2");
}

TEST_CASE("kernels: maha-compare takes them in specs, chooses among them, and for every algorithm") {
  const Sandbox box;
  const std::string compare = "maha-compare datasets/wine.csv --standardize --folds 3 ";
  check_refused(box.run(compare + "-a lda -a 'cov:kernel=none,landmarks=30'"), 2, "--landmarks goes with --kernel");
  const Outcome some = box.run(compare + "-a 'lda:kernel=none|rbf,landmarks=5' --format csv --best best.json");
  CHECK_MESSAGE(some.status == 0, some);
  CHECK(contains(some.out, ",kernel=none,"));
  CHECK(box.read("best.json") == box.run("maha-lda --standardize datasets/wine.csv").out);
  const Outcome good =
      box.run(compare + "--format csv -a lda -a lda:kernel=rbf,landmarks=50 -a 'cov:kernel=rbf|laplace,landmarks=30'");
  CHECK_MESSAGE(good.status == 0, good);
  CHECK(lines(good.out).size() == 10);
  box.run(compare + "--kernel rbf --landmarks 40 -a lda -a euclidean:kernel=none --format json -o r.json");
  const Json protocol = Json::parse(box.read("r.json"))["experiment"]["protocol"];
  CHECK(protocol["kernel"] == "rbf");
  CHECK(protocol["landmarks"] == 40);
  CHECK(box.run("maha-compare --experiment r.json --format json").out == box.read("r.json"));
  box.write("bad.json",
            R"({"datasets":[{"file":"datasets/wine.csv"}],"algorithms":["lda"],"protocol":{"bandwidth":2}})");
  CHECK(contains(box.run("maha-compare --experiment bad.json").err, "protocol: --bandwidth goes with --kernel"));
}

TEST_CASE("kernels: what makes no sense is refused in one line") {
  const Sandbox box;
  box.run("maha-lda --kernel rbf --landmarks 20 datasets/iris.csv -o k.json");
  box.run("maha-lda datasets/iris.csv -o l.json");
  for (const std::string command :
       {"maha-model spectrum k.json", "maha-model weights k.json", "maha-model export k.json",
        "maha-model compare k.json l.json", "maha-model compare l.json k.json",
        "maha-model reduce --dims 1 --data datasets/iris.csv k.json",
        "maha-distance --to center -m k.json datasets/iris.csv", "maha-lmnn --init k.json datasets/iris.csv"})
    check_refused(box.run(command), 1, ": k.json: the model has a kernel, and so no matrix M over the features");
  check_refused(box.run("maha-lmnn --init k.json datasets/iris.csv"), 1, "maha-lmnn: k.json: ");
  check_refused(box.run("maha-model reduce --dims 1 --data datasets/iris.csv k.json"), 1, "maha-model: k.json: ");
  check_refused(box.run("maha-triplet --init k.json datasets/iris.csv"), 1,
                "maha-triplet: k.json: no fit starts from a model with a kernel");
  for (const std::string tool : {"maha-lda absent.csv", "maha-cov absent.csv", "maha-knn --train absent.csv absent.csv",
                                 "maha-pairs --nearest 1 absent.csv", "maha-plot projection absent.csv",
                                 "maha-distance --pairs absent.csv absent.csv", "maha-compare -a lda absent.csv"}) {
    check_refused(box.run(tool + " --landmarks 9"), 2, "--landmarks goes with --kernel");
    check_refused(box.run(tool + " --kernel rbf --degree 2"), 2, "--degree goes with --kernel polynomial");
    check_refused(box.run(tool + " --kernel rbf --bandwidth 0"), 2, "--bandwidth: must be above 0");
    check_refused(box.run(tool + " --kernel cosine"), 2, "--kernel: 'cosine' is none of none|rbf|laplace|polynomial");
  }
  check_refused(box.run("maha-lmnn --kernel rbf --init absent.json absent.csv"), 2, "--kernel goes without a model");
  check_refused(box.run("maha-itml --kernel rbf --prior absent.json --pairs absent.csv absent.csv"), 2,
                "--kernel goes without a model");
  check_refused(box.run("maha-knn --kernel rbf -m absent.json --train absent.csv absent.csv"), 2,
                "--kernel goes without a model, which has its own inside");
  check_refused(box.run("maha-pairs --count 2 --kernel rbf absent.csv"), 2, "go with --nearest");
  check_refused(box.run("maha-lda --kernel polynomial --degree 900 --bandwidth 0.001 datasets/iris.csv"), 1,
                "datasets/iris.csv: the kernel's values are too large: scale the features, or lower --degree");
  check_refused(box.run("seq 400000 | awk '{print $1 / 2 \",\" $1 % 2}' | maha-lda -n --kernel rbf"), 1,
                "a kernel of 400000 rows, unless --landmarks M takes fewer, needs");
}
