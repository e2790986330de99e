#!/bin/bash
# MMC and ITML from 10,000 pairs, certified: whole processes on one thread, reading both files included.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for name in wine wdbc digits; do
  data="$here/../../../datasets/$name.csv"
  maha-pairs --count 10000 --seed 1 "$data" -o pairs.csv
  printf '\n### %s\n' "$name"
  fits=("mmc=maha-mmc" "mmc --diagonal=maha-mmc --diagonal" "itml --standardize=maha-itml --standardize")
  for fit in "${fits[@]}"; do
    report=$(${fit#*=} -q -j 1 --require-converged --pairs pairs.csv "$data")
    echo "${fit%%=*}: $(sed -n 's/^  "\(gap\|iterations\|rank\)": \(.*\),/\1 \2/p' <<< "$report" | paste -sd ' ')"
  done
  "$here/../interleave.py" "${fits[@]/%/ -q -j 1 --pairs pairs.csv $data}"
done
