#!/bin/bash
# The learners with a closed form beside the peers that have them: whether the metrics agree, and whole processes on one
# thread. MAHA_PEERS names a folder with the sources of metric-learn and pyDML (as metric-learn/ and pyDML/); scikit-learn
# is to be installed. What is missing is left out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gzip -c "$here/../../../datasets/digits.csv" > "$work/digits.train.csv.gz"

fits=("pca=maha-pca --rank 10" "lda=maha-lda" "cov=maha-cov" "rca=maha-rca --chunk class" "lfda=maha-lfda --rank 3"
  "anmm=maha-anmm --rank 3" "dmlmj=maha-dmlmj")
trains=("$work/digits.train.csv.gz")
if [ -n "${MAHA_DATA-}" ]; then trains+=("$MAHA_DATA/letter.train.csv.gz"); fi
for train in "${trains[@]}"; do
  for fit in "${fits[@]}"; do
    peer="/usr/bin/python3 $here/family.py ${fit%%=*} $train"
    $peer --check 2>/dev/null || continue
    printf '\n### %s: %s\n' "$(basename "$train" | cut -d. -f1)" "${fit#*=}"
    ${fit#*=} -q -j 1 "$train" -o "$work/ours.json" 2>/dev/null  # warnings about pixels that are always 0
    timeout 120 $peer --beside "$work/ours.json" || { echo "no answer from the peer within two minutes"; continue; }
    "$here/../interleave.py" -r 3 "maha=${fit#*=} -q -j 1 $train" "peer=$peer" 2>/dev/null
  done
done
