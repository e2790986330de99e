#include "plot/gnuplot/gnuplot.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sstream>
#include <string_view>

#include "core/error.hpp"

namespace maha::plot {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
/// A temporary file without a name. Unlike pipes, it takes input and output of any size without one side waiting.
using Scratch = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const char* what, int error) {
  throw InputError(std::string(what) + ": " + std::strerror(error));
}

Scratch scratch() {
  Scratch file(std::tmpfile());
  if (!file) fail("a temporary file", errno);
  return file;
}

std::string content(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char part[1 << 16];
  for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, file)) > 0;) text.append(part, n);
  if (std::ferror(file)) fail("a temporary file", errno);
  return text;
}

/// gnuplot's reason is in the last line, after "line 7: "; lines before it mark the place with a ^.
std::string last_line(const std::string& text) {
  std::istringstream lines(text);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t") != std::string::npos) last = line.substr(line.find_first_not_of(" \t"));
  }
  return last;
}

/// gnuplot escapes < and & but not ]]>, which XML text must not contain either.
std::string escape_section_ends(std::string svg) {
  for (std::size_t at = 0; (at = svg.find("]]>", at)) != std::string::npos;) svg.replace(at + 2, 1, "&gt;");
  return svg;
}

/// gnuplot ends as if all were well where its output finds no room.
bool is_whole(const std::string& picture, PictureFormat format) {
  const std::size_t last = picture.find_last_not_of("\r\n");
  const std::string_view text = std::string_view(picture).substr(0, last + 1);
  switch (format) {
    case PictureFormat::svg:
      return text.ends_with("</svg>");
    case PictureFormat::png:
      return text.ends_with("IEND\xae\x42\x60\x82");
    case PictureFormat::pdf:
      return text.ends_with("%%EOF");
  }
  return true;
}

pid_t spawn(std::FILE* in, std::FILE* out, std::FILE* err) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(err), STDERR_FILENO);
  posix_spawnattr_t attributes;  // signals that this process ignores end gnuplot, rather than leave half a picture
  sigset_t ignored;
  ::sigemptyset(&ignored);
  for (const int signal : {SIGPIPE, SIGXFSZ}) ::sigaddset(&ignored, signal);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setsigdefault(&attributes, &ignored);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  char program[] = "gnuplot", defaults[] = "-d";
  char* const arguments[] = {program, defaults, nullptr};
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, program, &actions, &attributes, arguments, environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT || error == EACCES) {
    throw InputError("gnuplot is not on PATH: apt install gnuplot-nox, or write the gnuplot script with --script");
  }
  if (error != 0) fail("gnuplot", error);
  return child;
}

}  // namespace

std::string run_gnuplot(const std::string& script, PictureFormat format) {
  const Scratch in = scratch(), out = scratch(), err = scratch();
  if (std::fwrite(script.data(), 1, script.size(), in.get()) != script.size() || std::fflush(in.get()) != 0) {
    fail("a temporary file", errno);
  }
  std::rewind(in.get());
  const pid_t child = spawn(in.get(), out.get(), err.get());
  int state = 0;
  while (::waitpid(child, &state, 0) < 0) {
    if (errno != EINTR) fail("gnuplot", errno);
  }
  std::string picture = content(out.get());
  const bool ended_well = WIFEXITED(state) && WEXITSTATUS(state) == 0 && !picture.empty();
  if (ended_well && !is_whole(picture, format)) {
    throw InputError("gnuplot failed: the picture ends too early; is there room for temporary files?");
  }
  if (ended_well) {
    return format == PictureFormat::svg ? escape_section_ends(picture) : picture;
  }
  const std::string reason = last_line(content(err.get()));
  throw InputError("gnuplot failed" + (reason.empty() ? "" : ": " + reason));
}

}  // namespace maha::plot
