"""Times the 3 nearest neighbours of a set's test rows, in turn: ours, FAISS flat, scikit-learn brute. Reading the files does
not count, building the index does. Prints rows of a Markdown table: medians, and how many times as long as ours.

usage: neighbors.py FOLDER SET THREADS   (bench_neighbors on PATH)
"""
import gzip
import statistics
import subprocess
import sys
import time

import faiss
import numpy
from sklearn.neighbors import NearestNeighbors

K, RUNS = 3, 5
PAUSE = 0.05  # seconds before each run: the threads of the last one's BLAS go on spinning for a while


def read(path):
    with gzip.open(path, "rt") as lines:
        next(lines)
        return numpy.array([line.rsplit(",", 1)[0].split(",") for line in lines], dtype=float)


class Ours:
    def __init__(self, name, threads):
        self.child = subprocess.Popen(["bench_neighbors", name, threads], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      text=True)

    def ask(self, line):
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        return self.child.stdout.readline().split()

    def time(self):
        return [float(number) for number in self.ask("time")]


def wait():
    """Without sleep, after which everything is slow for a while."""
    end = time.perf_counter() + PAUSE
    while time.perf_counter() < end:
        pass


def timed(search):
    wall, processor = time.perf_counter(), time.process_time()
    search()
    return time.perf_counter() - wall, time.process_time() - processor


def main(folder, name, threads):
    faiss.omp_set_num_threads(int(threads))
    X, Q = (read(f"{folder}/{name}.{part}.csv.gz") for part in ("train", "test"))
    X32, Q32 = X.astype("float32"), Q.astype("float32")
    ours = Ours(name, threads)

    def flat():
        index = faiss.IndexFlatL2(X.shape[1])
        index.add(X32)
        return index.search(Q32, K)[1]

    def brute():
        return NearestNeighbors(n_neighbors=K, algorithm="brute").fit(X).kneighbors(Q)[1]

    rows = numpy.array(ours.ask("rows"), dtype=int).reshape(-1, K)
    same = [f"{(rows == peer()).mean():.4%}" for peer in (flat, brute)]
    contestants = {
        "maha, exact in float64": ours.time,
        f"FAISS flat, float32 (same rows: {same[0]})": lambda: timed(flat),
        f"scikit-learn brute, float64 (same rows: {same[1]})": lambda: timed(brute),
    }
    seconds = {contestant: [] for contestant in contestants}
    for run in range(RUNS + 1):  # the first does not count
        for contestant, once in contestants.items():
            wait()
            took = once()
            if run:
                seconds[contestant].append(took)
    medians = {contestant: [statistics.median(column) for column in zip(*runs)] for contestant, runs in seconds.items()}
    first = next(iter(medians.values()))
    print(f"\n| {name}, {X.shape[0]} x {X.shape[1]}, {Q.shape[0]} queries, {threads} thread(s) | wall s | CPU s | wall ratio"
          " | CPU ratio |\n|---|---|---|---|---|")
    for contestant, (wall, processor) in medians.items():
        print(f"| {contestant} | {wall:.4f} | {processor:.4f} | {wall / first[0]:.1f} | {processor / first[1]:.1f} |",
              flush=True)


main(*sys.argv[1:])
