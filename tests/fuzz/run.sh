#!/bin/bash
# run.sh BIN OPTION... [-- TARGET...]: lets libFuzzer make up inputs for each target, or those named, as many at a time as
# there are processors, or FUZZ_JOBS. BIN has the fuzz programs; the options are libFuzzer's, such as -max_total_time=60 or
# -runs=1000000. An input that a target fails on comes into found/TARGET/, where fuzz_replay tries it from then on; those
# that went new ways, into BIN/fuzz_corpus/TARGET/. It prints a line for each target, and fails if one failed.
set -u
bin=$(realpath "$1")
shift
export bin options=
while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=" $1" && shift; done
[ $# -gt 0 ] && shift
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- $(ls targets | sed 's/[.]cpp$//')

# What is quicker: no traces of allocations, little kept of what was freed, no weights of inputs that change at each.
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=1

fuzz() {
  local name=$1 corpus=$bin/fuzz_corpus/$1 found=found/$1 log=$bin/fuzz_corpus/$1.log longest=1024 folders status
  [ "$name" = results ] && longest=4096 # with less nothing is said that is whole
  mkdir -p "$corpus"
  folders=("$corpus" "corpus/$name")
  [ -d "$found" ] && folders+=("$found")
  # A target has its own limit of a second.
  "$bin/fuzz_$name" -timeout=60 -rss_limit_mb=1024 -malloc_limit_mb=1024 -max_len=$longest -entropic=0 -print_funcs=0 \
    -print_final_stats=1 -artifact_prefix="$corpus." $options "${folders[@]}" >"$log" 2>&1
  status=$?
  value() { sed -n "s/^stat::$1: *//p" "$log"; }
  echo "$name: $(value number_of_executed_units) inputs, $(value average_exec_per_sec) a second," \
    "at most $(value peak_rss_mb) MB, $((status != 0)) failed"
  [ $status = 0 ] && return
  mkdir -p "$found"
  for input in "$corpus".*-*; do [ -f "$input" ] && mv "$input" "$found/${input##*/"$name".}"; done
  tail -n 60 "$log"
  return 1
}
export -f fuzz
printf '%s\n' "$@" | xargs -P "${FUZZ_JOBS:-$(nproc)}" -I {} bash -c 'fuzz {}'
