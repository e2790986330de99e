#!/bin/bash
# The exact k-NN search of FAISS (flat, float32) and scikit-learn (brute, float64) beside ours, on the sets of MAHA_DATA.
# Debian: apt-get install python3-faiss python3-sklearn libopenblas0-pthread. Without OpenBLAS FAISS is 3 to 30 times slower.
set -euo pipefail
cd "$(dirname "$0")"
[ -n "${MAHA_DATA-}" ] || { echo "needs MAHA_DATA"; exit 0; }
python=/usr/bin/python3
$python -c 'import faiss, sklearn' 2>/dev/null || { echo "needs python3-faiss and python3-sklearn"; exit 0; }
for set in letter isolet mnist; do
  for threads in 1 2; do
    # A kernel of OpenBLAS that was chosen for an older processor would not be fair.
    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads \
      $python neighbors.py "$MAHA_DATA" $set $threads
  done
done
