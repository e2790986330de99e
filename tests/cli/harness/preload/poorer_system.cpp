/// Preloaded into a tool, it takes away what not every system has, by the variable MAHA_WITHOUT: `tmpfile` the nameless
/// files, as NFS, FUSE and vfat are without; `proc` the folder of descriptors, by which such files get a name.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

namespace {

bool without(const char* what) {
  const char* const list = std::getenv("MAHA_WITHOUT");
  return list && std::strcmp(list, what) == 0;
}

int open_file(const char* path, int flags, mode_t mode) {
  if ((flags & O_TMPFILE) == O_TMPFILE && without("tmpfile")) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

}  // namespace

extern "C" {

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

int linkat(int from, const char* path, int to, const char* name, int flags) {
  if (without("proc")) {
    errno = ENOENT;
    return -1;
  }
  return static_cast<int>(syscall(SYS_linkat, from, path, to, name, flags));
}
}
