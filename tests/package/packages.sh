#!/bin/bash
# packages.sh BUILD: makes the archive and the Debian packages of a release build, and shows that
#   lintian has no error or warning for the packages, and a program can be built against the library's;
#   the sources, built again in another folder, give the same bytes (PACKAGES_REBUILD=no leaves it out, for its time);
#   what docs/install.md shows of the archive works on systems that have their base packages alone, and the Debian packages
#   install and work where their libraries are to be had (as root, which making such systems takes).
# SYSTEMS names these, as debootstrap does; MAHA_SYSTEMS is a folder where they are kept for the next time.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
systems=${SYSTEMS:-bullseye bookworm trixie jammy noble}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
failed=0
fail() { echo "failed: $1"; failed=1; }

# The files that a build makes, into a folder with their checksums.
pack() {  # BUILD FOLDER
  cmake --build "$1" --target deb tarball >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  mkdir -p "$2"
  grep -E '\.(deb|tar\.[gx]z)$' "$work/log" | sort -u | xargs -I{} cp {} "$2"
  (cd "$2" && sha256sum ./* >"$2.sums")
}
pack "$build" "$work/made"
cat "$work/made.sums"

if command -v lintian >/dev/null; then
  lintian --allow-root --fail-on error,warning "$work"/made/*.deb && echo "lintian: ok" || fail "lintian"
else
  echo "lintian: not installed, left out"
fi

mkdir "$work/dev"
dpkg-deb -x "$work"/made/libmaha-dev_*.deb "$work/dev"
nearest() { [ "$("$1")" = "1 0.25" ]; }  # as test.sh has it of a build
cmake -S "$source/tests/package" -B "$work/nearest" "-DCMAKE_PREFIX_PATH=$work/dev/usr" >"$work/log" 2>&1 &&
  cmake --build "$work/nearest" >>"$work/log" 2>&1 && nearest "$work/nearest/nearest" && echo "libmaha-dev, by CMake: ok" ||
  { cat "$work/log"; fail "libmaha-dev, by CMake"; }
if command -v pkg-config >/dev/null; then
  sed "s|^prefix=.*|prefix=$work/dev/usr|" "$(find "$work/dev" -name maha.pc)" >"$work/maha.pc"
  read -ra flags < <(PKG_CONFIG_PATH=$work pkg-config --cflags --libs maha)
  g++ -std=c++20 "$source/tests/package/nearest.cpp" -o "$work/nearest.pc" "${flags[@]}" && nearest "$work/nearest.pc" &&
    echo "libmaha-dev, by pkg-config: ok" || fail "libmaha-dev, by pkg-config"
fi

# Sources at another place, copied at another time, built with another number of jobs.
if [ "${PACKAGES_REBUILD:-yes}" = yes ]; then
  setting() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
  other=$work/a/place/with/a/longer/name
  mkdir -p "$other"
  (cd "$source" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$other")
  cmake -S "$other" -B "$other/out" -G Ninja -DMAHA_TESTS=OFF "-DCMAKE_BUILD_TYPE=$(setting CMAKE_BUILD_TYPE)" \
    "-DCMAKE_CXX_COMPILER=$(setting CMAKE_CXX_COMPILER)" "-DMAHA_MARCH=$(setting MAHA_MARCH)" >"$work/log"
  pack "$other/out" "$work/again"
  cmp "$work/made.sums" "$work/again.sums" && echo "made again elsewhere: the same bytes" || fail "not the same bytes"
fi

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "bare systems: needs root and debootstrap, left out"
  exit $failed
fi

# Commands and output of the page; the version of the file, and the archive that a system without xz can read.
archive=$(basename "$work"/made/*.tar.gz .tar.gz)
block() { awk -v fence="\`\`\`$1" '$0 == fence { inside = 1; next } inside && /^```/ { exit } inside' "$source/docs/install.md"; }
block sh | sed "s/maha-[0-9.]*-linux-[a-z0-9_]*/$archive/g; s/tar\.xz/tar.gz/" >"$work/commands"
block text >"$work/shown"

base_system() {  # NAME FOLDER
  local mirror=http://deb.debian.org/debian script=/usr/share/debootstrap/scripts/$1
  case $1 in
    focal | jammy | noble | resolute) mirror=http://archive.ubuntu.com/ubuntu ;;
  esac
  # A system that is newer than debootstrap is made as its elders are, and its key may be unknown.
  [ -e "$script" ] || script=/usr/share/debootstrap/scripts/gutsy
  debootstrap --no-check-gpg --variant=minbase "$1" "$2" "$mirror" "$script" >"$work/log" 2>&1
}
inside() {  # ROOT COMMANDS...
  unshare --mount --pid --fork --mount-proc="$1/proc" chroot "$1" env PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -ec "$2"
}
for system in $systems; do
  root=${MAHA_SYSTEMS:-$work}/$system
  [ -x "$root/bin/sh" ] || base_system "$system" "$root" || { fail "$system: debootstrap"; tail -n 3 "$work/log"; continue; }
  mkdir -p "$root/try"
  cp "$work"/made/* "$work/commands" "$root/try"
  begin=$(date +%s%N)
  if inside "$root" 'cd /try; . ./commands' >"$work/out" 2>"$work/log" && cmp "$work/out" "$work/shown"; then
    echo "$system: from the archive to the first result in $((($(date +%s%N) - begin) / 1000000)) ms"
  else
    fail "$system: archive"; cat "$work/out" "$work/log"
  fi
  cp /etc/resolv.conf "$root/etc"
  if inside "$root" 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      /try/maha_*.deb' >"$work/log" 2>&1; then
    inside "$root" 'cd /try; tail -n 3 commands >run; . ./run' \
      >"$work/out" 2>"$work/log" && cmp "$work/out" "$work/shown" && echo "$system: Debian package: ok" || fail "$system: Debian package"
    inside "$root" 'apt-get purge -y maha' >"$work/log" 2>&1 || fail "$system: removal"
  elif grep -q 'Depends: ' "$work/log"; then
    echo "$system: Debian package: older than what it was made on, left out"
  else
    fail "$system: Debian package"; tail -n 5 "$work/log"
  fi
  rm -r "$root/try"
done
exit $failed
