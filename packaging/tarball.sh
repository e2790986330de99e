#!/bin/sh
# tarball.sh BUILD VERSION: makes BUILD/maha-VERSION-linux-MACHINE.tar.xz of a build whose target maha_one_static is up to date,
# and the same as .tar.gz, for machines without xz, as bare Debian is. What is in it runs from any folder, on any Linux;
# only pictures need something else, gnuplot.
. "$(dirname "$0")/common.sh"

name=maha-$version-linux-$(uname -m)
folder=$work/$name
install_as static "$folder"
rm -rf "$folder/include" "$folder/lib"
ln -s share/doc/maha/README.md "$folder/README.md"
copy_licences "$folder/share/doc/maha/licences"
settle "$folder"

tar --create --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --directory "$work" "$name" >"$work/tar"
xz -9 --threads=1 <"$work/tar" >"$work/tar.xz"
gzip -9 --no-name <"$work/tar" >"$work/tar.gz"
for ending in tar.xz tar.gz; do
  mv "$work/$ending" "$build/$name.$ending"
  echo "$build/$name.$ending"
done
