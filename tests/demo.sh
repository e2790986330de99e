#!/bin/bash
# What maha is for: metrics learned from 70% of some real rows, and how often the 3 nearest then name the class of the
# others wrongly. First one data set step by step, then all of them, each averaged over so many splits.
# usage: demo.sh BIN_DIR [SPLITS]
set -euo pipefail
bin=$(cd "$1" && pwd)
splits=${2:-5}
export PATH="$bin:$PATH"
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$root/datasets" .

show() {
  echo "\$ $1"
  eval "$1"
}
show 'maha-split --test 0.3 --seed 1 datasets/wine.csv --train-out train.csv --test-out test.csv'
show 'maha-knn -k 3 --train train.csv test.csv'
show 'maha-lmnn -k 3 --standardize train.csv -o lmnn.json'
show 'maha-knn -k 3 --train train.csv --model lmnn.json test.csv'

error() { maha-knn -k 3 --json --train train.csv "$@" test.csv | sed 's/.*"error": *\([^,}]*\).*/\1/'; }

echo
echo "Test error of 3-NN in %, the mean of $splits 70/30 splits:"
row() { printf '%-15s%10s%14s%14s%14s%8s\n' "$@"; }
row "" Euclidean standardised covariance within-class LMNN
for data in iris wine wdbc balance-scale digits; do
  for seed in $(seq "$splits"); do
    maha-split --test 0.3 --seed $seed datasets/$data.csv --train-out train.csv --test-out test.csv
    maha-cov --pseudo-inverse train.csv -o cov.json
    maha-cov --pseudo-inverse --within train.csv -o within.json
    maha-lmnn -k 3 --standardize train.csv -o lmnn.json
    echo "$(error) $(error --standardize) $(error -m cov.json) $(error -m within.json) $(error -m lmnn.json)"
  done >errors
  # shellcheck disable=SC2046  # a column each
  row $data $(awk '{ for (i = 1; i <= NF; ++i) sum[i] += 100 * $i } END { for (i = 1; i <= NF; ++i) printf "%.1f ", sum[i] / NR }' errors)
done
