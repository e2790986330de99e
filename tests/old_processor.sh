#!/bin/sh
# On a processor without AVX2 every executable says so in a line and exits 1, and does not die of an illegal instruction.
# usage: old_processor.sh QEMU PROGRAM...
qemu=$1
shift
failed=0
for program; do
  said=$("$qemu" -cpu Nehalem "$program" --version 2>&1)
  status=$?
  case $status:$said in
    "1:maha: this processor lacks "*) ;;
    *) echo "$program: status $status: $said"; failed=1 ;;
  esac
done
exit $failed
