#!/bin/sh
# Installs a build into a folder of its own, moves that, runs the examples of the help and follows the links of the pages
# there, and builds a program against it: with CMake, and with pkg-config. What packages are made of is looked at too; the
# packages themselves are tested by packages.sh.
# usage: test.sh BUILD_DIR CXX
set -eu
build=$1
cxx=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first" >"$work/log" || { cat "$work/log"; exit 1; }
mv "$work/first" "$work/prefix"
tools=$work/prefix/bin

examples() {  # TOOL: the command lines of its help
  "$1" --help | sed -n '/^Examples:/,/^[^ ]/s/^  //p'
}

# Those of an installed tool work from an empty folder. What fails inside a pipe is seen by what it says.
run_examples() {  # FOLDER_OF_TOOLS TOOL EMPTY_FOLDER
  examples "$1/$2" >"$3.examples"
  head -1 "$3.examples" | grep -q '^test -e datasets || cp -r ' || { echo "$2: no line that copies the data sets"; return 1; }
  while read -r line; do
    if (cd "$3" && PATH=$1:$PATH bash -c "$line") </dev/null >"$3.out" 2>"$3.err" &&
      ! grep '^maha' "$3.err" | grep -qv '^maha[a-z-]*: \(warning\|note\): '; then continue; fi
    grep -q 'gnuplot is not on PATH' "$3.err" || { echo "$2: $line"; cat "$3.err"; return 1; }
  done <"$3.examples"
}
mkdir "$work/empty"
for tool in "$tools"/maha*; do
  name=$(basename "$tool")
  mkdir "$work/empty/$name"
  run_examples "$tools" "$name" "$work/empty/$name"
done
odd="$work/Jo's tools"
mkdir -p "$odd/bin" "$work/empty/odd"
cp -r "$work/prefix/share" "$odd"
cp "$tools/maha-cov" "$tools/maha-knn" "$odd/bin"
run_examples "$odd/bin" maha-cov "$work/empty/odd"
! examples "$build/bin/maha-cov" | grep 'cp -r' || { echo "a build's help copies data sets"; exit 1; }
echo "examples of the help, from empty folders: ok"

# What packages have: all tools are one file, which is each of them by its name, or by a user's own name for it.
one=$work/one/bin
cmake --install "$build" --component one --prefix "$work/one" >"$work/log" || { cat "$work/log"; exit 1; }
[ "$(ls "$one")" = "$(ls "$tools")" ] || { echo "packed tools: $(ls "$one")"; exit 1; }
[ "$(stat -c %i "$one"/* | sort -u | wc -l)" = 1 ] || { echo "packed tools: more than one file"; exit 1; }
for tool in "$one"/*; do
  "$tool" --help >"$work/packed"
  "$build/bin/$(basename "$tool")" --help | cmp - "$work/packed" || { echo "packed $tool: another help"; exit 1; }
done
ln -s "$one/maha-cov" "$work/spread"
[ "$("$work/spread" --version)" = "$("$tools/maha-cov" --version)" ] || { echo "packed maha-cov by another name"; exit 1; }
cp "$one/maha-cov" "$work/unknown"
status=0
"$work/unknown" --version >"$work/packed" 2>&1 || status=$?
[ "$status" = 2 ] && grep -q '^  maha-knn$' "$work/packed" || { echo "packed, by no tool's name:"; cat "$work/packed"; exit 1; }
echo "one executable for all tools: ok"

cmp "$here/../../docs/model.schema.json" "$work/prefix/share/maha/model.schema.json"
(cd "$work/prefix/share/maha/datasets" && sha256sum --check --quiet SHA256SUMS)
find "$work/prefix/share/doc/maha" -name '*.md' >"$work/pages"
while read -r page; do
  sed -e '/^```/,/^```/d' -e 's/`[^`]*`//g' "$page" | grep -o '](\([^)#:]*\)[#)]' | sed 's/^](//; s/[#)]$//' | sort -u |
    while read -r link; do
      [ -e "$(dirname "$page")/$link" ] || { echo "$page: $link leads nowhere"; exit 1; }
    done
done <"$work/pages"
echo "pages, schema and data sets: ok"

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
