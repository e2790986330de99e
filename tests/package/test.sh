#!/bin/sh
# Installs a build into a folder of its own, moves that, and builds a program against it: with CMake, and with pkg-config.
# usage: test.sh BUILD_DIR CXX
set -eu
build=$1
cxx=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first" >"$work/log" || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/prefix"

expect() {  # NAME PROGRAM: the nearest to 3 is the point 4, at squared distance 0.25
  said=$("$2")
  [ "$said" = "1 0.25" ] || { echo "$1: '$said'"; exit 1; }
  echo "$1: ok"
}

headers=$(sed -n 's/^\([a-z].*\)/#include <maha\/\1>/p' "$here/../../src/public_headers.txt")
printf '%s\nint main() {}\n' "$headers" >"$work/all.cpp"
"$cxx" -std=c++20 -fsyntax-only -I"$work/prefix/include" -I"$work/prefix/include/maha" -isystem /usr/include/eigen3 "$work/all.cpp"
echo "public headers: ok"

cmake -S "$here" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_COMPILER="$cxx" >"$work/log" 2>&1 &&
  cmake --build "$work/cmake" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
expect "CMake package" "$work/cmake/nearest"

if command -v pkg-config >/dev/null; then
  pc=$(find "$work/prefix" -name maha.pc)
  # shellcheck disable=SC2046  # flags are words
  "$cxx" -std=c++20 "$here/nearest.cpp" -o "$work/nearest" $(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --cflags --libs maha)
  expect "pkg-config" "$work/nearest"
else
  echo "pkg-config: not installed, left out"
fi
