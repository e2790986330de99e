#include "harness.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
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

/// The words of a command that needs no shell, which takes as long to start as a tool: settings of the environment, a
/// tool, its arguments. None of any other.
std::vector<std::string> plain_words(const std::string& command) {
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || contains(" _-+=.,:/@%", {c});
  };
  if (!std::all_of(command.begin(), command.end(), is_plain)) return {};
  std::istringstream stream(command);
  const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  const auto tool = std::find_if_not(words.begin(), words.end(), [](const auto& word) { return contains(word, "="); });
  if (tool == words.end() || !tool->starts_with("maha") || !fs::exists(fs::path(MAHA_BIN_DIR) / *tool)) return {};
  return words;
}

std::vector<std::string> environment() {
  std::vector<std::string> all{std::string("PATH=" MAHA_BIN_DIR ":") + getenv("PATH"), "LC_ALL=C"};
  for (char** entry = environ; *entry; ++entry) {
    const std::string setting = *entry, name = setting.substr(0, setting.find('='));
    if (name != "PATH" && name != "LC_ALL" && name != "MAHA_THREADS" && name != "OMP_NUM_THREADS")
      all.push_back(setting);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

/// Starts a command, in bash if it needs one. Its process group is its own, so that all of it can be killed at once.
pid_t start(const std::string& command, const fs::path& directory, int in, int out, int err) {
  std::vector<std::string> words = plain_words(command), settings = environment();
  std::string program = "bash";
  if (words.empty()) {
    words = {program, "-o", "pipefail", "-c", command};
  } else {
    for (; contains(words.front(), "="); words.erase(words.begin())) settings.insert(settings.begin(), words.front());
    program = MAHA_BIN_DIR "/" + words.front();
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const auto& [stream, descriptor] : {std::pair{in, STDIN_FILENO}, {out, STDOUT_FILENO}, {err, STDERR_FILENO}}) {
    posix_spawn_file_actions_adddup2(&actions, stream, descriptor);
  }
  posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  sigset_t reset;
  sigemptyset(&reset);
  for (const int signal : {SIGPIPE, SIGINT, SIGQUIT, SIGHUP})
    sigaddset(&reset, signal);  // in the background some are ignored
  posix_spawnattr_setsigdefault(&attributes, &reset);
  pid_t child = -1;
  const int error =
      posix_spawnp(&child, program.c_str(), &actions, &attributes, pointers(words).data(), pointers(settings).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), "cannot start " + program);
  return child;
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

  const pid_t child = start(command, path_, in[0], out, err);
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
