/// datasets/get.sh: what it takes, fetches, converts, checks and says. It runs as a copy beside checksums of small
/// files made by hand in the formats of the originals.

#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// A copy of the script, and what its results are to be.
void write_results(const Sandbox& box, const std::vector<std::pair<std::string, std::string>>& results) {
  std::string names;
  box.run("mkdir tool wanted; cp datasets/get.sh datasets/deskew_mnist.py tool/");
  for (const auto& [name, content] : results) box.write("wanted/" + name, content);
  CHECK(box.run("cd wanted && sha256sum -- * > ../tool/get.sha256").status == 0);
}

/// f1,...,fd,label
std::string header(int d) {
  std::string line;
  for (int j = 1; j <= d; ++j) line += "f" + std::to_string(j) + ",";
  return line + "label\n";
}

/// What compress(1) makes of less than 256 bytes: all literal, nine bits each.
std::string compressed(const std::string& text) {
  std::string out = "\x1f\x9d\x90";
  unsigned bits = 0;
  int count = 0;
  for (const unsigned char c : text) {
    bits |= static_cast<unsigned>(c) << count;
    for (count += 9; count >= 8; count -= 8, bits >>= 8) out += static_cast<char>(bits & 255);
  }
  return count > 0 ? out + static_cast<char>(bits) : out;
}

/// An idx file with one axis for each size, as MNIST's are.
std::string idx(const std::vector<int>& sizes, const std::string& bytes) {
  std::string file{'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const int size : sizes) file += std::string{'\0', '\0', '\0', static_cast<char>(size)};
  return file + bytes;
}

const std::string kSonar = header(60) + repeated("0.0200,", 60) + "R\n" + repeated("0.5,", 60) + "M\n";
const std::string kSonarOriginal = repeated("0.0200,", 60) + "R\r\n" + repeated("0.5,", 60) + "M\r\n\r\n";

}  // namespace

TEST_CASE("get.sh: what is ready in MAHA_DATA is taken, gzip or not, if it is what it should be") {
  const Sandbox box;
  write_results(box,
                {{"sonar.csv", kSonar}, {"letter.train.csv", "x,label\n1,A\n"}, {"letter.test.csv", "x,label\n2,B\n"}});
  box.run("mkdir data; cp wanted/letter.t* data; gzip -c wanted/sonar.csv > data/sonar.csv.gz");
  const Outcome taken = box.run("MAHA_DATA=data sh tool/get.sh --to out letter sonar");
  CHECK(taken.status == 0);
  CHECK(taken.out == "");
  CHECK(taken.err == "get.sh: letter.train.csv: 1 rows\nget.sh: letter.test.csv: 1 rows\nget.sh: sonar.csv: 2 rows\n");
  CHECK(box.read("out/sonar.csv") == kSonar);
  CHECK(box.run("ls out").out == "letter.test.csv\nletter.train.csv\nsonar.csv\n");
  CHECK(box.run("sh tool/get.sh --to out sonar").err == "get.sh: sonar.csv: is there\n");

  box.write("data/letter.test.csv", "x,label\n3,B\n");
  box.run("rm out/letter*");
  const Outcome refused = box.run("MAHA_DATA=data sh tool/get.sh --to out letter");
  CHECK(refused.status == 1);
  CHECK(contains(refused.err, "data/letter.test.csv: its SHA-256 differs"));
  CHECK_FALSE(box.exists("out/letter.test.csv"));
}

TEST_CASE("get.sh: nothing unchecked, by a link too; where a file cannot be written it ends and leaves nothing") {
  const Sandbox box;
  const std::string rows = "x,label\n" + repeated("1.5,A\n", 20000);
  write_results(box, {{"letter.train.csv", rows}, {"letter.test.csv", "x,label\n2,B\n"}});
  box.run("mkdir bin data; ln -s ../tool/get.sh bin/get; cp wanted/* data; echo 3,B >> data/letter.test.csv");
  CHECK(contains(box.run("MAHA_DATA=data bin/get --to out letter").err, "data/letter.test.csv: its SHA-256 differs"));
  const Outcome full = box.run("trap '' XFSZ; ulimit -f 8; MAHA_DATA=data sh tool/get.sh --to full letter");
  CHECK(full.status == 1);
  CHECK(contains(full.err, "get.sh: cannot write full/letter.train.csv"));
  CHECK_FALSE(contains(full.err, "fetching"));
  CHECK(box.run("ls full").out == "");
  const Outcome bare = box.run("rm tool/get.sha256; MAHA_DATA=data sh tool/get.sh --to bare letter");
  CHECK(bare.status == 1);
  CHECK(contains(bare.err, "get.sha256 is missing"));
}

TEST_CASE("get.sh: the originals become CSV with a header and the label last") {
  const Sandbox box;
  const std::string letter_header =
      "x_box,y_box,width,high,onpix,x_bar,y_bar,x2bar,y2bar,xybar,x2ybr,xy2br,x_ege,xegvy,y_ege,yegvx,label\n";
  const std::string image = repeated(std::string("\0\x80\xff", 3), 261) + '\7';
  const std::string pixels = repeated("0,128,255,", 261) + "7,", blank = repeated("0,", 784);
  write_results(box, {{"sonar.csv", kSonar},
                      {"ionosphere.csv", header(34) + repeated("1,", 34) + "g\n"},
                      {"letter.train.csv", letter_header + repeated("2,8,T\n", 16000)},
                      {"letter.test.csv", letter_header + "5,12,I\n"},
                      {"isolet.train.csv", header(617) + "-0.4394,1.0000,1\n1,0.0010,26\n"},
                      {"isolet.test.csv", header(617) + "0.5,2\n"},
                      {"mnist.train.csv", header(784) + pixels + "3\n" + blank + "0\n"},
                      {"mnist.test.csv", header(784) + pixels + "9\n"}});
  box.run("mkdir home");
  box.write("home/sonar.all-data", kSonarOriginal);
  box.write("home/ionosphere.data", repeated("1,", 34) + "g\n");
  box.write("home/letter-recognition.data", repeated("T,2,8\n", 16000) + "I,5,12\n");
  box.write("home/isolet1+2+3+4.data.Z", compressed("-0.4394, 1.0000, 1.\n1., 0.0010, 26.\n"));
  box.write("home/isolet5.data.Z", compressed("0.5, 2.\n"));
  box.write("home/train-images-idx3-ubyte", idx({2, 28, 28}, image + std::string(784, '\0')));
  box.write("home/train-labels-idx1-ubyte", idx({2}, std::string("\3\0", 2)));
  box.write("home/t10k-images-idx3-ubyte", idx({1, 28, 28}, image));
  box.write("home/t10k-labels-idx1-ubyte", idx({1}, "\x9"));
  const Outcome outcome = box.run("gzip home/*-ubyte; mkdir out; cd out; MAHA_MIRROR=../home sh ../tool/get.sh all");
  CHECK(outcome.status == 0);
  CHECK(box.run("diff -r wanted out").out == "");
}

TEST_CASE("get.sh: links that others laid in a shared folder are not written through") {
  const Sandbox box;
  write_results(box, {{"sonar.csv", kSonar}});
  box.run("mkdir home shared elsewhere; echo precious > precious; ln -s ../precious shared/sonar.csv.tmp");
  box.write("home/sonar.all-data", kSonarOriginal);
  const std::string get = "MAHA_MIRROR=home sh tool/get.sh --to shared sonar";
  CHECK(box.run(get).status == 0);
  CHECK(box.read("shared/sonar.csv") == kSonar);
  CHECK(box.read("precious") == "precious\n");
  CHECK(box.run("ls -A shared").out == "sonar.csv\nsonar.csv.tmp\n");

  box.run("rm shared/sonar.csv; ln -s ../elsewhere shared/sonar.part");
  const Outcome refused = box.run(get);
  CHECK(refused.status == 1);
  CHECK(contains(refused.err, "shared/sonar.part is not a folder that is yours alone"));
  CHECK(box.run("ls -A elsewhere").out == "");
  CHECK(box.run("rm shared/sonar.part; mkdir -m 777 shared/sonar.part; " + get).status == 1);
  CHECK(box.run("rmdir shared/sonar.part; mkdir shared/sonar.csv; " + get).status == 1);
  CHECK(box.run("ls -A shared/sonar.csv").out == "");
}

TEST_CASE("get.sh --deskew: a slanting line becomes upright, a square stays as it is") {
  const Sandbox box;
  if (box.run("python3 -c 'import numpy' || /usr/bin/python3 -c 'import numpy'").status != 0) {
    MESSAGE("--deskew is not tested: there is no numpy here");
    return;
  }
  const auto image = [](const std::function<bool(int, int)>& is_ink) {
    std::string line;
    for (int i = 0; i < 784; ++i) line += is_ink(i / 28, i % 28) ? "255," : "0,";
    return line;
  };
  const std::string slanting =
      image([](int row, int column) { return row >= 10 && row < 18 && (column == row || column == row + 1); });
  const std::string upright =
      image([](int row, int column) { return row >= 10 && row < 18 && (column == 13 || column == 14); });
  const std::string square =
      image([](int row, int column) { return std::abs(2 * row - 27) < 4 && std::abs(2 * column - 27) < 4; });
  write_results(
      box, {{"mnist.train.csv", header(784) + slanting + "1\n"}, {"mnist.test.csv", header(784) + square + "0\n"}});
  CHECK(box.run("MAHA_DATA=wanted sh tool/get.sh --to out --deskew mnist").status == 0);
  CHECK(box.read("out/mnist.train.deskewed.csv") == header(784) + upright + "1\n");
  CHECK(box.read("out/mnist.test.deskewed.csv") == header(784) + square + "0\n");
}

TEST_CASE("get.sh: a download goes on where it stopped, and one with another checksum is refused and not kept") {
  const Sandbox box;
  if (box.run("command -v curl").status != 0) {
    MESSAGE("downloads are not tested: there is no curl here");
    return;
  }
  write_results(box, {{"sonar.csv", kSonar}});
  box.run("mkdir -p out/sonar.part");
  box.write("out/sonar.part/sonar.all-data.begun", kSonarOriginal.substr(0, 100));
  box.write("sonar.all-data", std::string(100, '?') + kSonarOriginal.substr(100));  // its start is at hand already
  const std::string get = "MAHA_MIRROR=file://$PWD sh tool/get.sh --to out sonar";
  CHECK(box.run(get).status == 0);
  CHECK(box.read("out/sonar.csv") == kSonar);
  CHECK(box.run("ls out").out == "sonar.csv\n");

  box.run("rm out/*");
  const Outcome changed = box.run(get);
  CHECK(changed.status == 1);
  CHECK(contains(changed.err, "get.sh: sonar.csv: its SHA-256 differs"));
  CHECK(box.run("ls out").out == "");
  CHECK(box.run("echo 00  sonar.all-data >> tool/get.sha256; " + get).status == 1);
  CHECK(box.run(get).err.ends_with("is not what it was: its SHA-256 differs from that in get.sha256\n"));
  CHECK(box.run("find out -type f").out == "");
}

TEST_CASE("get.sh: offline, it says what to download and where to put it, and takes it from there") {
  const Sandbox box;
  write_results(box, {{"sonar.csv", kSonar}});
  const std::string get = "MAHA_MIRROR=http://127.0.0.1:9 sh tool/get.sh sonar";
  const Outcome offline = box.run(get);
  CHECK(offline.status == 1);
  CHECK(lines(offline.err).back() ==
        "get.sh: cannot fetch http://127.0.0.1:9/sonar.all-data: try again, or put it into ./sonar.part/ by other "
        "means and call this again");
  box.write("sonar.part/sonar.all-data", kSonarOriginal);
  CHECK(box.run(get).status == 0);
  CHECK(box.read("sonar.csv") == kSonar);
  CHECK_FALSE(box.exists("sonar.part"));
}

TEST_CASE("get.sh: its command line, and the checksums of all that it makes") {
  const Sandbox box;
  CHECK(box.run("sh datasets/get.sh").status == 2);
  CHECK(box.run("sh datasets/get.sh pie").status == 2);
  CHECK(box.run("sh datasets/get.sh sonar --to").status == 2);
  CHECK(contains(box.run("sh datasets/get.sh iris").err, "iris comes with maha: "));
  const Outcome help = box.run("sh datasets/get.sh --help");
  CHECK(help.status == 0);
  CHECK(contains(help.out, "MAHA_DATA"));
  for (const std::string name : {"ionosphere", "sonar", "letter.train", "letter.test", "isolet.train", "isolet.test",
                                 "mnist.train", "mnist.test"}) {
    CHECK(contains(box.read("datasets/get.sha256"), "  " + name + ".csv\n"));
  }
}
