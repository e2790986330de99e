#!/bin/bash
# recipes.sh: what can be told of the recipes in packaging/recipes without the package managers they are for: that each can be
# read, and names just the libraries that the build looks for. What is needed for reading and not there is left out.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
cd "$source/packaging/recipes"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

table() { sed '/^#/d' dependencies.txt | awk -v column="$1" '{ print $column }' | sort; }
same() {  # WHAT A B
  diff "$2" "$3" || { echo "$1: other libraries (<) than dependencies.txt (>)"; exit 1; }
}
sed -n 's/^maha_find(\([A-Za-z0-9_]*\) .*/\1/p' "$source/cmake/MahaDependencies.cmake" | grep -vx Threads | sort >"$work/build"
same "the build" "$work/build" <(table 1)

# Each lists what it builds with besides the libraries: that is taken away.
sed -n '/"dependencies"/,/^  \]/s/^    "\(.*\)",*$/\1/p' vcpkg/maha/vcpkg.json | sort >"$work/vcpkg"
same vcpkg "$work/vcpkg" <(table 2)
sed -n 's/^  depends_on "\([^"]*\)".*/\1/p' homebrew/maha.rb | grep -vx -e cmake -e ninja | sort >"$work/homebrew"
same Homebrew "$work/homebrew" <(table 3)
sed -n '/^  host:/,/^  run:/s/^    - \([^ ]*\).*/\1/p' conda/recipe.yaml | sort >"$work/conda"
same conda-forge "$work/conda" <(table 4)
echo "recipes: the libraries of the build"

read_by() {  # FILE PROGRAM COMMAND...
  if ! command -v "$2" >/dev/null; then echo "$1: no $2, left out"; return; fi
  "${@:3}" >/dev/null 2>"$work/error" || { echo "$1 cannot be read:"; cat "$work/error"; exit 1; }
  echo "$1: can be read"
}
read_by vcpkg.json python3 python3 -m json.tool vcpkg/maha/vcpkg.json
# Its commands are vcpkg's: here they do nothing, and what is between them is run as it stands.
{
  grep -o '^vcpkg_[a-z_]*' vcpkg/maha/portfile.cmake | sort -u | sed 's/.*/function(&)\nendfunction()/'
  echo "set(CURRENT_PACKAGES_DIR $work/packages)"
  cat vcpkg/maha/portfile.cmake
} >"$work/portfile.cmake"
read_by portfile.cmake cmake cmake -P "$work/portfile.cmake"
read_by maha.rb ruby ruby -c homebrew/maha.rb
if python3 -c 'import yaml' 2>/dev/null; then
  read_by recipe.yaml python3 python3 -c 'import yaml; yaml.safe_load(open("conda/recipe.yaml"))["requirements"]["host"]'
else
  echo "recipe.yaml: no python3-yaml, left out"
fi
