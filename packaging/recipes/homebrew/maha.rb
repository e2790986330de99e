class Maha < Formula
  desc "Mahalanobis metric learning at the command line"
  url "@URL@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "boost" => :build
  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "fast_float" => :build
  depends_on "ninja" => :build
  depends_on "nlohmann-json" => :build
  depends_on "spectra" => :build
  depends_on "bzip2"
  depends_on "eigen@3"
  depends_on :linux
  depends_on "xz"
  depends_on "zlib"
  depends_on "zstd"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DMAHA_TESTS=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    cp_r share/"maha/datasets", testpath
    system bin/"maha-lmnn", "--standardize", "datasets/wine.csv", "-o", "lmnn.json"
    assert_match "lmnn", shell_output("#{bin}/maha-knn --leave-one-out --train datasets/wine.csv --model lmnn.json")
  end
end
