#include "harness.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace maha::test {
namespace {

namespace fs = std::filesystem;

Outcome last_outcome;  // what LastOutcome prints; the tests run one after the other

/// Says with each failed assertion which command it was about.
struct LastOutcome : doctest::IReporter {
  explicit LastOutcome(const doctest::ContextOptions& options) : options_(options) {}
  void log_assert(const doctest::AssertData& assertion) override {
    if (assertion.m_failed && !last_outcome.command.empty()) *options_.cout << last_outcome;
  }
  void test_case_start(const doctest::TestCaseData&) override { last_outcome = {}; }
  void test_case_reenter(const doctest::TestCaseData&) override { last_outcome = {}; }

  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  const doctest::ContextOptions& options_;
};
REGISTER_LISTENER("last_outcome", 1, LastOutcome);

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

fs::path temporary_directory() {
  std::string name = (fs::temp_directory_path() / "maha-cli-XXXXXX").string();
  if (!mkdtemp(name.data())) fail(name);
  return name;
}

/// In the child: becomes the shell. Its process group is its own, so that all of it can be killed at once.
[[noreturn]] void become_shell(const std::string& command, const fs::path& directory, int in, int out, int err) {
  setpgid(0, 0);
  for (const int reset : {SIGPIPE, SIGINT, SIGQUIT, SIGHUP})
    signal(reset, SIG_DFL);  // in the background some are ignored
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (chdir(directory.c_str()) != 0) _exit(127);
  setenv("PATH", (std::string(MAHA_BIN_DIR) + ":" + getenv("PATH")).c_str(), 1);
  setenv("LC_ALL", "C", 1);
  unsetenv("MAHA_THREADS");
  unsetenv("OMP_NUM_THREADS");
  execlp("bash", "bash", "-o", "pipefail", "-c", command.c_str(), nullptr);
  _exit(127);
}

void write_all(int descriptor, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = ::write(descriptor, text.data() + done, text.size() - done);
    if (n < 0) break;  // the command does not read (all of) its input, as `head` does not
    done += static_cast<std::size_t>(n);
  }
  close(descriptor);
}

int wait_for(pid_t child, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  int state = 0;
  while (waitpid(child, &state, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      kill(-child, SIGKILL);
      waitpid(child, &state, 0);
      return kTimedOut;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

/// The text with every line indented, for a report to be read by people.
std::string indented(const std::string& text) {
  std::string result;
  for (const std::string& line : lines(text)) result += "    " + line + "\n";
  return result;
}

}  // namespace

std::ostream& operator<<(std::ostream& os, const Outcome& outcome) {
  os << "  command: " << outcome.command << "\n  status: ";
  if (outcome.status == kTimedOut) {
    os << "killed, it ran too long";
  } else {
    os << outcome.status;
  }
  return os << "\n  stdout:\n" << indented(outcome.out) << "  stderr:\n" << indented(outcome.err) << "\n";
}

Sandbox::Sandbox() : path_(temporary_directory()) {
  fs::create_directory_symlink(fs::path(MAHA_SOURCE_DIR) / "datasets", path_ / "datasets");
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);  // the link, not what it leads to
}

void Sandbox::write(const std::string& name, const std::string& content) const {
  std::ofstream file(path_ / name, std::ios::binary);
  file << content;
  if (!file.flush()) fail("cannot write " + name);
}

std::string Sandbox::read(const std::string& name) const { return read_text(path_ / name); }

std::vector<std::string> Sandbox::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename().string());
  std::erase(names, "datasets");
  std::sort(names.begin(), names.end());
  return names;
}

Outcome Sandbox::run(const std::string& command, const std::string& input, std::chrono::milliseconds limit) const {
  const fs::path streams = temporary_directory();  // beside the directory, which shows only what the command made
  const int out = open((streams / "out").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const int err = open((streams / "err").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  int in[2];
  if (out < 0 || err < 0 || pipe2(in, O_CLOEXEC) != 0) fail("cannot redirect the streams");
  signal(SIGPIPE, SIG_IGN);

  const pid_t child = fork();
  if (child < 0) fail("cannot start a process");
  if (child == 0) become_shell(command, path_, in[0], out, err);
  setpgid(child, child);  // here as well, so that it is done whoever comes first
  for (const int descriptor : {in[0], out, err}) close(descriptor);
  std::thread writer(write_all, in[1], std::cref(input));
  const int status = wait_for(child, limit);
  writer.join();

  last_outcome = {command, status, read_text(streams / "out"), read_text(streams / "err")};
  fs::remove_all(streams);
  return last_outcome;
}

bool is_installed(const Sandbox& box, const std::string& program) {
  if (box.run("command -v " + program).status == 0) return true;
  MESSAGE("left out: ", program, " is not installed");
  return false;
}

void check_refused(const Outcome& outcome, int status, const std::string& message) {
  CHECK_MESSAGE(outcome.status == status, outcome);
  CHECK_MESSAGE(outcome.out == "", outcome);
  CHECK_MESSAGE(lines(outcome.err).size() == 1, outcome);
  CHECK_MESSAGE(contains(outcome.err, message), "wanted: ", message, "\n", outcome);
}

std::vector<std::string> tools() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(MAHA_BIN_DIR)) {
    const std::string name = entry.path().filename().string();
    const bool executable = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
    if (name.starts_with("maha-") && entry.is_regular_file() && executable) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(text << file.rdbuf()))) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return text.str();
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

}  // namespace maha::test
