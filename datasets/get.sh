#!/bin/sh
# Fetches the larger benchmark sets and writes them as CSV: one header line, the label last.
#
#   datasets/get.sh [--to FOLDER] [--deskew] NAME...|all
#
# NAME         files                                          from
# ionosphere   ionosphere.csv                                 UCI
# sonar        sonar.csv                                      UCI
# letter       letter.train.csv (16000 rows), .test.csv       UCI; the first 16000 rows train
# isolet       isolet.train.csv (speakers 1-4), .test.csv     UCI
# mnist        mnist.train.csv, .test.csv                     the mirror that PyTorch keeps
#
# --deskew     mnist.train.deskewed.csv and mnist.test.deskewed.csv too (needs python3 with numpy)
# MAHA_DATA    a folder: what is there as FILE.csv or FILE.csv.gz is taken, and nothing is fetched for it
# MAHA_MIRROR  a folder or URL that has the originals, by their file names, in the place of their homes
#
# A file that is there and whole is left alone. An interrupted download goes on where it stopped, in FOLDER/NAME.part,
# which goes when all is done. Results appear whole, or not at all. FOLDER may be one that others write to as well: what is
# unfinished lies in folders inside that are ours alone. Needs curl or wget, gzip and base tools.
#
# What is checked, by get.sha256: every CSV file, those of MAHA_DATA and those converted here alike, and the originals of
# mnist. The originals of UCI are known by the CSV files they become only; deskewed files are not checked, since the last
# digit may depend on the version of numpy.
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
to=.
deskew=

uci=https://archive.ics.uci.edu/ml/machine-learning-databases
mnist=https://ossci-datasets.s3.amazonaws.com/mnist

say() { echo "get.sh: $*" >&2; }
fail() {
  say "$*"
  exit 1
}
usage() {
  say "$*"
  sed -n 's/^#   /usage: /p' "$0" >&2
  exit 2
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# sound FILE NAME: whether standard input is the file that goes by this name, as far as that is known.
sound() {
  wanted=$(awk -v name="$1" '$2 == name { print $1 }' "$here/get.sha256")
  [ -z "$wanted" ] || [ "$(sha256)" = "$wanted" ]
}

# download URL FILE: goes on with what is there of FILE.
download() {
  case $1 in
    *://*)
      if command -v curl >/dev/null; then
        curl -f -s -L --connect-timeout 20 -C - -o "$2" "$1"
      elif command -v wget >/dev/null; then
        wget -q -c --timeout=20 --tries=2 -O "$2" "$1"
      else
        return 1
      fi
      ;;
    *) cp "$1" "$2" 2>/dev/null ;;
  esac
}

# Makes $part, or finds it ours: whoever else made it may have laid a link there, to a file that we would write.
own_part() {
  mkdir -m 700 "$part" 2>/dev/null && return
  [ -n "$(find "$part" -prune -type d -user "$(id -u)" ! -perm -2)" ] ||
    fail "$part is not a folder that is yours alone: remove it, or use another one with --to"
}

# fetch HOME FILE: to $part/FILE, unless it is there.
fetch() {
  own_part
  [ -f "$part/$2" ] && return
  url=${MAHA_MIRROR:-$1}/$2
  say "fetching $url"
  download "$url" "$part/$2.begun" ||
    fail "cannot fetch $url: try again, or put it into $part/ by other means and call this again"
  sound "$2" <"$part/$2.begun" || {
    rm "$part/$2.begun"
    fail "$url is not what it was: its SHA-256 differs from that in get.sha256"
  }
  mv "$part/$2.begun" "$part/$2"
}

# finish FILE: standard input becomes $to/FILE, whole and checked.
finish() {
  [ ! -d "$to/$1" ] || fail "$to/$1 is a folder"
  cat >"$work/$1" || fail "cannot write $to/$1"
  sound "$1" <"$work/$1" || {
    rm -rf "${part:?}"
    fail "$1: its SHA-256 differs from that in get.sha256: the source has changed, or its download was damaged"
  }
  mv -f "$work/$1" "$to/$1"
  say "$1: $(($(wc -l <"$to/$1") - 1)) rows"
}

# at_hand FILE: whether $to/FILE is there, now or by a copy of it in MAHA_DATA.
at_hand() {
  if [ -f "$to/$1" ] && sound "$1" <"$to/$1"; then
    say "$1: is there"
    return
  fi
  [ -n "${MAHA_DATA-}" ] || return
  for ready in "$MAHA_DATA/$1" "$MAHA_DATA/$1.gz"; do
    [ -f "$ready" ] || continue
    gzip -dcf "$ready" | sound "$1" || fail "$ready: its SHA-256 differs from that in get.sha256"
    gzip -dcf "$ready" | finish "$1" || exit 1
    return
  done
  return 1
}

# header D: f1,...,fD,label
header() { awk -v d="$1" 'BEGIN { for (j = 1; j <= d; ++j) printf "f%d,", j; print "label" }'; }

# Lines of "1, -0.25,3." to "1,-0.25,3": blanks and line ends of other systems go, the point of a whole number too.
plain() { tr -d ' \r' | sed -e '/^$/d' -e 's/\.$//' -e 's/\.,/,/g'; }

# bytes FILE SKIP COUNT: the file's bytes behind the first SKIP as numbers, COUNT a line; od has 16 a line.
bytes() {
  gzip -dc "$1" | tail -c +$(($2 + 1)) | od -A n -v -t u1 | awk -v count="$3" '{
    for (j = 1; j <= NF; ++j) printf "%s%s", $j, ++n % count ? "," : "\n"
  }'
}

flat() {  # NAME URL FILE D: rows as they are
  at_hand "$1.csv" && return
  fetch "$2" "$3"
  { header "$4" && plain <"$part/$3"; } | finish "$1.csv"
}

get_ionosphere() { flat ionosphere $uci/ionosphere ionosphere.data 34; }
get_sonar() { flat sonar $uci/undocumented/connectionist-bench/sonar sonar.all-data 60; }

letter_rows() {  # the label comes first there
  echo x_box,y_box,width,high,onpix,x_bar,y_bar,x2bar,y2bar,xybar,x2ybr,xy2br,x_ege,xegvy,y_ege,yegvx,label
  plain <"$part/letter-recognition.data" | awk "$1"' { label = substr($0, 1, 1); print substr($0, 3) "," label }'
}
get_letter() {
  for split in train test; do
    at_hand letter.$split.csv && continue
    fetch $uci/letter-recognition letter-recognition.data
    if [ $split = train ]; then rows='NR <= 16000'; else rows='NR > 16000'; fi
    letter_rows "$rows" | finish letter.$split.csv
  done
}

get_isolet() {
  for split in train test; do
    at_hand isolet.$split.csv && continue
    if [ $split = train ]; then file=isolet1+2+3+4.data.Z; else file=isolet5.data.Z; fi
    fetch $uci/isolet $file
    { header 617 && gzip -dc "$part/$file" | plain; } | finish isolet.$split.csv
  done
}

get_mnist() {
  for split in train test; do
    at_hand mnist.$split.csv && continue
    if [ $split = train ]; then which=train; else which=t10k; fi
    fetch $mnist $which-images-idx3-ubyte.gz
    fetch $mnist $which-labels-idx1-ubyte.gz
    bytes "$part/$which-labels-idx1-ubyte.gz" 8 1 >"$part/labels"
    { header 784 && bytes "$part/$which-images-idx3-ubyte.gz" 16 784 | paste -d , - "$part/labels"; } |
      finish mnist.$split.csv
  done
  [ -z "$deskew" ] || deskew_mnist
}

deskew_mnist() {
  for python in python3 /usr/bin/python3 none; do
    $python -c 'import numpy' 2>/dev/null && break
  done
  [ "$python" != none ] || fail "--deskew needs python3 with numpy: apt install python3-numpy"
  for split in train test; do
    at_hand mnist.$split.deskewed.csv && continue
    $python "$here/deskew_mnist.py" "$to/mnist.$split.csv" >"$work/deskewed" || fail "deskewing mnist.$split.csv failed"
    finish mnist.$split.deskewed.csv <"$work/deskewed"
  done
}

names=
while [ $# -gt 0 ]; do
  case $1 in
    --to)
      [ $# -gt 1 ] || usage "--to names no folder"
      to=$2
      shift
      ;;
    --deskew) deskew=yes ;;
    all) names="$names ionosphere sonar letter isolet mnist" ;;
    ionosphere | sonar | letter | isolet | mnist) names="$names $1" ;;
    iris | wine | wdbc | digits | balance-scale) fail "$1 comes with maha: $here/$1.csv" ;;
    -h | --help)
      sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
      exit
      ;;
    *) usage "'$1' is no data set" ;;
  esac
  shift
done
[ -f "$here/get.sha256" ] || fail "$here/get.sha256 is missing: nothing could be checked"
[ -n "$names" ] || usage "name a data set, or all"
mkdir -p "$to"
work=$(mktemp -d "$to/.get.XXXXXX") # with a name that nobody can guess, and open to nobody else
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
for name in $names; do
  part=$to/$name.part
  "get_$name"
  rm -rf "$part"
done
