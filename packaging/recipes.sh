#!/bin/sh
# recipes.sh BUILD VERSION [URL]: makes BUILD/recipes/maha-VERSION.tar.gz of the sources as they are committed, and from
# packaging/recipes what vcpkg, Homebrew and conda-build need to build it: with its checksums, and with the URL where it is, or
# will be. Without one that is the file, to try a recipe with.
. "$(dirname "$0")/common.sh"

to=$build/recipes
archive=$to/maha-$version.tar.gz
url=${3:-file://$archive}
rm -rf "$to"
mkdir -p "$to"
git -C "$source" archive --format=tar --prefix="maha-$version/" HEAD | gzip -9 --no-name >"$archive"
sha256=$(sha256sum <"$archive" | cut -d ' ' -f 1)
sha512=$(sha512sum <"$archive" | cut -d ' ' -f 1)
cd "$source/packaging/recipes"
find . -mindepth 2 -type f | while read -r recipe; do
  mkdir -p "$to/${recipe%/*}"
  sed "s|@VERSION@|$version|g; s|@URL@|$url|g; s|@SHA256@|$sha256|g; s|@SHA512@|$sha512|g" "$recipe" >"$to/$recipe"
  echo "$to/${recipe#./}"
done
