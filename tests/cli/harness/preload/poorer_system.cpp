/// Preloaded into a tool, it takes away what not every system has, by the variable MAHA_WITHOUT: `tmpfile` the nameless
/// files, as NFS, FUSE and vfat are without; `proc` the folder of descriptors, by which such files get a name.
///
/// And it makes the system fail at one moment, by the variable MAHA_FAULT, which is CALL:N:WHAT. CALL is one of
/// kCalls, or `any` of them but malloc, or `byte`: then N is the number of bytes that can be read. WHAT is the errno of
/// the N-th call, with a + of all from the N-th on; or `s9`, a signal that comes before it; or `short`: from the N-th
/// on, what is read or written is one byte. As the process ends, unless it is cut short, the number of such calls is
/// written to the file MAHA_FAULT_COUNT. Standard error is left alone, so that messages come through, and so are
/// processes that are no tools.
///
/// And by MAHA_SIGNAL=SIGNAL,N it sends a tool a signal once N files have taken their places.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {

enum Call { memory, reading, writing, opening, closing, syncing, renaming, linking, unlinking, sending, others };
constexpr const char* kCalls[] = {"malloc", "read", "write",  "open",     "close", "fsync",
                                  "rename", "link", "unlink", "sendfile", "stat"};
constexpr int kAny = -1, kByte = -2, kNothing = -3;

int wanted = kNothing;
long moment = 0;
int error = 0, signal_sent = 0;
bool from_then_on = false, is_short = false;
std::atomic<long> count{0};
const char* report = nullptr;

__attribute__((constructor)) void prepare() {
  const char* const fault = std::getenv("MAHA_FAULT");
  if (!fault || std::strncmp(program_invocation_short_name, "maha-", 5) != 0) return;
  report = std::getenv("MAHA_FAULT_COUNT");
  const char* const number = std::strchr(fault, ':') + 1;
  const char* const what = std::strchr(number, ':') + 1;
  moment = std::atol(number);
  if (*what == 's') signal_sent = std::atoi(what + 1);
  is_short = std::strcmp(what, "short") == 0;
  error = std::atoi(what);
  from_then_on = is_short || std::strchr(what, '+') != nullptr;
  const auto length = static_cast<std::size_t>(number - 1 - fault);
  const auto is = [&](const char* name) { return std::strlen(name) == length && !std::strncmp(fault, name, length); };
  if (is("any")) wanted = kAny;
  if (is("byte")) wanted = kByte;
  for (int call = memory; call <= others; ++call) {
    if (is(kCalls[call])) wanted = call;
  }
}

__attribute__((destructor)) void tell() {
  if (!report) return;
  wanted = kNothing;
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%ld", count.load());
  const long file = syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  (void)!syscall(SYS_write, file, text, length);
  syscall(SYS_close, file);
}

/// Counts the call, and says whether the moment has come.
bool comes(Call call) {
  if (wanted != call && (wanted != kAny || call == memory)) return false;
  const long n = ++count;
  if (n != moment && !(from_then_on && n > moment)) return false;
  if (signal_sent != 0) ::raise(signal_sent);
  return signal_sent == 0;
}

bool fails(Call call) {
  if (!comes(call)) return false;
  errno = error;
  return !is_short;
}

/// The result of a system call as the library gives it.
template <class... Arguments>
auto done(long number, Arguments... arguments) {
  return syscall(number, arguments...);
}

bool without(const char* what) {
  const char* const list = std::getenv("MAHA_WITHOUT");
  return list && std::strcmp(list, what) == 0;
}

int open_file(const char* path, int flags, mode_t mode) {
  if ((flags & O_TMPFILE) == O_TMPFILE && without("tmpfile")) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return fails(opening) ? -1 : static_cast<int>(done(SYS_openat, AT_FDCWD, path, flags, mode));
}

/// What is left of a request for `size` bytes; -1 where it fails.
ssize_t allowed(Call call, std::size_t size) {
  if (call == reading && wanted == kByte) {
    const long left = moment - count;
    errno = error;
    return left > 0 ? std::min<ssize_t>(left, static_cast<ssize_t>(size)) : -1;
  }
  if (!comes(call)) return static_cast<ssize_t>(size);
  errno = error;
  return !is_short ? -1 : std::min<ssize_t>(1, static_cast<ssize_t>(size));
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return fails(memory) ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t n, std::size_t size) { return fails(memory) ? nullptr : __libc_calloc(n, size); }
void* realloc(void* old, std::size_t size) { return fails(memory) ? nullptr : __libc_realloc(old, size); }
void* memalign(std::size_t unit, std::size_t size) { return fails(memory) ? nullptr : __libc_memalign(unit, size); }
void* aligned_alloc(std::size_t unit, std::size_t size) { return memalign(unit, size); }
int posix_memalign(void** result, std::size_t unit, std::size_t size) {
  *result = memalign(unit, size);
  return *result ? 0 : ENOMEM;
}
void* mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset) {
  if (fails(memory)) return MAP_FAILED;
  return reinterpret_cast<void*>(done(SYS_mmap, at, size, protection, flags, file, offset));
}

ssize_t read(int file, void* buffer, std::size_t size) {
  const ssize_t most = allowed(reading, size);
  const ssize_t got = most < 0 ? -1 : done(SYS_read, file, buffer, most);
  if (wanted == kByte && got > 0) count += got;
  return got;
}
ssize_t write(int file, const void* buffer, std::size_t size) {
  const ssize_t most = file == STDERR_FILENO ? static_cast<ssize_t>(size) : allowed(writing, size);
  return most < 0 ? -1 : done(SYS_write, file, buffer, most);
}

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);  // not read where there is none
  va_end(arguments);
  return open_file(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return open_file(path, flags, mode);
}

int close(int file) {
  const bool failed = fails(closing);
  const int result = static_cast<int>(done(SYS_close, file));  // a file is closed even where that fails
  if (!failed) return result;
  errno = error;
  return -1;
}
int fsync(int file) { return fails(syncing) ? -1 : static_cast<int>(done(SYS_fsync, file)); }
int rename(const char* from, const char* to) {
  if (fails(renaming)) return -1;
  const int result = static_cast<int>(done(SYS_rename, from, to));
  static int renamed = 0;
  int number = 0, after = 0;
  const char* const wanted = std::getenv("MAHA_SIGNAL");
  if (wanted && std::sscanf(wanted, "%d,%d", &number, &after) == 2 && ++renamed == after) (void)kill(getpid(), number);
  return result;
}
int linkat(int from, const char* path, int to, const char* name, int flags) {
  if (without("proc")) {
    errno = ENOENT;
    return -1;
  }
  return fails(linking) ? -1 : static_cast<int>(done(SYS_linkat, from, path, to, name, flags));
}
int link(const char* from, const char* to) { return fails(linking) ? -1 : static_cast<int>(done(SYS_link, from, to)); }
int unlink(const char* path) { return fails(unlinking) ? -1 : static_cast<int>(done(SYS_unlink, path)); }
ssize_t sendfile(int to, int from, off_t* at, std::size_t size) {
  return fails(sending) ? -1 : done(SYS_sendfile, to, from, at, size);
}
int fchmod(int file, mode_t mode) { return fails(others) ? -1 : static_cast<int>(done(SYS_fchmod, file, mode)); }
int ftruncate(int file, off_t size) { return fails(others) ? -1 : static_cast<int>(done(SYS_ftruncate, file, size)); }
off_t lseek(int file, off_t offset, int whence) { return fails(others) ? -1 : done(SYS_lseek, file, offset, whence); }
int stat(const char* path, struct stat* status) {
  return fails(others) ? -1 : static_cast<int>(done(SYS_newfstatat, AT_FDCWD, path, status, 0));
}
int fstat(int file, struct stat* status) {
  return fails(others) ? -1 : static_cast<int>(done(SYS_fstat, file, status));
}
int faccessat(int folder, const char* path, int mode, int flags) {
  return fails(others) ? -1 : static_cast<int>(done(SYS_faccessat2, folder, path, mode, flags));
}
}
