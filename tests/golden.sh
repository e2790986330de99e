#!/bin/bash
# golden.sh OLD NEW [FILTER]: what two builds' tools (folders of binaries) print and write, for every example of the
# help and of the pages and for the command lines of golden.txt. Shows what differs; status 1 if anything does.
# GOLDEN_ENV, as in `env`, holds for NEW alone; GOLDEN_KEEP is a folder for what OLD printed and wrote, from which later runs take it.
set -u
old=$(realpath "$1") new=$(realpath "$2") filter=${3:-}
source=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept=${GOLDEN_KEEP:-$work/kept}

# Scripts, one a file: the help's examples of a tool, the blocks of tools of a page, a line of golden.txt.
mkdir "$work/scripts"
for tool in "$old"/maha-*; do
  "$tool" --help | sed -n '/^Examples:/,/^[^ ]/s/^  //p' >"$work/scripts/help.$(basename "$tool")"
done
for page in "$source"/README.md "$source"/docs/maha-*.md; do
  awk '/^```sh/ { inside = 1; block = ""; next }
       /^```/   { if (inside && block ~ /^maha-/) printf "%s", block; inside = 0 }
       inside   { block = block $0 "\n" }' "$page" >"$work/scripts/page.$(basename "$page")"
done
number=100
while read -r line; do
  [[ $line && $line != \#* ]] && echo "$line" >"$work/scripts/line.$((++number))"
done <"$source/tests/golden.txt"

# Runs a script with the tools of a folder; what it says and leaves behind goes into another. Times are not compared.
record() {  # TOOLS SCRIPT FOLDER [VARIABLE=VALUE...]
  mkdir -p "$3" && ln -s "$source/datasets" "$3/datasets"
  (cd "$3" && PATH=$1:$PATH MAHA_THREADS=2 env "${@:4}" bash "$2" >stdout 2>stderr; echo "$?" >status)
  rm "$3/datasets"
  for file in "$3"/*; do
    sed -i -E 's/[0-9.e+-]+ s\b/T s/g; s/"(fit|test)_seconds": *[0-9.e+-]+/"seconds"/g' "$file"
    if grep -q '^{"dataset":' "$file"; then sort -o "$file" "$file"; fi  # a journal, whose lines come as runs end
    if head -1 "$file" | grep -q ',seconds$'; then sed -i -E 's/,[0-9.e+-]+$/,T/' "$file"; fi
  done
}

differences=0
for script in "$work"/scripts/*"$filter"*; do
  [ -s "$script" ] || continue
  rm -rf "$work/new"
  before=$kept/$(basename "$script")
  [ -d "$before" ] || record "$old" "$script" "$before"
  record "$new" "$script" "$work/new" ${GOLDEN_ENV-}
  if ! difference=$(diff -r "$before" "$work/new"); then
    differences=$((differences + 1))
    printf '\n== %s\n%s\n%s\n' "$(basename "$script")" "$(head -5 "$script")" "$(head -c 2000 <<<"$difference")"
  fi
done
echo "$differences of $(find "$work/scripts" -size +0 -name "*$filter*" | wc -l) scripts differ"
[ $differences = 0 ]
