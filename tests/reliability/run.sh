#!/bin/bash
# run.sh BIN [NAME...]: repeats what docs/reliability.md counts, with the tools of a folder: every check beside this file,
# or those named. A check gets the folder, prints lines of `NAME: what was tried, what failed`, and fails if anything did.
set -u
bin=$(realpath "$1")
shift
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- $(ls checks)
failed=()
for name in "$@"; do
  printf '\n== %s\n' "$name"
  begin=$SECONDS
  "checks/$name" "$bin" || failed+=("$name")
  echo "$((SECONDS - begin)) s"
done
echo
for name in "${failed[@]}"; do echo "failed: $name"; done
[ ${#failed[@]} = 0 ]
