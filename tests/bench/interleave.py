#!/usr/bin/env python3
"""Measures commands against each other: A B A B ..., so that what else the machine does falls on all alike.

usage: interleave.py [-r RUNS] NAME=COMMAND ...

Prints a Markdown table: medians of wall and processor seconds, the least and the most of the latter, peak resident
memory, and how many times as long as the first command each took (the ratio of the medians of wall time). Each command is run once before, unmeasured. Commands run
in bash; a failing one ends the measurement.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time


def run(command):
    """Wall seconds, processor seconds and peak MiB of a command with its children."""
    start = time.perf_counter()
    child = subprocess.Popen(["bash", "-o", "pipefail", "-c", command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"status {child.returncode}: {command}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-r", "--runs", type=int, default=5, help="measured runs of each command (5)")
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    commands = dict(argument.split("=", 1) for argument in options.commands)

    for command in commands.values():
        run(command)
    runs = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            runs[name].append(run(command))

    print("| | wall s | CPU s | least, most | peak MiB | ratio |\n|---|---|---|---|---|---|")
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
    first = next(iter(medians.values()))[0]
    for name, (wall, cpu, peak) in medians.items():
        spread = [row[1] for row in runs[name]]
        print(f"| {name} | {wall:.3f} | {cpu:.3f} | {min(spread):.3f}, {max(spread):.3f} | {peak:.0f} | {wall / first:.2f} |")


if __name__ == "__main__":
    main()
