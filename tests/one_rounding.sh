#!/bin/sh
# No tool has an instruction that rounds a product and the sum or difference that it goes into once, where the source has two: with it
# the compilers' results differ in their last digits. Eigen and the kernels ask for others, of sums alone, by name.
# usage: one_rounding.sh OBJDUMP PROGRAM...
objdump=$1
shift
failed=0
for program; do
  if "$objdump" -d "$program" | grep -qE 'vfm(addsub|subadd)'; then
    echo "$program: vfmaddsub"
    failed=1
  fi
done
exit $failed
