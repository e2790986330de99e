#!/bin/bash
# The learners that iterate, but for LMNN, beside metric-learn and pyDML. MAHA_PEERS names a folder with their sources, as
# `git clone` leaves them in metric-learn/ and pyDML/; Debian has what they need: apt-get install python3-sklearn python3-six.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${MAHA_PEERS-}" ] || { echo "needs MAHA_PEERS, a folder with metric-learn/ and pyDML/"; exit 0; }
/usr/bin/python3 -c 'import sklearn, six' 2>/dev/null || { echo "needs python3-sklearn and python3-six"; exit 0; }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec /usr/bin/python3 "$here/iterative.py" "$here/../../../datasets"
