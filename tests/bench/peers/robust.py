#!/usr/bin/env python3
"""The least determinants that maha-cov --robust and scikit-learn's MinCovDet find, and the time they take. Prints a
Markdown table: log determinants of the covariance (divisor h) of the h rows that each has chosen, of scikit-learn the
least of five random states. Ours is the whole process on a CSV file of the same rows, scikit-learn's only fit(); medians
of 5. Fails if scikit-learn's is below ours.

usage: robust.py DATASETS   (maha-cov on PATH; MAHA_DATA names a folder with letter)
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
from sklearn.covariance import MinCovDet

RUNS = 5


def read(*paths):
    return np.vstack([np.loadtxt(path, delimiter=",", skiprows=1, dtype=str)[:, :-1].astype(float) for path in paths])


def components(X, count):
    Y = X - X.mean(0)
    return Y @ np.linalg.eigh(Y.T @ Y)[1][:, ::-1][:, :count]


def contaminated(n, d, share, kind, seed):
    """Correlated Gaussian rows, a share of them a tight cluster far off, a wide one near by, or five times as far out."""
    random = np.random.default_rng(seed)
    X, A, k = random.standard_normal((n, d)), random.standard_normal((d, d)), int(share * n)
    X[:k] = {"tight": 0.1 * X[:k] + 5, "near": 0.7 * X[:k] + 2.5, "wide": 5 * X[:k]}[kind]
    return X @ A


def ours(path, *options):
    start = time.perf_counter()
    command = ["maha-cov", "--robust", "-j", "1", "-n", "--unlabeled", *options, path]
    model = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return model["log_determinant"], time.perf_counter() - start


def sklearns(X, h, state):
    start = time.perf_counter()
    fitted = MinCovDet(support_fraction=(h + 0.5) / len(X), random_state=state).fit(X)
    seconds = time.perf_counter() - start
    rows = X[fitted.raw_support_]
    assert len(rows) == h
    return np.linalg.slogdet(np.cov(rows.T, bias=True))[1], seconds


def compare(name, X):
    h = (len(X) + X.shape[1] + 1) // 2
    with tempfile.NamedTemporaryFile(suffix=".csv") as csv:
        np.savetxt(csv, X, fmt="%.17g", delimiter=",")
        csv.flush()
        runs = [(ours(csv.name), ours(csv.name, "--starts", "0"), sklearns(X, h, state)) for state in range(RUNS)]
    all_starts, six, peer = ([run[k] for run in runs] for k in range(3))
    least = min(log for log, _ in peer)
    times = [statistics.median(seconds for _, seconds in each) for each in (all_starts, six, peer)]
    print(f"| {name}, {len(X)} x {X.shape[1]} | {all_starts[0][0]:.4f} | {six[0][0]:.4f} | {least:.4f} | "
          f"{times[0]:.3f} | {times[1]:.3f} | {times[2]:.3f} |", flush=True)
    return all_starts[0][0] <= least + 1e-9


def main():
    warnings.simplefilter("ignore")
    folder = sys.argv[1]
    sets = {name: read(f"{folder}/{name}.csv") for name in ("iris", "wine", "wdbc")}
    sets["digits, 20 components"] = components(read(f"{folder}/digits.csv"), 20)
    for seed, (n, d, share, kind) in enumerate([(60, 4, 0.25, "near"), (100, 5, 0.3, "tight"), (200, 10, 0.2, "wide"),
                                                (300, 8, 0.45, "tight"), (500, 20, 0.3, "near"),
                                                (1000, 10, 0.4, "near"), (2000, 15, 0.3, "tight")]):
        sets[f"{share:.0%} {kind}, d = {d}"] = contaminated(n, d, share, kind, seed)
    if os.environ.get("MAHA_DATA"):
        sets["letter"] = read(*(f"{os.environ['MAHA_DATA']}/letter.{part}.csv.gz" for part in ("train", "test")))
    print("| | maha | maha --starts 0 | scikit-learn | maha s | --starts 0 s | scikit-learn s |\n|---|---|---|---|---|---|---|")
    behind = [name for name, X in sets.items() if not compare(name, X)]
    if behind:
        sys.exit(f"scikit-learn's determinant is less on {', '.join(behind)}")


main()
