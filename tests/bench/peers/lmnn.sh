#!/bin/bash
# LMNN beside metric-learn and PyLMNN: one thread each, the same problem, the same rows, and one formula that judges all.
# MAHA_PEERS names a folder with their sources, as `git clone` leaves them in metric-learn/ and pylmnn/; Debian has
# what they need: apt-get install python3-sklearn python3-six. MAHA_DATA adds letter, its first 4000 rows for metric-learn.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=/usr/bin/python3
[ -n "${MAHA_PEERS-}" ] || { echo "needs MAHA_PEERS, a folder with metric-learn/ and pylmnn/"; exit 0; }
$python -c 'import sklearn, six' 2>/dev/null || { echo "needs python3-sklearn and python3-six"; exit 0; }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compare() {  # NAME TRAIN TEST [OPTION...]
  PYTHONPATH="$MAHA_PEERS/metric-learn:$MAHA_PEERS/pylmnn" $python "$here/lmnn.py" "${@:4}" "$1" "$2" "$3"
}

for name in wine wdbc digits; do
  maha-split --test 0.3 "$here/../../../datasets/$name.csv" --train-out "$work/train.csv" --test-out "$work/test.csv"
  options=(--standardize)
  if [ $name = digits ]; then options=(); fi
  compare $name "$work/train.csv" "$work/test.csv" "${options[@]}"
done
if [ -n "${MAHA_DATA-}" ]; then
  letter=("$MAHA_DATA"/letter.{train,test}.csv.gz)
  compare 'letter, first 4000 rows' "${letter[@]}" --standardize --rows 4000
  compare letter "${letter[@]}" --standardize --without metric-learn
fi
