#!/bin/bash
# Measures what was built, and the peers that are installed; the tables of docs/performance.md are what this prints.
# Every program bench_* is run, then every script *.sh of tests/bench/peers. MAHA_DATA names a folder with larger data
# sets (letter, isolet, mnist as NAME.train.csv.gz and NAME.test.csv.gz); what needs one of them is left out without it.
# usage: run.sh BIN_DIR [WORD]: only those with WORD in their names
set -euo pipefail
bin=$(cd "$1" && pwd)
cd "$(dirname "$0")"
export PATH="$bin:$PATH"
shopt -s nullglob

echo "$(nproc) processors, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
for program in "$bin"/bench_*"${2-}"* peers/*"${2-}"*.sh; do
  printf '\n## %s\n' "$(basename "$program")"
  "$program"
done
