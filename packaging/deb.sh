#!/bin/sh
# deb.sh BUILD VERSION: makes BUILD/maha_VERSION-1_ARCH.deb and BUILD/libmaha-dev_VERSION-1_ARCH.deb of a build whose targets
# maha_one and tools are up to date. Nothing is compiled: the packages are parted from what CMake installs.
. "$(dirname "$0")/common.sh"

parts=$source/packaging/deb
cmake=$source/cmake
maha=$work/debian/maha
dev=$work/debian/libmaha-dev
DESTDIR=$maha install_as one /usr
mkdir -p "$dev/usr" "$maha/DEBIAN"
mv "$maha/usr/lib" "$maha/usr/include" "$dev/usr"
find "$dev" -name '*.a' -exec strip --strip-debug --enable-deterministic-archives --remove-section=.comment \
  --remove-section=.note {} +

# Where Debian has things, and how.
pkgconfig=$dev/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/pkgconfig
mkdir -p "$pkgconfig"
sed 's|^prefix=.*|prefix=/usr|' "$dev/usr/lib/pkgconfig/maha.pc" >"$pkgconfig/maha.pc"
rm -r "$dev/usr/lib/pkgconfig"
doc=$maha/usr/share/doc/maha
ln -sf copyright "$doc/LICENSE"
copy_licences "$doc/licences"
[ ! -d "$maha/usr/share/man" ] || find "$maha/usr/share/man" -type f ! -name '*.gz' -exec gzip -9 --no-name {} +
for shell in zsh/site-functions:zsh/vendor-completions fish/completions:fish/vendor_completions.d; do
  from=$maha/usr/share/${shell%:*}
  [ ! -d "$from" ] || { mkdir -p "$maha/usr/share/${shell%/*}" && mv "$from" "$maha/usr/share/${shell#*:}"; }
done

# The libraries that one who links with ours needs too: what its CMake package looks for, as MahaDependencies.cmake
# finds it, with the version it asks for.
dependencies() {
  sed -n 's/^find_dependency(\([A-Za-z0-9_]*\).*/\1/p' "$cmake/mahaConfig.cmake.in" | while read -r package; do
    sed -n "s/^maha_find($package \([^ )]*\) \([0-9.]\{1,\}\).*/\1 (>= \2)/p; t; s/^maha_find($package \([^ )]*\).*/\1/p" \
      "$cmake/MahaDependencies.cmake"
  done | paste -s -d , | sed 's/,/, /g'
}
processor=
if grep -q '^MAHA_MARCH.*=x86-64-v3$' "$build/CMakeCache.txt"; then
  processor='${Newline}${Newline}It is built for processors with AVX2 and FMA: those of 2013 and later.'
fi
maintainer=${DEBFULLNAME:-The maha authors}' <'${DEBEMAIL:-maha@packages.invalid}'>'
date=$(date -R -d "@$SOURCE_DATE_EPOCH")
cp "$parts/control" "$work/debian/control"
cat >"$work/debian/changelog" <<END
maha ($version-1) unstable; urgency=medium

  * Version $version: /usr/share/doc/maha/CHANGELOG.md says what it brings.

 -- $maintainer  $date
END

cd "$work"
dpkg-shlibdeps -Tdebian/maha.substvars -e"$(find debian/maha/usr/bin -type f | sort | head -n 1)"
echo "libraries:Depends=$(dependencies)" >debian/libmaha-dev.substvars
for package in maha libmaha-dev; do
  folder=$work/debian/$package
  mkdir -p "$folder/DEBIAN" "$folder/usr/share/doc/$package" "$folder/usr/share/lintian/overrides"
  { cat "$parts/copyright"; sed '1,/^Copyright/d; s/^$/./; s/^/ /' "$source/LICENSE" | sed 1d; } \
    >"$folder/usr/share/doc/$package/copyright"
  gzip -9 --no-name <debian/changelog >"$folder/usr/share/doc/$package/changelog.Debian.gz"
  cp "$parts/$package.lintian-overrides" "$folder/usr/share/lintian/overrides/$package"
  settle "$folder"
  (cd "$folder" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  dpkg-gencontrol -p"$package" -P"$folder" -O"$folder/DEBIAN/control" -T"debian/$package.substvars" \
    -VMaintainer="$maintainer" -VProcessor="$processor"
  settle "$folder/DEBIAN"
  file=${package}_$version-1_$(dpkg --print-architecture).deb
  dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$folder" "$work/$file" >/dev/null
  mv "$work/$file" "$build/$file"
  echo "$build/$file"
done
