#!/bin/sh
# Installs what is missing of debian-packages.txt, and of the packages named as arguments, with apt-get: as root, or
# with sudo. Where neither is to be had it names them, and leaves the rest to the build, which says what it misses.
set -eu

needed="$(cat "$(dirname "$0")/debian-packages.txt") $*"
if ! command -v dpkg-query >/dev/null; then
  command -v cmake >/dev/null || echo "maha is built with these packages, as Debian names them:" $needed
  exit 0
fi

missing=
for package in $needed; do
  case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
    installed) ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  sudo=
elif command -v sudo >/dev/null; then
  sudo=sudo
else
  echo "Not installed, and no sudo to install it with:$missing"
  exit 0
fi
echo "Installing$missing"
$sudo apt-get update -q || true  # the lists at hand may do
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
