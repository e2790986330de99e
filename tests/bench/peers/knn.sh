#!/bin/bash
# From two CSV files to the error of 3-NN: whole processes, one thread each, beside the peers that python3 can import.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export OMP_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
maha-split --test 0.3 "$here/../../../datasets/digits.csv" --train-out "$work/digits.train.csv" --test-out "$work/digits.test.csv"

compare() {  # TRAIN TEST
  ours=$(maha-knn -k 3 --json --train "$1" "$2" | sed 's/.*"errors":\([0-9]*\).*/\1/')
  local commands=("maha-knn=maha-knn -k 3 --train $1 $2")
  for peer in sklearn faiss; do
    python3 -c "import $peer" 2>/dev/null || continue
    echo "errors: maha-knn $ours, $peer $(python3 "$here/knn.py" $peer "$1" "$2")"
    commands+=("$peer=python3 $here/knn.py $peer $1 $2")
  done
  "$here/../interleave.py" "${commands[@]}"
}

trains=("$work/digits.train.csv")
if [ -n "${MAHA_DATA-}" ]; then trains+=("$MAHA_DATA"/{letter,isolet}.train.csv.gz); fi
for train in "${trains[@]}"; do
  printf '\n### %s\n' "$(basename "$train" | cut -d. -f1)"
  compare "$train" "${train/.train./.test.}"
done
