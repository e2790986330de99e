# Read by deb.sh and tarball.sh. What goes into a package is decided here: no time, owner, mode or order of the machine that
# it is made on, so that the same sources and compiler give the same bytes in any folder.
set -eu
umask 022
export LC_ALL=C TZ=UTC
unset GZIP XZ_OPT XZ_DEFAULTS TAR_OPTIONS
source=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
version=$2
epoch() {
  git -C "$source" log -1 --format=%ct 2>/dev/null || stat -c %Y "$source/CHANGELOG.md"
}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(epoch)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# All that CMake installs, but with one executable under the names of all the tools.
install_as() {  # COMPONENT PREFIX [OPTION...]: options of `cmake --install`
  component=$1 prefix=$2
  shift 2
  for part in Unspecified "$component"; do
    cmake --install "$build" --component "$part" --strip --prefix "$prefix" "$@" >"$work/log" ||
      { cat "$work/log" >&2; return 1; }
  done
}

# The licences of the libraries that an executable has inside, as the Debian packages they come from give them.
copy_licences() {  # FOLDER
  mkdir -p "$1"
  for package in $(grep -Ex '(lib.*|nlohmann.*|zlib.*)' "$source/cmake/debian-packages.txt") libc6-dev $(cd /usr/share/doc &&
    ls -d libstdc++-[0-9]*-dev); do
    [ ! -e "/usr/share/doc/$package/copyright" ] || cp -L "/usr/share/doc/$package/copyright" "$1/$package.txt"
  done
}

settle() {  # FOLDER: times and modes
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}
