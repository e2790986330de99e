#!/usr/bin/env python3
"""same_numbers.py A B: whether two folders have the same files with the same text, but for the last digits of numbers: what
another compiler's order of operations, or another vector length, may change. Prints what differs; status 1 if anything does.
Numbers agree within 1e-5 of the larger, or of the largest on their line: of a matrix whose entries cancel, that is its size."""
import os
import re
import sys

NEAR = 1e-5
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def same_line(a, b):
    if NUMBER.sub("#", a) != NUMBER.sub("#", b):
        return False
    x, y = ([float(number) for number in NUMBER.findall(line)] for line in (a, b))
    return all(abs(p - q) <= NEAR * max(map(abs, x), default=0) for p, q in zip(x, y))


def main(first, second):
    names = sorted(set(os.listdir(first)) | set(os.listdir(second)))
    differs = False
    for name in names:
        texts = []
        for folder in (first, second):
            path = os.path.join(folder, name)
            texts.append(open(path, errors="replace").read().split("\n") if os.path.isfile(path) else None)
        a, b = texts
        lines = [(p, q) for p, q in zip(a, b) if not same_line(p, q)] if a and b else []
        if a is None or b is None or len(a) != len(b) or lines:
            differs = True
            print(f"{name}: " + (f"< {lines[0][0][:300]}\n> {lines[0][1][:300]}" if lines else "is missing, or of another length"))
    return differs


sys.exit(main(*sys.argv[1:3]))
