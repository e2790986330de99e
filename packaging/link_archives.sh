#!/bin/sh
# link_archives.sh LINKER ARGUMENT...: links, with the archive of each library that is named by the file of its shared one.
set -eu
for argument; do
  shift
  case $argument in
    /*.so | /*.so.[0-9]*)
      archive=${argument%.so*}.a
      [ -e "$archive" ] || { echo "maha: a static executable needs $archive, which is not installed" >&2; exit 1; }
      argument=$archive ;;
  esac
  set -- "$@" "$argument"
done
exec "$@"
