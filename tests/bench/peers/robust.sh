#!/bin/bash
# maha-cov --robust beside scikit-learn's MinCovDet: one thread each, the same h rows sought, one formula that judges both.
# Debian has it: apt-get install python3-sklearn. MAHA_DATA adds letter.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || { echo "needs python3-sklearn"; exit 0; }
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 exec /usr/bin/python3 "$here/robust.py" "$here/../../../datasets"
