#!/bin/bash
# Whole processes that read 1,000,000 x 20 numbers of 6 and of 17 digits, page cache warm: counting lines, maha-cov, which
# reads them and sums up a covariance on the way, and the readers of NumPy and pandas, where installed.
set -euo pipefail
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

make_file() {  # DIGITS
  awk -v digits="$1" 'BEGIN {
    srand(1)
    format = "%." digits "g"
    for (i = 0; i < 1000000; ++i) {
      line = ""
      for (j = 0; j < 20; ++j) line = line (j ? "," : "") sprintf(format, rand() + rand() + rand() + rand() - 2)
      print line
    }
  }'
}

for digits in 6 17; do
  file=$folder/$digits.csv
  make_file $digits >"$file"
  printf '%d digits, %d MB\n' $digits $(($(stat -c %s "$file") / 1000000))
  peers=()
  if "$python" -c 'import numpy' 2>/dev/null; then
    peers+=("numpy.loadtxt=$python -c 'import numpy; numpy.loadtxt(\"$file\", delimiter=\",\")'")
  fi
  if "$python" -c 'import pandas' 2>/dev/null; then
    peers+=("pandas=$python -c 'import pandas; pandas.read_csv(\"$file\", header=None)'")
  fi
  "$(dirname "$0")/../interleave.py" "maha-cov, 1 thread=maha-cov -n -j 1 $file" "maha-cov, 2 threads=maha-cov -n -j 2 $file" \
    "wc -l=wc -l $file" "${peers[@]}"
done
